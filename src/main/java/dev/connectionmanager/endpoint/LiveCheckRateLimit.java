package dev.connectionmanager.endpoint;

import dev.connectionmanager.outbound.RateLimiter;
import dev.connectionmanager.outbound.RateLimiter.Share;
import dev.connectionmanager.outbound.RateLimiter.Taken;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often one person or credential has endpoints opened, whatever the share of the team. */
@ApplicationScoped
public class LiveCheckRateLimit {
    private final RateLimiter shares;
    private final Share looks;
    private final OfRequest ofRequest;

    LiveCheckRateLimit(
            Clock clock,
            @ConfigProperty(name = "connection-manager.limits.live-checks-a-minute") int looks,
            OfRequest ofRequest) {
        this.shares = new RateLimiter(clock);
        this.looks = Share.aMinute(looks);
        this.ofRequest = ofRequest;
    }

    /** @throws Refusal.TooMany when the actor has used up its share; the portal itself has its own pace */
    public void take(Actor actor) {
        if (actor.kind() != Actor.Kind.PORTAL) {
            var taken = shares.ask("looks of " + actor.subject(), looks);
            if (Arc.container().requestContext().isActive()) {
                ofRequest.note(taken);
            }
            taken.orRefuse();
        }
    }

    /** The share of one person or credential. */
    public Share share() {
        return looks;
    }

    /** What became of the share in the request at hand, for whoever answers it. */
    @RequestScoped
    public static class OfRequest {
        private Taken taken;

        /** Empty where nothing was opened, nor wanted to be. */
        public Optional<Taken> taken() {
            return Optional.ofNullable(taken);
        }

        void note(Taken of) {
            taken = of;
        }
    }
}
