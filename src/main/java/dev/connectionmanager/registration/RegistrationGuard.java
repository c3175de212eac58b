package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationGuard;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Client IDs tell the category and type of their application; what is registered is never deleted unsaid. */
@ApplicationScoped
@Priority(2)
class RegistrationGuard implements ApplicationGuard {
    private final Stores.RegistrationStore registrations;
    private final Stores.DraftStore drafts;
    private final RegistrationWriter writer;
    private final SuspendedClients suspended;
    private final RegistrationEvents events;
    private final DraftTrail trail;

    RegistrationGuard(
            Stores.RegistrationStore registrations,
            Stores.DraftStore drafts,
            RegistrationWriter writer,
            SuspendedClients suspended,
            RegistrationEvents events,
            DraftTrail trail) {
        this.registrations = registrations;
        this.drafts = drafts;
        this.writer = writer;
        this.suspended = suspended;
        this.events = events;
        this.trail = trail;
    }

    @Override
    public Optional<Refusal.Conflict> objection(Application application, Act act) {
        return switch (act) {
            case RECLASSIFY ->
                registrations.ever(application.id())
                        ? Optional.of(new Refusal.Conflict(Reason.APPLICATION_CATEGORY_REGISTERED))
                        : Optional.empty();
            case DELETE ->
                registrations.existing(List.of(application.id())).stream()
                        .map(registration -> registration.state() == Registration.State.SUSPENDED)
                        .max(Comparator.naturalOrder())
                        .map(suspended -> suspended
                                ? new Refusal.Conflict(Reason.SUSPENDED, "application")
                                : new Refusal.Conflict(Reason.APPLICATION_REGISTERED));
            case HAND_OVER -> suspended.objectionToHandover(application);
        };
    }

    @Override
    public void refused(Actor actor, Application application, Act act) {
        if (act != Act.RECLASSIFY) {
            suspended.tellKept(
                    actor,
                    application,
                    act == Act.DELETE
                            ? RegistrationEvent.SUSPENDED_APPLICATION_DELETION_REFUSED
                            : RegistrationEvent.SUSPENDED_HANDOVER_REFUSED);
        }
    }

    @Override
    public void deleting(Actor actor, Application application) {
        drafts.of(List.of(application.id())).forEach(draft -> {
            drafts.delete(draft);
            trail.write(actor, application, draft, "draft-discarded", draft.candidate(), null);
        });
    }

    @Override
    public void handedOver(Actor actor, Application application) {
        registrations.existing(List.of(application.id())).forEach(registration -> {
            var registered = writer.of(application, registration);
            // The team that receives it may have a suspended client with the same addresses.
            var neighbours = suspended.lockAndRequireFree(
                    actor,
                    application,
                    registration.environment(),
                    Optional.empty(),
                    registered.metadata().asCandidate());
            events.record(actor, registered, RegistrationEvent.HANDED_OVER, null, null);
            suspended.tellNeighbours(actor, application, neighbours);
        });
    }
}
