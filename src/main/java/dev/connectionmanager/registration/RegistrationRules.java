package dev.connectionmanager.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.policy.Violations;

/** The policy on client metadata, readable from top to bottom. */
public final class RegistrationRules {
    private RegistrationRules() {}

    /**
     * Judges everything at once.
     *
     * @param candidate what was typed
     * @param environment where it is to be registered
     * @param applicationType the application's own type
     * @return all findings, in the order of the members; empty when all is well
     */
    public static Violations check(Candidate candidate, Environment environment, ApplicationType applicationType) {
        var found = new Violations.Collector();
        return found.violations();
    }
}
