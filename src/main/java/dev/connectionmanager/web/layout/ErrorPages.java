package dev.connectionmanager.web.layout;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.wording.Problem;
import dev.connectionmanager.wording.RuleSentences;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Pages that say what went wrong, in the same design as all others. */
public final class ErrorPages {
    private ErrorPages() {}

    @CheckedTemplate(basePath = "errors")
    static class Templates {
        static native TemplateInstance error(int status, String title, String text, String reference);

        static native TemplateInstance loggedOut();

        static native TemplateInstance alreadyShown(String place, String clientId);
    }

    /** A page for a refusal of an act. */
    public static Response of(Refusal refusal) {
        var status = Problem.status(refusal);
        if (refusal instanceof Refusal.TooMany tooMany) {
            return Response.fromResponse(of(status))
                    .header(HttpHeaders.RETRY_AFTER, tooMany.retryAfterSeconds())
                    .build();
        }
        if (refusal instanceof Refusal.Conflict
                || refusal instanceof Refusal.NotAllowed
                || refusal.reason() == Reason.SECRET_IN_ADDRESS) {
            return answer(status, title(status), RuleSentences.of(refusal), "");
        }
        return of(status);
    }

    /** A page for an HTTP status that nothing more is known of. */
    public static Response of(int status) {
        return answer(status, title(status), text(status), "");
    }

    /**
     * The page for a form that was sent without a session, or when it had ended. It keeps the form's address, so that
     * loading it again after a log-in in another tab sends the form once more: nothing that was typed is lost.
     */
    public static Response ofFormWithoutSession() {
        return Response.status(401)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.loggedOut().render())
                .build();
    }

    /**
     * The page for a form that was sent again, whose first answer showed a secret.
     *
     * @param place the address of what the form has made
     * @param clientId whose it is; {@code null} = no client's
     */
    public static Response ofFormShownBefore(String place, String clientId) {
        return Response.status(409)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.alreadyShown(place, clientId).render())
                .build();
    }

    /** The page for a form that was sent again before the first was done, however long we waited for it. */
    public static Response ofFormAtWork() {
        return answer(
                409,
                "This is still being done",
                "You have sent this form before, and the first one is still at work. Wait a moment, then load this page again."
                        + " If that does not help, check whether it was done before you fill in a new form.",
                "");
    }

    /** The page for a form that was sent again after the first has failed. */
    public static Response ofFormThatFailed() {
        return answer(
                409,
                "It is not known whether this was done",
                "You have sent this form before, and something went wrong here: it may have been done or not. Check whether it"
                        + " was done before you fill in a new form.",
                "");
    }

    /** The page for what should not happen; the reference is in the log as well. */
    public static Response ofFailure(UUID reference) {
        return answer(500, title(500), text(500), reference.toString());
    }

    /** @param text what the person can do now */
    public static Response answer(int status, String title, String text, String reference) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(Templates.error(status, title, text, reference).render())
                .build();
    }

    private static String title(int status) {
        return switch (status) {
            case 401 -> "You are not logged in";
            case 403 -> "You cannot do this";
            case 404 -> "Page not found";
            case 405 -> "This page cannot do that";
            case 409 -> "This cannot be done now";
            case 412 -> "Somebody else has changed this";
            case 413 -> "What you sent is too large";
            case 429 -> "Too many requests";
            default ->
                status < 500 ? "This request cannot be understood" : "Sorry, there is a problem with the service";
        };
    }

    private static String text(int status) {
        return switch (status) {
            case 401 -> "Log in and try again. Your drafts are kept.";
            case 403 -> "Your role in the team does not allow it. Ask an owner of the team.";
            case 404 ->
                "If you typed the address, check it. If you followed a link, the page may be gone, or may belong to a team that you are not a member of.";
            case 412 ->
                "Nothing was saved. Go back, load the page again to see what has changed, and repeat your change.";
            case 413 -> "Send less text at once.";
            case 429 -> "Wait a moment, then try again.";
            default ->
                status < 500
                        ? "Go back, load the page again and repeat what you did."
                        : "Try again later. Nothing that was confirmed to you is lost.";
        };
    }
}
