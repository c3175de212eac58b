package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.policy.Violations;
import java.util.Optional;

/**
 * What a registration act led to.
 *
 * @param created whether a client ID was issued
 * @param secret the secret issued with it, in clear, for this one answer
 * @param live what the live checks warn of
 */
public record RegistrationResult(
        RegistrationSnapshot registered, boolean created, Optional<ClientSecrets.Issued> secret, Violations live) {
    RegistrationResult(RegistrationSnapshot registered, boolean created, Optional<ClientSecrets.Issued> secret) {
        this(registered, created, secret, Violations.NONE);
    }

    RegistrationResult with(Violations warnings) {
        return new RegistrationResult(registered, created, secret, warnings);
    }

    /** The same, of its application as it is after a change. */
    RegistrationResult of(Application application) {
        return new RegistrationResult(
                new RegistrationSnapshot(
                        application, registered.registration(), registered.metadata(), registered.warnings()),
                created,
                secret,
                live);
    }

    /** All warnings: those of the rules, and those of the live checks. */
    public Violations warnings() {
        return registered.warnings().and(live);
    }
}
