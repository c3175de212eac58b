package dev.connectionmanager.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;

/** Writes the trail. */
@ApplicationScoped
public class AuditTrail {
    private final EntityManager entities;
    private final ObjectMapper json;
    private final RequestId requestId;
    private final Clock clock;

    AuditTrail(EntityManager entities, ObjectMapper json, RequestId requestId, Clock clock) {
        this.entities = entities;
        this.json = json;
        this.requestId = requestId;
        this.clock = clock;
    }

    /** Adds one line, in the caller's transaction: the act and its trace are committed together or not at all. */
    public void write(AuditEntry entry) {
        entities.persist(
                new AuditEvent(entry, text(entry.before()), text(entry.after()), requestId.value(), clock.instant()));
    }

    private String text(Object state) {
        try {
            return state == null ? null : json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
