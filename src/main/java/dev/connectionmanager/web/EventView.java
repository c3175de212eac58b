package dev.connectionmanager.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.connectionmanager.audit.AuditEvent;
import dev.connectionmanager.wording.Acts;

/** One event of the audit trail as people read it. */
record EventView(AuditEvent event) {
    private static final JsonMapper JSON = new JsonMapper();

    public String sentence() {
        return Acts.sentence(event);
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
