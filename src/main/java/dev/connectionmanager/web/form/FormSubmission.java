package dev.connectionmanager.web.form;

import dev.connectionmanager.idempotency.KeyedRequest;
import dev.connectionmanager.web.layout.ErrorPages;
import io.quarkus.qute.TemplateExtension;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/**
 * The form that this request sends, and what is said when it is sent again. Most handlers need not know of it: the place that
 * they send a browser on to is where a repeat goes too. It is for those that answer a form with a page.
 */
@RequestScoped
public class FormSubmission {
    /** The name of the hidden field with the form's key. */
    public static final String KEY = "idempotency_key";

    private boolean refused;
    private String place;
    private String clientId;

    /** For the tag of the hidden field: another one for each form of each page that is made. */
    @TemplateExtension(namespace = "idempotency")
    static String newKey() {
        return UUID.randomUUID().toString();
    }

    /**
     * An answer that shows something this once. A repeat of the form says that it was shown, and where to go on.
     *
     * @param place the address of what it has made
     * @param clientId whose it is, to be shown again; {@code null} = no client's
     */
    public Response showOnce(TemplateInstance page, String place, String clientId) {
        this.place = place;
        this.clientId = clientId;
        return Response.ok(page).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** Says that the form was refused although the answer's status does not: nothing was done, it may be sent again. */
    public void refused() {
        refused = true;
    }

    public boolean isRefused() {
        return refused;
    }

    /**
     * What is kept of the answer.
     *
     * @param location where the browser is sent on to; {@code null} for a page
     */
    public KeyedRequest.Answer outcome(int status, String location) {
        // Only places of the portal are kept: another host's address may carry a token, as the one to log out there
        // does.
        var goOn = location != null && location.startsWith("/") ? location : place != null ? place : "/";
        return new KeyedRequest.Answer(status, goOn, null, clientId);
    }

    /**
     * The answer to the same form sent again.
     *
     * @param outcome of the first; its outcome is known
     */
    public Response repeats(KeyedRequest.Answer outcome) {
        // The version before kept no place of some pages.
        var place = outcome.location() == null ? "/" : outcome.location();
        return outcome.status() < 300
                ? ErrorPages.ofFormShownBefore(place, outcome.body())
                : Response.status(outcome.status())
                        .header(HttpHeaders.LOCATION, place)
                        .build();
    }
}
