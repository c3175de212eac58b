package dev.connectionmanager.registration;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** How acts on a registration are told to the trail. */
@ApplicationScoped
class RegistrationTrail {
    private final AuditTrail trail;

    RegistrationTrail(AuditTrail trail) {
        this.trail = trail;
    }

    void write(Actor actor, Registered registered, String act, Object before, Object after) {
        trail.write(actor.did(
                act,
                registered.application().teamId(),
                "registration",
                registered.registration().id().toString(),
                registered.registration().version(),
                before,
                after));
    }

    void write(Actor actor, Application application, String act, Object before, Object after) {
        trail.write(actor.did(
                act,
                application.teamId(),
                "application",
                application.id().toString(),
                application.version(),
                before,
                after));
    }

    /** What the trail keeps of a secret: never the secret. */
    static Object of(ClientSecret secret) {
        return new SecretTrace(secret.id(), secret.lastFour(), secret.issuedAt(), secret.expiresAt());
    }

    private record SecretTrace(UUID id, String lastFour, Instant issuedAt, Instant expiresAt) {}
}
