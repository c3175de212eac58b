package dev.connectionmanager.registration;

import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.endpoint.RecheckQueue;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators do with a client after it was issued: keep it out, let it in again, undo its deletion. In any environment
 * that has registrations; the team is told of each by email. A registration of another team or an unknown one is
 * {@link Refusal.NotFound} in all acts, whoever is no operator {@link Refusal.NotAllowed}.
 */
@ApplicationScoped
public class ClientLifecycle {
    private static final int LONGEST_REASON = 1_000;

    private final Registrations registrations;
    private final Applications applications;
    private final Environments environments;
    private final Teams teams;
    private final ApplicationStore applicationStore;
    private final Stores.RegistrationStore store;
    private final RegistrationWriter writer;
    private final RecheckQueue queue;
    private final RegistrationEvents events;
    private final Clock clock;

    ClientLifecycle(
            Registrations registrations,
            Applications applications,
            Environments environments,
            Teams teams,
            ApplicationStore applicationStore,
            Stores.RegistrationStore store,
            RegistrationWriter writer,
            RecheckQueue queue,
            RegistrationEvents events,
            Clock clock) {
        this.registrations = registrations;
        this.applications = applications;
        this.environments = environments;
        this.teams = teams;
        this.applicationStore = applicationStore;
        this.store = store;
        this.writer = writer;
        this.queue = queue;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Suspends the client: the OpenID Provider lets nobody in through it until an operator resumes it, whatever the team
     * changes meanwhile. Of a client that is suspended already it replaces the reason.
     *
     * @param reason told to the team
     * @param tag of the registration as the operator saw it; {@code null} = whatever it is now
     * @throws Refusal.Rejected without a reason that people can read
     * @throws Refusal.Stale when the registration has changed since
     */
    @Transactional
    public RegistrationSnapshot suspend(
            Actor actor, UUID applicationId, String environment, Parsed<String> reason, String tag) {
        var registered = lock(actor, applicationId, environment, tag);
        var given = Objects.requireNonNullElse(reason.candidate(), "").strip();
        Refusal.Rejected.ifBlocking(reason.and(check(given)));
        // Registrations of the team wait: none of them takes an address that this one has.
        teams.lock(registered.application().teamId());
        var registration = registered.registration();
        if (registration.suspension().filter(s -> s.reason().equals(given)).isPresent()) {
            return registered;
        }
        var before = registered.trace();
        registration.suspend(given, clock.instant());
        store.flush();
        events.record(
                actor, registered, RegistrationEvent.SUSPENDED, before, registered.trace(), Map.of("reason", given));
        return registered;
    }

    /**
     * Lets the client in again.
     *
     * @param tag as in {@link #suspend}
     * @throws Refusal.Conflict when it is not suspended
     * @throws Refusal.Stale when the registration has changed since
     */
    @Transactional
    public RegistrationSnapshot resume(Actor actor, UUID applicationId, String environment, String tag) {
        var registered = lock(actor, applicationId, environment, tag);
        var before = registered.trace();
        registered.registration().resume();
        store.flush();
        events.record(actor, registered, RegistrationEvent.RESUMED, before, registered.trace());
        return registered;
    }

    /**
     * Undoes the deletion of a registration, and of its application if that was deleted since. It comes back as it was,
     * suspended if it was, with the secrets that have not expired meanwhile.
     *
     * @throws Refusal.NotFound when nothing was ever registered there
     * @throws Refusal.Conflict when it is not deleted, was deleted more than 30 days ago, or was registered anew since
     */
    @Transactional
    public RegistrationSnapshot restore(Actor actor, UUID applicationId, String environment) {
        var application = applicationStore.lockEvenDeleted(applicationId).orElseThrow(Refusal.NotFound::new);
        actor.mustRead(application.teamId());
        actor.mustBeOperator();
        registrations.registrable(environment);
        var registration = store.last(applicationId, environment).orElseThrow(Refusal.NotFound::new);
        if (registration.deletedAt() == null) {
            throw new Refusal.Conflict(Reason.REGISTRATION_NOT_DELETED);
        }
        if (!registration.restorableAt(clock.instant())) {
            throw new Refusal.Conflict(Reason.REGISTRATION_NOT_RESTORABLE, Registration.RESTORABLE.toDays());
        }
        applications.restore(actor, application);
        registration.restore();
        store.flush();
        var registered = writer.of(application, registration);
        if (ClientEndpoint.any(registered.metadata().asCandidate())) {
            queue.begin(registration.id(), clock.instant());
        }
        events.record(actor, registered, RegistrationEvent.RESTORED, null, registered.trace());
        return registered;
    }

    /**
     * What operators can restore of an application, in the order of the environments. Its team may know of it; of an application that
     * is deleted itself, operators alone.
     */
    public List<RegistrationSnapshot> restorable(Actor actor, UUID applicationId) {
        var application = applicationStore.findByIdOptional(applicationId).orElseThrow(Refusal.NotFound::new);
        actor.mustRead(application.teamId());
        if (application.deleted()) {
            actor.mustBeOperator();
        }
        return environments.all().stream()
                .map(Environment::id)
                .flatMap(environment -> store.last(application.id(), environment).stream())
                .filter(registration -> registration.restorableAt(clock.instant()))
                .map(registration -> writer.of(application, registration))
                .toList();
    }

    /**
     * What {@link #restore} would bring back, for whoever may.
     *
     * @throws Refusal.NotAllowed for its team
     * @throws Refusal.NotFound for others, and where there is nothing to restore
     */
    public RegistrationSnapshot findToRestore(Actor actor, UUID applicationId, String environment) {
        var restorable = restorable(actor, applicationId);
        actor.mustBeOperator();
        return restorable.stream()
                .filter(registered -> registered.registration().environment().equals(environment))
                .findFirst()
                .orElseThrow(Refusal.NotFound::new);
    }

    private RegistrationSnapshot lock(Actor actor, UUID applicationId, String environment, String tag) {
        var application = applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        actor.mustRead(application.teamId());
        actor.mustBeOperator();
        registrations.registrable(environment);
        var registered = writer.current(application, environment).orElseThrow(Refusal.NotFound::new);
        Optional.ofNullable(tag).map(Precondition::matching).ifPresent(p -> p.mustMatch(registered.tag()));
        return registered;
    }

    private static Violations check(String reason) {
        return reason.isEmpty() || !NameText.paragraphs(reason, LONGEST_REASON)
                ? new Violations(List.of(Violation.of("reason", Rule.REASON_INVALID)))
                : Violations.NONE;
    }
}
