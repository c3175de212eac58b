package dev.connectionmanager.registration.check;

import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;

/** What is registered. */
@ApplicationScoped
class RegistrationSubject implements CheckSubject {
    private final Registrations registrations;
    private final LiveChecks checks;

    RegistrationSubject(Registrations registrations, LiveChecks checks) {
        this.registrations = registrations;
        this.checks = checks;
    }

    @Override
    public AskedCheck.Subject subject() {
        return AskedCheck.Subject.REGISTRATION;
    }

    @Override
    public void mustBeAllowed(Actor actor, AskedCheck.Details details) {
        var registered = registrations.find(actor, details.applicationId(), details.environment());
        actor.mustBe(Role.ADMIN, registered.application().teamId());
    }

    @Override
    public void check(Actor actor, AskedCheck asked) {
        checks.run(actor, asked.applicationId(), asked.environment());
    }
}
