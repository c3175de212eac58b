package dev.connectionmanager.credential;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.team.Actor;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What the audit trail is told of API credentials. */
@ApplicationScoped
class CredentialTrail {
    private static final Duration TOLD_OF_USE = Duration.ofHours(1);

    private final AuditTrail trail;
    private final Cache<UUID, Boolean> toldOfUse = CacheBuilder.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(TOLD_OF_USE)
            .build();

    CredentialTrail(AuditTrail trail) {
        this.trail = trail;
    }

    /** @param team {@code null} for a credential of an operator, in all of these */
    void issued(Actor actor, UUID team, UUID id, Snapshot credential) {
        write(actor, team, id, "api-credential-issued", null, credential);
    }

    void revoked(Actor actor, UUID team, UUID id, Snapshot credential) {
        write(actor, team, id, "api-credential-revoked", credential, null);
    }

    /** Its maker is an operator no more. */
    void ended(UUID id, Snapshot credential) {
        write(Actor.portal(), null, id, "api-credential-ended", credential, null);
    }

    /** A script that was forgotten, or somebody who should not have it: once an hour and node, however often it comes. */
    void usedThoughRevoked(Actor bearer, UUID team, UUID id) {
        if (toldOfUse.asMap().putIfAbsent(id, true) == null) {
            QuarkusTransaction.requiringNew()
                    .run(() -> write(bearer, team, id, "revoked-api-credential-used", null, null));
        }
    }

    private void write(Actor actor, UUID team, UUID id, String act, Object before, Object after) {
        trail.write(actor.auditEntry(act, team, "api-credential", id.toString(), null, before, after));
    }

    record Snapshot(String name, String scope, Instant expiresAt) {}
}
