package dev.connectionmanager.registration;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Client IDs tell the category and type of their application; what is registered is never deleted unsaid. */
@ApplicationScoped
@Priority(2)
class RegistrationGuard implements ApplicationGuard {
    private final Stores.RegistrationStore registrations;
    private final Stores.DraftStore drafts;
    private final RegistrationTrail trail;

    RegistrationGuard(Stores.RegistrationStore registrations, Stores.DraftStore drafts, RegistrationTrail trail) {
        this.registrations = registrations;
        this.drafts = drafts;
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
                registrations.existing(List.of(application.id())).isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Refusal.Conflict(Reason.APPLICATION_REGISTERED));
        };
    }

    @Override
    public void deleting(Actor actor, Application application) {
        drafts.of(List.of(application.id())).forEach(draft -> {
            drafts.delete(draft);
            trail.write(actor, application, draft, "draft-discarded", draft.candidate(), null);
        });
    }
}
