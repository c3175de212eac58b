package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Whoever registers and never hears the answer asks again, and is told that there is something already: here, whether that is
 * their own.
 */
@ApplicationScoped
public class LostAnswers {
    private final Applications applications;
    private final Environments environments;
    private final RegistrationWriter writer;
    private final Stores.RevisionStore revisions;

    LostAnswers(
            Applications applications,
            Environments environments,
            RegistrationWriter writer,
            Stores.RevisionStore revisions) {
        this.applications = applications;
        this.environments = environments;
        this.writer = writer;
        this.revisions = revisions;
    }

    /**
     * Names in a refusal what stands registered, when it was issued, whether this actor did it, and whether it still is what they
     * ask for.
     *
     * @param refused since there is something
     * @return the same; without these where it is gone by now
     */
    public Refusal identify(
            Refusal.Stale refused, Actor actor, UUID applicationId, String environmentId, Parsed<Candidate> asked) {
        var application = applications.find(actor, applicationId);
        var environment = environments.find(environmentId).orElseThrow(Refusal.NotFound::new);
        writer.current(application, environmentId).ifPresent(registered -> {
            var registration = registered.registration();
            refused.with("client_id", registration.clientId())
                    .with("version", registration.revision())
                    .with("issued_at", registration.issuedAt())
                    .with("issued_by_you", revisions.number(registration, 1).isOf(actor))
                    .with("same_metadata", isSame(asked, registered, application, environment));
        });
        return refused;
    }

    private static boolean isSame(
            Parsed<Candidate> asked,
            RegistrationSnapshot registered,
            Application application,
            Environment environment) {
        var candidate = asked.candidate().withDefaults(application.details());
        return !asked.and(RegistrationRules.check(candidate, environment, application.details()))
                        .block()
                && RegistrationRules.accept(candidate).equals(registered.metadata());
    }
}
