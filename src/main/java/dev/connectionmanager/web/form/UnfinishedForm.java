package dev.connectionmanager.web.form;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.session.RefusedForms;
import dev.connectionmanager.session.Sessions;
import dev.connectionmanager.web.layout.Redirect;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What else was typed into a page of which one button has done its work. It is kept as a {@link RefusedForm} is, and the browser
 * is sent to the page, so that going back or loading again sends nothing. Without one, all here is empty.
 */
@Named
@RequestScoped
public class UnfinishedForm {
    /** The name of the query parameter with the form's key. */
    private static final String KEY = "kept";

    private final RefusedForms forms;
    private final RoutingContext request;
    private boolean read;
    private Content kept;

    UnfinishedForm(RefusedForms forms, RoutingContext request) {
        this.forms = forms;
        this.request = request;
    }

    /**
     * @param done what the button did, in a sentence; empty where the page says it by itself
     */
    record Content(String page, String done, Map<String, List<String>> fields) {}

    /**
     * Keeps what was typed, but no text in which a secret was found.
     *
     * @param page the address of the page, without query
     * @param query of the page: empty, or from {@code ?} on
     * @param part of the page: empty, or from {@code #} on
     * @param done what the button did, in a sentence; empty where the page says it by itself
     * @return the answer that sends the browser to the page
     */
    public Response keep(String page, String query, String part, String done, MultivaluedMap<String, String> fields) {
        var typed = new LinkedHashMap<String, List<String>>(fields);
        var content = StoredJson.write(new Content(page, done, KeptForm.withoutSecrets(typed)));
        var key = Sessions.of(request)
                .map(session -> (query.isEmpty() ? "?" : "&") + KEY + "=" + forms.keep(session, content));
        return Redirect.to(page + query + key.orElse("") + part);
    }

    public boolean present() {
        return here().isPresent();
    }

    /** As it was given to {@link #keep}. */
    public String done() {
        return here().map(Content::done).orElse("");
    }

    /** For the layout: whether the address names a form that is not kept any more, or never was for this session. */
    public boolean isLost() {
        return here().isEmpty() && request.request().getParam(KEY) != null;
    }

    public MultivaluedMap<String, String> fields() {
        var fields = new MultivaluedHashMap<String, String>();
        here().ifPresent(form -> form.fields().forEach(fields::addAll));
        return fields;
    }

    private Optional<Content> here() {
        if (!read) {
            read = true;
            kept = find().filter(form -> form.page().equals(request.normalizedPath()))
                    .orElse(null);
        }
        return Optional.ofNullable(kept);
    }

    private Optional<Content> find() {
        var key = request.request().getParam(KEY);
        if (key == null || !Ids.isUuid(key)) {
            return Optional.empty();
        }
        try {
            return Sessions.of(request)
                    .flatMap(session -> forms.find(session, Ids.uuid(key)))
                    .map(text -> StoredJson.read(text, Content.class))
                    // A refused form has other members.
                    .filter(form -> form.page() != null && form.fields() != null && form.done() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
