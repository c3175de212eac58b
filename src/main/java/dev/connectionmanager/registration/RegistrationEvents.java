package dev.connectionmanager.registration;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Whatever happens to a registration is recorded here, in the transaction of the act: it is written to the audit trail, and
 * the team, and in production the operators, are told by email. What else is to follow from it belongs here.
 */
@ApplicationScoped
public class RegistrationEvents {
    private final AuditTrail trail;
    private final Applications applications;
    private final Teams teams;
    private final Outbox outbox;
    private final Environments environments;

    RegistrationEvents(
            AuditTrail trail, Applications applications, Teams teams, Outbox outbox, Environments environments) {
        this.trail = trail;
        this.applications = applications;
        this.teams = teams;
        this.outbox = outbox;
        this.environments = environments;
    }

    /**
     * Records what happened.
     *
     * @param registered as it is now
     * @param before what the trail keeps of how it was; {@code null} = nothing
     * @param after what the trail keeps of how it is; {@code null} = nothing
     */
    public void record(
            Actor actor, RegistrationSnapshot registered, RegistrationEvent event, Object before, Object after) {
        record(actor, registered, event, before, after, Map.of());
    }

    /**
     * Records what happened, of which the letter says more.
     *
     * @param said arguments of the letter beyond application, team, environment, client ID and who did it
     */
    void record(
            Actor actor,
            RegistrationSnapshot registered,
            RegistrationEvent event,
            Object before,
            Object after,
            Map<String, String> said) {
        var application = registered.application();
        var registration = registered.registration();
        trail.write(actor.auditEntry(
                        event.act(),
                        application.teamId(),
                        "registration",
                        registration.id().toString(),
                        registration.version(),
                        before,
                        after)
                .about(Map.of(
                        "application",
                        application.details().name(),
                        "environment",
                        environments
                                .find(registration.environment())
                                .map(Environment::name)
                                .orElse(registration.environment()))));
        post(actor, registered, event, said);
    }

    private void post(Actor actor, RegistrationSnapshot registered, RegistrationEvent event, Map<String, String> said) {
        var production = environments
                .find(registered.registration().environment())
                .filter(environment -> environment.kind() == EnvironmentKind.PRODUCTION)
                .isPresent();
        if (!event.toTeam(production) && !event.toOperators(production)) {
            return;
        }
        var application = registered.application();
        var deleted = registered.registration().deletedAt() != null;
        var arguments = arguments(registered, said);
        arguments.put("by", actor.name());
        // A deleted registration has no page any more; operators find it among all clients, to restore it.
        if (event.toTeam(production)) {
            var page = deleted ? "application" : "registration";
            outbox.post(
                    new Letter(event.letter(), application.teamId(), arguments, page),
                    applications.addresses(application));
        }
        if (event.toOperators(production)) {
            var page = deleted ? "deleted-clients" : "registration";
            outbox.postToOperators(new Letter(event.letter(), application.teamId(), arguments, page));
        }
    }

    private Map<String, String> arguments(RegistrationSnapshot registered, Map<String, String> said) {
        var application = registered.application();
        var registration = registered.registration();
        var arguments = new HashMap<>(said);
        arguments.put("application", application.details().name());
        arguments.put("team", teams.known(application.teamId()).orElseThrow().name());
        arguments.put(
                "environment",
                environments.find(registration.environment()).orElseThrow().name());
        arguments.put("client_id", registration.clientId());
        arguments.put("application_id", application.id().toString());
        arguments.put("environment_id", registration.environment());
        return arguments;
    }

    /** What the trail keeps of a secret: never the secret. */
    static Object audited(ClientSecret secret) {
        return new AuditSnapshot(secret.id(), secret.lastFour(), secret.issuedAt(), secret.expiresAt());
    }

    private record AuditSnapshot(UUID id, String lastFour, Instant issuedAt, Instant expiresAt) {}
}
