package dev.connectionmanager.credential;

import dev.connectionmanager.team.AuditCredential;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** What is kept of an operator's API credential, which is always of scope {@code audit-read}: its hash, never itself. */
@Entity
public class OperatorCredential {
    @Id
    private UUID id;

    private String createdBy;
    private String name;
    private byte[] hash;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant revokedAt;
    private Instant lastUsedAt;
    private Instant makerSeenAt;

    protected OperatorCredential() {}

    OperatorCredential(String createdBy, String name, byte[] hash, Instant createdAt, Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.createdBy = createdBy;
        this.name = name;
        this.hash = hash;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.makerSeenAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    /** As its maker named it: which script or system has it. */
    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it stops working, at the latest. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** To the minute; {@code null} = never. */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    public boolean expiredAt(Instant now) {
        return !expiresAt.isAfter(now);
    }

    boolean revoked() {
        return revokedAt != null;
    }

    /** When its maker last logged in as an operator. */
    Instant makerSeenAt() {
        return makerSeenAt;
    }

    AuditCredential bearer() {
        return new AuditCredential(id, name, createdBy);
    }

    CredentialTrail.Snapshot snapshot() {
        return new CredentialTrail.Snapshot(name, ApiCredentialRules.AUDIT_READ, expiresAt);
    }
}
