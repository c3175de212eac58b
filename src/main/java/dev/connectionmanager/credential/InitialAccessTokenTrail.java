package dev.connectionmanager.credential;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** What the audit trail is told of initial access tokens. */
@ApplicationScoped
public class InitialAccessTokenTrail {
    private final AuditTrail trail;

    InitialAccessTokenTrail(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * What the sentences name.
     *
     * @param lastFour the end of the token's text
     * @param environment as people call it
     */
    public record Named(UUID team, UUID id, String lastFour, String environment) {}

    /** @param snapshot what is kept of the token, in both of these */
    public void issued(Actor actor, Named token, Object snapshot) {
        write(actor, token, "initial-access-token-issued", null, snapshot);
    }

    public void revoked(Actor actor, Named token, Object snapshot) {
        write(actor, token, "initial-access-token-revoked", snapshot, null);
    }

    private void write(Actor actor, Named token, String act, Object before, Object after) {
        trail.write(actor.auditEntry(
                        act, token.team(), "initial-access-token", token.id().toString(), null, before, after)
                .about(Map.of("last_four", token.lastFour(), "environment", token.environment())));
    }
}
