package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationGuard;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What operators review stays as it is until they have decided. */
@ApplicationScoped
@Priority(1)
class RequestGuard implements ApplicationGuard {
    private final Stores.RequestStore requests;

    RequestGuard(Stores.RequestStore requests) {
        this.requests = requests;
    }

    @Override
    public Optional<Refusal.Conflict> objection(Application application, Act act) {
        return requests.open(application.id()).flatMap(open -> switch (act) {
            case RECLASSIFY -> Optional.of(new Refusal.Conflict(Reason.APPLICATION_CATEGORY_REQUESTED, open));
            case DELETE -> Optional.of(new Refusal.Conflict(Reason.APPLICATION_REQUESTED, open));
            case HAND_OVER -> Optional.empty();
        });
    }
}
