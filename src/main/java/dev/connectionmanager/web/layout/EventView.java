package dev.connectionmanager.web.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.wording.AuditSentences;

/** One event of the audit trail as people read it. */
public record EventView(AuditEvent event) {
    private static final JsonMapper JSON = new JsonMapper();

    /** {@code Client secret rotated (client-secret-rotated)}. */
    public String act() {
        return AuditSentences.title(event.act()) + " (" + event.act() + ")";
    }

    public String sentence() {
        return AuditSentences.sentence(event);
    }

    /**
     * Where its object is shown, to whoever may read it; {@code null} where it is not.
     *
     * @param operator who has pages of their own, which deleted things are found on too
     */
    public String linkFor(boolean operator) {
        var team = event.teamId() == null ? null : "/teams/" + event.teamId();
        return switch (event.object()) {
            case "team" -> team;
            case "member" -> team == null ? null : team + "/members";
            case "api-credential" -> team == null ? null : team + "/credentials";
            case "key-set" -> team == null ? null : team + "/key-sets";
            case "test-user", "test-user-request" -> team == null ? null : team + "/test-users";
            case "team-request" -> operator ? "/review/team-requests/" + event.objectId() : null;
            case "registration" -> operator ? "/review/clients?search=" + event.objectId() : null;
            case "application" ->
                operator ? "/review/clients?search=" + event.objectId() : "/applications/" + event.objectId();
            case "request" -> event.act().equals("right-refused") ? null : requests(operator) + event.objectId();
            default -> null;
        };
    }

    private static String requests(boolean operator) {
        return operator ? "/review/requests/" : "/requests/";
    }

    /** {@code null} where the object has none. */
    public String version() {
        return event.version() == null ? null : event.version().toString();
    }

    /** For people, line by line; {@code null} where there was nothing. */
    public String before() {
        return pretty(event.before());
    }

    public String after() {
        return pretty(event.after());
    }

    private static String pretty(String state) {
        try {
            return state == null
                    ? null
                    : JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(state));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
