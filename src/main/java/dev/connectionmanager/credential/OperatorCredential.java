package dev.connectionmanager.credential;

import dev.connectionmanager.team.AuditCredential;
import jakarta.persistence.Entity;
import java.time.Instant;

/** What is kept of an operator's API credential, which is always of scope {@code audit-read}. */
@Entity
public class OperatorCredential extends KeptCredential {
    private Instant makerSeenAt;

    protected OperatorCredential() {}

    OperatorCredential(String createdBy, String name, byte[] hash, Instant createdAt, Instant expiresAt) {
        super(createdBy, name, hash, createdAt, expiresAt);
        this.makerSeenAt = createdAt;
    }

    @Override
    public String scopeCode() {
        return ApiCredentialRules.AUDIT_READ;
    }

    /** When its maker last logged in as an operator. */
    Instant makerSeenAt() {
        return makerSeenAt;
    }

    AuditCredential bearer() {
        return new AuditCredential(id, name, createdBy);
    }
}
