package dev.connectionmanager.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Streams;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.OpenForm;
import dev.connectionmanager.testing.Persons;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages, by a browser without scripts that presses what is there. What it reads is what stands in the boxes. */
final class FormFace implements Face {
    private static final Pattern CHANGE = Pattern.compile("href=\"(/[^\"]+/draft/[a-z-]+\\?from=check)\"");
    private static final Pattern CLIENT_ID = Pattern.compile("id=\"client-id\"[^>]*>([^<]+)<");
    private static final String CHECK = "/draft/check";

    private final HttpClient browser = Persons.browser("owner");
    private final Registered registered;

    FormFace(Registered registered) {
        this.registered = registered;
    }

    @Override
    public String write(ObjectNode client) {
        var application = Api.newApplication("Faces").substring("/api/v1".length());
        var page = OpenForm.on(Persons.get(browser, application), "/integration/draft")
                .send(browser);
        var asked = new HashSet<String>();
        while (!page.uri().getPath().endsWith(CHECK)) {
            asked.add(page.uri().getPath());
            page = answer(page, form -> fill(form, client));
        }
        // What no page asks of everybody, such as the name, is there to be changed.
        for (var question : questions(page)) {
            if (!asked.contains(question.split("\\?")[0])) {
                page = answer(Persons.get(browser, question), form -> fill(form, client));
            }
        }
        var shown = OpenForm.on(page, "/draft/registration").send(browser);
        IssuedSecrets.fromPage(shown.body());
        var clientId = CLIENT_ID.matcher(shown.body());
        assertThat(clientId.find()).as(shown.body()).isTrue();
        return clientId.group(1).strip();
    }

    /** Every page is sent as it opened: the last one finds nothing that would change. */
    @Override
    public ObjectNode writeAgain(String clientId) {
        var read = JsonNodeFactory.instance.objectNode();
        var page = open(clientId);
        for (var question : questions(page)) {
            page = answer(Persons.get(browser, question), form -> take(form, read));
        }
        assertThat(page.body()).contains("Nothing yet: this is what is registered.");
        var saved = OpenForm.on(page, "/draft/registration").send(browser);
        assertThat(saved.uri().getPath()).as(saved.body()).isEqualTo(registered.path(clientId));
        if (read.has("backchannel_logout_uri") && !read.has(SESSION_REQUIRED)) {
            // A box that is not ticked says so.
            read.put(SESSION_REQUIRED, false);
        }
        return read;
    }

    private HttpResponse<String> open(String clientId) {
        var page = OpenForm.on(Persons.get(browser, registered.path(clientId)), "/draft")
                .send(browser);
        assertThat(page.uri().getPath()).endsWith(CHECK);
        return page;
    }

    private static List<String> questions(HttpResponse<String> check) {
        return CHANGE.matcher(check.body())
                .results()
                .map(link -> link.group(1))
                .distinct()
                .toList();
    }

    /** The page that comes after one. */
    private HttpResponse<String> answer(HttpResponse<String> question, Consumer<OpenForm> filling) {
        var form = form(question);
        filling.accept(form);
        var next = form.send(browser);
        assertThat(Persons.refused(next)).as(next.body()).isFalse();
        return next;
    }

    private static OpenForm form(HttpResponse<String> question) {
        return OpenForm.on(question, question.uri().getPath());
    }

    private static void fill(OpenForm form, ObjectNode client) {
        form.names().filter(MEMBERS::contains).toList().forEach(name -> form.fill(name, typed(name, client.get(name))));
    }

    private static String typed(String name, JsonNode value) {
        if (name.equals(SESSION_REQUIRED)) {
            return value != null && value.booleanValue() ? "true" : null;
        }
        if (value == null) {
            return "";
        }
        return value.isArray()
                ? Streams.stream(value).map(JsonNode::textValue).collect(Collectors.joining("\n"))
                : value.textValue();
    }

    private static void take(OpenForm form, ObjectNode client) {
        form.names().filter(MEMBERS::contains).forEach(name -> {
            var value = form.value(name);
            if (value == null || value.isEmpty()) {
                return;
            }
            if (name.equals("redirect_uris")) {
                value.lines().forEach(client.putArray(name)::add);
            } else if (name.equals(SESSION_REQUIRED)) {
                client.put(name, value.equals("true"));
            } else {
                client.put(name, value);
            }
        });
    }
}
