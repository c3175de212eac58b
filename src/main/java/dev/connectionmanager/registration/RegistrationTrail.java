package dev.connectionmanager.registration;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** How acts on a registration are told to the trail. */
@ApplicationScoped
class RegistrationTrail {
    private final AuditTrail trail;
    private final Environments environments;

    RegistrationTrail(AuditTrail trail, Environments environments) {
        this.trail = trail;
        this.environments = environments;
    }

    void write(Actor actor, RegistrationSnapshot registered, String act, Object before, Object after) {
        trail.write(actor.auditEntry(
                        act,
                        registered.application().teamId(),
                        "registration",
                        registered.registration().id().toString(),
                        registered.registration().version(),
                        before,
                        after)
                .about(names(registered.application(), registered.registration().environment())));
    }

    void write(Actor actor, Application application, Draft draft, String act, Object before, Object after) {
        trail.write(
                actor.auditEntry(act, application.teamId(), "draft", draft.id().toString(), null, before, after)
                        .about(names(application, draft.environment())));
    }

    /** What a person calls the thing that an act is about, as it is called now. */
    private Map<String, String> names(Application application, String environment) {
        return Map.of(
                "application",
                application.details().name(),
                "environment",
                environments.find(environment).map(Environment::name).orElse(environment));
    }

    void write(Actor actor, Application application, String act, Object before, Object after) {
        trail.write(actor.auditEntry(
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
