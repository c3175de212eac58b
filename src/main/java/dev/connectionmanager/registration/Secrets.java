package dev.connectionmanager.registration;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.credential.ClientSecret;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.KnownOperators;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The acts on the client secrets of a registration. */
@ApplicationScoped
public class Secrets {
    private final Applications applications;
    private final Registrations registrations;
    private final Standings standings;
    private final ClientSecrets secrets;
    private final Stores.UncollectedSecretStore uncollected;
    private final KnownOperators operators;
    private final RegistrationEvents events;

    Secrets(
            Applications applications,
            Registrations registrations,
            Standings standings,
            ClientSecrets secrets,
            Stores.UncollectedSecretStore uncollected,
            KnownOperators operators,
            RegistrationEvents events) {
        this.applications = applications;
        this.registrations = registrations;
        this.standings = standings;
        this.secrets = secrets;
        this.uncollected = uncollected;
        this.operators = operators;
        this.events = events;
    }

    /** Those that are live: what may be known of them, which is never the secret. */
    public List<ClientSecret> live(Actor actor, UUID applicationId, String environment) {
        return secrets.live(registrations
                .find(actor, applicationId, environment)
                .registration()
                .id());
    }

    /** @throws Refusal.NotFound when no live one of this registration has this id */
    public ClientSecret find(Actor actor, UUID applicationId, String environment, UUID secretId) {
        return live(actor, applicationId, environment).stream()
                .filter(secret -> secret.id().equals(secretId))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
    }

    /**
     * Issues a new secret; the old one ends after the overlap.
     *
     * @param overlapSeconds how long the old one goes on working, as it was read: from zero, which revokes it at once, to
     *     {@link ClientSecrets#LONGEST_OVERLAP}; {@code null} is {@link ClientSecrets#DEFAULT_OVERLAP}
     * @throws Refusal.Rejected for another overlap
     * @throws Refusal.NotAllowed in production for an operator, whatever their role in the team, and for the credential of one
     * @throws Refusal.Conflict for a mechanism without secrets and with two live ones
     */
    @Transactional
    public ClientSecrets.Issued rotate(
            Actor actor, UUID applicationId, String environment, Parsed<Long> overlapSeconds) {
        var application = applications.lockForWorking(actor, applicationId, Role.ADMIN);
        registrations.registrable(environment);
        var standing = standings.of(actor, application, environment);
        if (!standing.actorWorks()) {
            throw new Refusal.NotAllowed(Reason.API_CREDENTIAL_ENDED);
        }
        var registered = standing.live().orElseThrow(Refusal.NotFound::new);
        mustSee(actor, registered);
        var overlap = overlap(overlapSeconds);
        if (!registered.metadata().tokenEndpointAuthMethod().usesSecret()) {
            throw new Refusal.Conflict(Reason.SECRET_NOT_USED);
        }
        var registration = registered.registration();
        if (standing.secretWaits()) {
            throw new Refusal.Conflict(Reason.SECRET_WAITS);
        }
        var issued = secrets.rotate(registration.id(), registration.clientId(), environment, overlap);
        events.record(
                actor,
                registered,
                RegistrationEvent.SECRET_ROTATED,
                null,
                RegistrationEvents.audited(issued.metadata()));
        return issued;
    }

    private static Duration overlap(Parsed<Long> read) {
        var seconds = Optional.ofNullable(read.candidate()).orElse(ClientSecrets.DEFAULT_OVERLAP.toSeconds());
        Refusal.Rejected.ifBlocking(read.and(ClientSecrets.checkOverlap(seconds)));
        return Duration.ofSeconds(seconds);
    }

    /** Whether this is a secret of this registration that works now, as the answer that issued it has shown it. */
    public boolean works(RegistrationSnapshot registered, String secret) {
        return secrets.works(registered.registration().id(), secret);
    }

    /** Whether an approved registration is due a secret that nobody has collected yet. */
    public boolean waits(RegistrationSnapshot registered) {
        return uncollected.findByIdOptional(registered.registration().id()).isPresent();
    }

    /**
     * Makes the secret that an approval left to be collected, and shows it this once, to a person of the team.
     *
     * @throws Refusal.NotAllowed for an API credential, and for an operator, whatever their role in the team
     * @throws Refusal.Conflict when none waits: collected already, or never due
     */
    @Transactional
    public Collected collect(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.lock(actor, applicationId, environment);
        if (registrations.registrable(environment).kind() != EnvironmentKind.PRODUCTION) {
            throw new Refusal.NotFound(Reason.SECRET_COLLECTION_NOT_HERE);
        }
        mustCollect(actor, registered);
        var registration = registered.registration();
        if (!uncollected.deleteById(registration.id())) {
            throw new Refusal.Conflict(
                    registered.metadata().tokenEndpointAuthMethod().usesSecret()
                            ? Reason.SECRET_COLLECTED
                            : Reason.SECRET_NOT_USED);
        }
        var issued = secrets.issue(registration.id(), registration.clientId(), environment);
        events.record(
                actor,
                registered,
                RegistrationEvent.SECRET_COLLECTED,
                null,
                RegistrationEvents.audited(issued.metadata()));
        return new Collected(registered, issued);
    }

    /**
     * The registration, for whoever may collect its secret, whether or not one waits.
     *
     * @throws Refusal.NotAllowed for anybody else
     */
    public RegistrationSnapshot findToCollect(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        mustCollect(actor, registered);
        return registered;
    }

    /**
     * The registration, for whoever may rotate its secrets.
     *
     * @throws Refusal.NotAllowed for anybody else
     */
    public RegistrationSnapshot findToRotate(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.findToChange(actor, applicationId, environment);
        mustSee(actor, registered);
        return registered;
    }

    /** Whether a secret waits that this actor may collect. */
    public boolean mayCollect(Actor actor, RegistrationSnapshot registered) {
        return !operators.isBehind(actor)
                && actor.kind() == Actor.Kind.PERSON
                && actor.is(Role.ADMIN, registered.application().teamId())
                && waits(registered);
    }

    private void mustCollect(Actor actor, RegistrationSnapshot registered) {
        var team = registered.application().teamId();
        actor.mustBe(Role.ADMIN, team);
        actor.mustBePerson();
        mustSee(actor, registered);
    }

    /** A secret in production is shown to no operator, by whatever way it is issued. */
    private void mustSee(Actor actor, RegistrationSnapshot registered) {
        var production = registrations
                        .registrable(registered.registration().environment())
                        .kind()
                == EnvironmentKind.PRODUCTION;
        if (production && operators.isBehind(actor)) {
            throw new Refusal.NotAllowed(registered.application().teamId(), Reason.SECRET_NOT_FOR_OPERATORS);
        }
    }

    /** A secret in clear, for the one answer that shows it, and whose it is. */
    public record Collected(RegistrationSnapshot registered, ClientSecrets.Issued secret) {}

    @Transactional
    public void revoke(Actor actor, UUID applicationId, String environment, UUID secretId) {
        var registered = registrations.lock(actor, applicationId, environment);
        var revoked = secrets.revoke(registered.registration().id(), secretId);
        events.record(actor, registered, RegistrationEvent.SECRET_REVOKED, RegistrationEvents.audited(revoked), null);
    }
}
