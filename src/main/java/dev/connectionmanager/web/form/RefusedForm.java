package dev.connectionmanager.web.form;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.session.RefusedForms;
import dev.connectionmanager.session.Sessions;
import dev.connectionmanager.web.layout.Redirect;
import dev.connectionmanager.wording.RuleSentences;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * The refused form that a page shows again, with what was typed and why it was refused. A handler that takes a form lets
 * refusals pass: they are kept with the session for an hour, under a key of their own in the page's address, and the browser is
 * sent there. So tabs do not disturb each other, and going back or loading again sends nothing.
 *
 * <p>Without a refused form, or with one of another page, all here is empty. What no handler asks for is told by the layout.
 */
@Named
@RequestScoped
public class RefusedForm {
    /** The name of the query parameter with the form's key. */
    public static final String KEY = "refused";

    private static final String WHOLE_PAGE = "maincontent";

    private final RefusedForms forms;
    private final RoutingContext request;
    private boolean read;
    private boolean told;
    private KeptForm kept;

    RefusedForm(RefusedForms forms, RoutingContext request) {
        this.forms = forms;
        this.request = request;
    }

    /**
     * Keeps a form, for its page to show it again.
     *
     * @return the answer that sends the browser there; empty for a refusal that its page would meet as well, or without a session
     */
    public Optional<Response> keep(KeptForm.Sent sent, Refusal refusal) {
        if (!(refusal instanceof Refusal.Rejected
                || refusal instanceof Refusal.Stale
                || refusal instanceof Refusal.Conflict
                || refusal instanceof Refusal.TooMany)) {
            return Optional.empty();
        }
        return Sessions.of(request)
                .map(session -> forms.keep(session, StoredJson.write(KeptForm.of(sent, refusal))))
                .map(key -> Redirect.to(with(sent.page(), key.toString())));
    }

    private static String with(String page, String key) {
        return page + (page.contains("?") ? "&" : "?") + KEY + "=" + key;
    }

    /** Why this page's form was refused. */
    public Optional<Refusal> refusal() {
        told = true;
        return here().map(KeptForm::refusal);
    }

    /** Whether this page's form was refused for something of this kind. */
    public boolean is(Class<? extends Refusal> kind) {
        return here().filter(form -> kind.isInstance(form.refusal()))
                .flatMap(form -> refusal())
                .isPresent();
    }

    public boolean present() {
        return here().isPresent();
    }

    /** What was typed, as it was sent; a text in which a secret was found is empty. */
    public MultivaluedMap<String, String> fields() {
        var fields = new MultivaluedHashMap<String, String>();
        here().ifPresent(form -> form.sent().fields().forEach(fields::addAll));
        return fields;
    }

    /** What was typed into one box, as it was sent. */
    public String text(String name, String otherwise) {
        var typed = fields().getFirst(name);
        return typed == null ? otherwise : typed;
    }

    /** Whether the form was sent to an address that ends so: for pages with more than one form. */
    public boolean sentTo(String end) {
        return here().filter(form -> form.sent().path().endsWith(end)).isPresent();
    }

    /** What the rules say of it; none where it was refused otherwise. */
    public Violations violations() {
        return is(Refusal.Rejected.class) ? kept.violations() : Violations.NONE;
    }

    /** @param field the HTML id of what a refusal of the whole is about */
    public FormErrors errors(String field) {
        return refusal().map(refusal -> FormErrors.of(refusal, field)).orElse(FormErrors.NONE);
    }

    /** The refusal of the whole in a sentence; empty where there is none. */
    public String notice() {
        return refusal()
                .filter(refusal -> !(refusal instanceof Refusal.Rejected))
                .map(RefusedForm::said)
                .orElse("");
    }

    /** A refusal of the whole, in a sentence for whoever reads pages. */
    public static String said(Refusal refusal) {
        if (refusal instanceof Refusal.Stale && refusal.arguments().isEmpty()) {
            return "Somebody else has changed this since you opened the page. Nothing was done. Check how it is now, then try again.";
        }
        return refusal instanceof Refusal.TooMany busy && refusal.reason() == Reason.TOO_MANY_REQUESTS
                ? "The endpoints could not be checked just now: too many checks were asked for in a short time. Wait "
                        + busy.retryAfterSeconds() + " seconds, then try again."
                : RuleSentences.of(refusal);
    }

    /** For the layout: why a form was refused, where the page does not tell it. */
    public FormErrors untold() {
        if (here().isEmpty() || told) {
            return FormErrors.NONE;
        }
        return kept.refusal() instanceof Refusal.Rejected rejected
                ? FormErrors.of(rejected.violations()).at(WHOLE_PAGE)
                : FormErrors.refused(WHOLE_PAGE, said(kept.refusal()));
    }

    /** For the layout: whether the address names a form that is not kept any more, or never was for this session. */
    public boolean isLost() {
        return here().isEmpty() && !key().isEmpty();
    }

    private Optional<KeptForm> here() {
        if (!read) {
            read = true;
            kept = find().filter(form -> form.sent().page().equals(request.normalizedPath()))
                    .orElse(null);
        }
        return Optional.ofNullable(kept);
    }

    private Optional<KeptForm> find() {
        var key = key();
        if (!Ids.isUuid(key)) {
            return Optional.empty();
        }
        try {
            return Sessions.of(request)
                    .flatMap(session -> forms.find(session, Ids.uuid(key)))
                    .map(text -> StoredJson.read(text, KeptForm.class));
        } catch (IllegalArgumentException e) {
            // Kept by another version of the portal.
            return Optional.empty();
        }
    }

    private String key() {
        var key = request.request().getParam(KEY);
        return key == null ? "" : key;
    }
}
