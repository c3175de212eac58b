package dev.connectionmanager.wording;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A problem document, RFC 9457.
 *
 * @param type where the reference explains the code, below the portal's own address
 * @param title the status in words
 * @param status HTTP status code
 * @param code stable: of the {@link Reason}; for rejected input that of the first rule that blocks
 * @param detail what went wrong this time, and how to put it right
 * @param instance names this one occurrence, as the log does
 * @param errors for rejected input, every finding; {@code null} otherwise
 * @param named what the sentence names, each a member of the document
 */
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String instance,
        List<Finding> errors,
        @JsonAnyGetter Map<String, Object> named) {
    private static final String EXPLAINED = "/docs/codes#";

    /** @param reason one whose sentence names nothing */
    public static Problem of(int status, Reason reason, UUID requestId) {
        return of(status, reason.code(), RuleSentences.of(reason), requestId, null, Map.of());
    }

    public static Problem of(Refusal refusal, UUID requestId) {
        var findings = refusal instanceof Refusal.Rejected rejected ? rejected.violations() : null;
        return of(
                status(refusal),
                code(refusal),
                RuleSentences.of(refusal),
                requestId,
                findings == null ? null : Finding.of(findings),
                refusal.named());
    }

    private static Problem of(
            int status, String code, String detail, UUID requestId, List<Finding> errors, Map<String, Object> named) {
        return new Problem(
                EXPLAINED + code, title(status), status, code, detail, "urn:uuid:" + requestId, errors, named);
    }

    private static String code(Refusal refusal) {
        if (refusal instanceof Refusal.Stale) {
            // One for every 412: whatever is wrong with the tag, the thing has to be read again.
            return Reason.STALE.code();
        }
        return refusal instanceof Refusal.Rejected rejected
                ? rejected.violations().all().stream()
                        .filter(Violation::blocks)
                        .findFirst()
                        .map(violation -> violation.rule().code())
                        .orElse(refusal.reason().code())
                : refusal.reason().code();
    }

    public static int status(Refusal refusal) {
        if (refusal instanceof Refusal.Rejected) {
            return 422;
        } else if (refusal instanceof Refusal.Malformed) {
            return 400;
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

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 408 -> "Request Timeout";
            case 409 -> "Conflict";
            case 412 -> "Precondition Failed";
            case 413 -> "Content Too Large";
            case 414 -> "URI Too Long";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 428 -> "Precondition Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }
}
