package dev.connectionmanager.credential;

import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.Instant;
import java.util.UUID;

/** What is kept of an API credential, whoever's it is: its hash, never itself. */
@MappedSuperclass
public abstract class KeptCredential {
    @Id
    UUID id;

    String createdBy;
    String name;
    byte[] hash;
    Instant createdAt;
    Instant expiresAt;
    Instant revokedAt;
    Instant lastUsedAt;

    /** For the database. */
    KeptCredential() {}

    KeptCredential(String createdBy, String name, byte[] hash, Instant createdAt, Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.createdBy = createdBy;
        this.name = name;
        this.hash = hash;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    public UUID id() {
        return id;
    }

    /** As its maker named it: which script or system has it. */
    public String name() {
        return name;
    }

    /** What it may do, as the API says it: {@code read}. */
    public abstract String scopeCode();

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

    CredentialTrail.Snapshot snapshot() {
        return new CredentialTrail.Snapshot(name, scopeCode(), expiresAt);
    }

    /** A credential just made, in clear. Never kept, logged or compared. */
    public record Issued(KeptCredential metadata, String token) {
        @Override
        public String toString() {
            return "Issued[" + metadata.id() + "]";
        }
    }
}
