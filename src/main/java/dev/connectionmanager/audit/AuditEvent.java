package dev.connectionmanager.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One line of the trail: what an act told, and its seal as soon as it has one. Only {@link AuditTrail} adds any. */
@Entity
@Immutable
@Table(name = "audit_entry")
@SecondaryTable(name = AuditEvent.SEAL, pkJoinColumns = @PrimaryKeyJoinColumn(name = "entry"))
public class AuditEvent {
    /** The chain of what belongs to no team; that of a team bears its id. */
    public static final String PORTAL = "portal";

    static final String SEAL = "audit_seal";

    @Id
    private UUID id;

    private String chain;
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

    @Column(table = SEAL)
    private Long sequence;

    @Column(table = SEAL)
    private byte[] previousHash;

    @Column(table = SEAL)
    private byte[] hash;

    protected AuditEvent() {}

    /** As it was before it was sealed. For what is read outside a session only. */
    void forgetSeal() {
        sequence = null;
        previousHash = null;
        hash = null;
    }

    public UUID id() {
        return id;
    }

    public String chain() {
        return chain;
    }

    /**
     * Whether it has its place and its hash: some second after the act, once every transaction that was running then has
     * ended. Until then nothing but the database's own refusal keeps it as it is.
     */
    public boolean sealed() {
        return sequence != null;
    }

    /** From 1, without a gap in its chain; {@code null} while it is not sealed. */
    public Long sequence() {
        return sequence;
    }

    /** {@code null} while it is not sealed. */
    public String previousHash() {
        return hex(previousHash);
    }

    /** {@code null} while it is not sealed. */
    public String hash() {
        return hex(hash);
    }

    private static String hex(byte[] octets) {
        return octets == null ? null : HexFormat.of().formatHex(octets);
    }

    /** The time of the act, by the database's clock. In a chain it may be before that of the event before. */
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
