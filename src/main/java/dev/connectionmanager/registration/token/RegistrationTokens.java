package dev.connectionmanager.registration.token;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.RegistrationEvent;
import dev.connectionmanager.registration.RegistrationEvents;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** The act of a person who gives a client a new registration access token, whatever it was registered by. */
@ApplicationScoped
public class RegistrationTokens {
    private final Applications applications;
    private final Registrations registrations;
    private final RegistrationAccessTokens tokens;
    private final RegistrationEvents events;

    RegistrationTokens(
            Applications applications,
            Registrations registrations,
            RegistrationAccessTokens tokens,
            RegistrationEvents events) {
        this.applications = applications;
        this.registrations = registrations;
        this.tokens = tokens;
        this.events = events;
    }

    /**
     * A token in clear, for the one answer that shows it.
     *
     * @param registered whose it is
     */
    public record Issued(RegistrationSnapshot registered, String token) {
        @Override
        public String toString() {
            return "Issued[" + registered.registration().clientId() + "]";
        }
    }

    /**
     * Issues a token; the one that there was ends at once.
     *
     * @throws Refusal.NotAllowed for a credential, and for a viewer
     * @throws Refusal.NotFound in production too, where clients do not change themselves
     */
    @Transactional
    public Issued issue(Actor actor, UUID applicationId, String environment) {
        findToIssue(actor, applicationId, environment);
        applications.lockFor(actor, applicationId, Role.ADMIN);
        var registered = registrations.find(actor, applicationId, environment);
        var token = tokens.make();
        tokens.give(registered.registration().id(), token);
        events.record(actor, registered, RegistrationEvent.REGISTRATION_TOKEN_ISSUED, null, null);
        return new Issued(registered, token);
    }

    /**
     * The registration, for whoever may issue its token.
     *
     * @throws Refusal.NotAllowed for anybody else
     */
    public RegistrationSnapshot findToIssue(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        actor.mustBePerson();
        actor.mustBe(Role.ADMIN, registered.application().teamId());
        registrations.pathToLive(environment);
        return registered;
    }
}
