package dev.connectionmanager.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One line of the trail. */
@Entity
@Immutable
public class AuditEvent {
    @Id
    private UUID id;

    private Instant at;
    private String actor;
    private String actorName;
    private String role;
    private UUID teamId;
    private String act;
    private String object;
    private String objectId;
    private Integer version;

    private String before;
    private String after;

    private UUID requestId;

    protected AuditEvent() {}

    AuditEvent(AuditEntry entry, String before, String after, UUID requestId, Instant at) {
        this.id = UUID.randomUUID();
        this.at = at;
        this.actor = entry.actor();
        this.actorName = entry.actorName();
        this.role = entry.role();
        this.teamId = entry.teamId();
        this.act = entry.act();
        this.object = entry.object();
        this.objectId = entry.objectId();
        this.version = entry.version();
        this.before = before;
        this.after = after;
        this.requestId = requestId;
    }
}
