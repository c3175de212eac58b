package dev.connectionmanager.endpoint;

import dev.connectionmanager.outbound.RateLimiter;
import dev.connectionmanager.outbound.RateLimiter.Share;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often one person or credential has endpoints opened, whatever the share of the team. */
@ApplicationScoped
public class LiveCheckRateLimit {
    private final RateLimiter shares;
    private final Share looks;

    LiveCheckRateLimit(
            Clock clock, @ConfigProperty(name = "connection-manager.limits.live-checks-a-minute") int looks) {
        this.shares = new RateLimiter(clock);
        this.looks = Share.aMinute(looks);
    }

    /** @throws Refusal.TooMany when the actor has used up its share; the portal itself has its own pace */
    public void take(Actor actor) {
        if (actor.kind() != Actor.Kind.PORTAL) {
            shares.take("looks of " + actor.subject(), looks);
        }
    }
}
