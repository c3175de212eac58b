package dev.connectionmanager.audit;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One line of the trail, as it was committed. Only {@link AuditTrail} adds any. */
@Entity
@Immutable
public class AuditEvent {
    /** The chain of what belongs to no team; that of a team bears its id. */
    public static final String PORTAL = "portal";

    @Id
    private UUID id;

    private String chain;
    private long sequence;
    private byte[] previousHash;
    private byte[] hash;
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
    private String about;

    private UUID requestId;

    protected AuditEvent() {}

    public UUID id() {
        return id;
    }

    public String chain() {
        return chain;
    }

    /** From 1, without a gap in its chain. */
    public long sequence() {
        return sequence;
    }

    public String previousHash() {
        return HexFormat.of().formatHex(previousHash);
    }

    public String hash() {
        return HexFormat.of().formatHex(hash);
    }

    /** By the database's clock; in one chain always later than the event before. */
    public Instant at() {
        return at;
    }

    public String actor() {
        return actor;
    }

    public String actorName() {
        return actorName;
    }

    public String role() {
        return role;
    }

    public UUID teamId() {
        return teamId;
    }

    public String act() {
        return act;
    }

    public String object() {
        return object;
    }

    public String objectId() {
        return objectId;
    }

    public Integer version() {
        return version;
    }

    /** JSON text; {@code null} for none. */
    public String before() {
        return before;
    }

    /** JSON text; {@code null} for none. */
    public String after() {
        return after;
    }

    /** JSON text: an object of names; {@code null} for none. */
    public String about() {
        return about;
    }

    public UUID requestId() {
        return requestId;
    }
}
