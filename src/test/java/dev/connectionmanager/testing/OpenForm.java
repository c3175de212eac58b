package dev.connectionmanager.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A form of a page that a browser without scripts has open: what is in its boxes, and what it sends when its button is pressed. */
public final class OpenForm {
    private static final Pattern FORM =
            Pattern.compile("<form action=\"([^\"]+)\" method=\"post\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern BOX =
            Pattern.compile("<input ([^>]*)>|<textarea ([^>]*)>\\n?(.*?)</textarea>|<select", Pattern.DOTALL);
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?");

    private final String action;
    /** What each box holds; null = nothing that is sent: not ticked, or none chosen. */
    private final Map<String, String> values = new LinkedHashMap<>();
    /** What there is to choose or to tick. */
    private final Map<String, List<String>> choices = new LinkedHashMap<>();

    private OpenForm(String action, String html) {
        this.action = action;
        BOX.matcher(html).results().forEach(box -> {
            if (box.group(1) != null) {
                input(attributes(box.group(1)));
            } else {
                assertThat(box.group(2))
                        .as("a kind of box that is read here: " + box)
                        .isNotNull();
                values.put(attributes(box.group(2)).get("name"), text(box.group(3)));
            }
        });
    }

    /**
     * The one form of the page that is sent to an address.
     *
     * @param action its end
     */
    public static OpenForm on(HttpResponse<String> page, String action) {
        var forms = FORM.matcher(page.body())
                .results()
                .filter(form -> text(form.group(1)).split("\\?")[0].endsWith(action))
                .map(form -> new OpenForm(text(form.group(1)), form.group(2)))
                .toList();
        assertThat(forms).as(action + " on " + page.uri() + ": " + page.body()).hasSize(1);
        return forms.get(0);
    }

    private void input(Map<String, String> box) {
        var name = box.get("name");
        switch (box.getOrDefault("type", "text")) {
            case "radio", "checkbox" -> {
                choices.computeIfAbsent(name, first -> new ArrayList<>()).add(box.get("value"));
                values.putIfAbsent(name, null);
                if (box.containsKey("checked")) {
                    values.put(name, box.get("value"));
                }
            }
            case "hidden", "text" -> values.put(name, box.get("value"));
            default -> throw new IllegalArgumentException("Not read here: " + box);
        }
    }

    private static Map<String, String> attributes(String tag) {
        var attributes = new LinkedHashMap<String, String>();
        ATTRIBUTE
                .matcher(tag)
                .results()
                .forEach(found -> attributes.put(found.group(1), found.group(2) == null ? "" : text(found.group(2))));
        return attributes;
    }

    private static String text(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    /** The names of its boxes. */
    public Stream<String> names() {
        return values.keySet().stream();
    }

    /** Null for what would not be sent. */
    public String value(String name) {
        return values.get(name);
    }

    /** @param value null to leave a choice open */
    public void fill(String name, String value) {
        assertThat(values).containsKey(name);
        if (value != null && choices.containsKey(name)) {
            assertThat(choices.get(name)).contains(value);
        }
        values.put(name, value);
    }

    /** Presses its button, and follows where that leads. */
    public HttpResponse<String> send(HttpClient browser) {
        return Persons.post(
                browser,
                action,
                values.entrySet().stream()
                        .filter(box -> box.getValue() != null)
                        // HTML, "constructing the entry list": lines end in CR LF.
                        .flatMap(box -> Stream.of(box.getKey(), box.getValue().replace("\n", "\r\n")))
                        .toArray(String[]::new));
    }
}
