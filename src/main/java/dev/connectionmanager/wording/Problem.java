package dev.connectionmanager.wording;

import dev.connectionmanager.policy.Refusal;
import java.util.List;
import java.util.UUID;

/**
 * A problem document, RFC 9457.
 *
 * @param type always {@code about:blank}: the status says what kind it is
 * @param title the status in words
 * @param status HTTP status code
 * @param detail what went wrong this time, and how to put it right
 * @param instance names this one occurrence, as the log does
 * @param errors for rejected input, every finding; {@code null} otherwise
 */
public record Problem(String type, String title, int status, String detail, String instance, List<Finding> errors) {

    public static Problem of(int status, String detail, UUID requestId) {
        return new Problem("about:blank", title(status), status, detail, "urn:uuid:" + requestId, null);
    }

    public static Problem of(Refusal refusal, UUID requestId) {
        if (refusal instanceof Refusal.Rejected rejected) {
            var plain = of(422, "What was sent breaks rules; nothing was changed. See errors.", requestId);
            return new Problem(
                    plain.type,
                    plain.title,
                    plain.status,
                    plain.detail,
                    plain.instance,
                    Finding.of(rejected.violations()));
        }
        return of(status(refusal), detail(refusal), requestId);
    }

    public static int status(Refusal refusal) {
        if (refusal instanceof Refusal.Rejected) {
            return 422;
        } else if (refusal instanceof Refusal.NotFound) {
            return 404;
        } else if (refusal instanceof Refusal.NotAllowed) {
            return 403;
        } else if (refusal instanceof Refusal.Conflict) {
            return 409;
        } else if (refusal instanceof Refusal.Stale) {
            return 412;
        } else if (refusal instanceof Refusal.PreconditionRequired) {
            return 428;
        }
        return 429;
    }

    /** What went wrong and how to put it right; for rejected input, the findings say it. */
    public static String detail(Refusal refusal) {
        if (refusal instanceof Refusal.NotFound) {
            return refusal.getMessage() == null ? "There is no such thing, or it is not yours." : refusal.getMessage();
        } else if (refusal instanceof Refusal.Stale) {
            return refusal.getMessage() == null
                    ? "It has changed since you read it; nothing was written. Read it again and repeat your change."
                    : refusal.getMessage();
        } else if (refusal instanceof Refusal.PreconditionRequired) {
            return refusal.getMessage().equals("If-Match")
                    ? "Send If-Match with the ETag that you read, so that nobody's change is overwritten."
                    : "Send If-None-Match: * to say that you expect nothing to be there yet.";
        } else if (refusal instanceof Refusal.TooMany) {
            return "Too many requests. Wait as long as Retry-After says and try again.";
        }
        return refusal.getMessage();
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }
}
