package dev.connectionmanager.review;

import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Assigns several requests, each by itself: what cannot be done holds up nothing else. */
@ApplicationScoped
public class Assignments {
    private final Reviews reviews;
    private final Requests requests;

    Assignments(Reviews reviews, Requests requests) {
        this.reviews = reviews;
        this.requests = requests;
    }

    /**
     * What became of one.
     *
     * @param file empty for a request that there is not
     * @param refused why it was not assigned; empty where it was
     */
    public record Assignment(UUID id, Optional<RequestReview> file, Optional<Refusal> refused) {}

    /**
     * @param toNobody to give them back; else they are the actor's
     * @param seen see {@link Reviews#assign}
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public List<Assignment> assign(Actor actor, List<UUID> ids, boolean toNobody, String seen) {
        actor.mustBeOperator();
        return ids.stream()
                .distinct()
                .map(id -> assign(actor, id, toNobody, seen))
                .toList();
    }

    private Assignment assign(Actor actor, UUID id, boolean toNobody, String seen) {
        Optional<RequestReview> file = Optional.empty();
        try {
            file = Optional.of(requests.find(actor, id));
            var done = reviews.assign(actor, id, Parsed.typed(toNobody ? Reviews.NOBODY : Reviews.ME), seen);
            return new Assignment(id, Optional.of(done), Optional.empty());
        } catch (Refusal refused) {
            return new Assignment(id, file, Optional.of(refused));
        }
    }
}
