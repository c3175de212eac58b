package dev.connectionmanager.registration;

import dev.connectionmanager.outbound.Shares;
import dev.connectionmanager.outbound.Shares.Share;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How often one person or credential has endpoints opened, whatever the share of the team. */
@ApplicationScoped
class LookAllowance {
    private final Shares shares;
    private final Share looks;

    LookAllowance(Clock clock, @ConfigProperty(name = "connection-manager.limits.live-checks-a-minute") int looks) {
        this.shares = new Shares(clock);
        this.looks = Share.aMinute(looks);
    }

    /** @throws Refusal.TooMany when the actor has used up its share; the portal itself has its own pace */
    void take(Actor actor) {
        if (actor.kind() != Actor.Kind.PORTAL) {
            shares.take("looks of " + actor.subject(), looks);
        }
    }
}
