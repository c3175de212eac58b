package dev.connectionmanager.outbound;

import dev.connectionmanager.outbound.RateLimiter.Share;
import dev.connectionmanager.policy.Refusal;
import java.net.InetAddress;
import java.time.Clock;

/**
 * How often the portal goes where, so that nobody aims it at a third party: by team, by host name, and by address, since
 * names are cheap. One team cannot use up what the others have of a host: each has a little for itself, who registers has
 * more than who only asks, and a team that has registered the host has a share of its own there, as the portal has.
 */
final class TargetShares {
    private static final Share TEAM = new Share(120, 2);
    private static final Target HOST = new Target("host", 1);
    /** Wider: many endpoints stand behind one address of a content network. */
    private static final Target ADDRESS = new Target("address", 4);

    private final RateLimiter limiter;

    TargetShares(Clock clock) {
        this.limiter = new RateLimiter(clock);
    }

    /** @throws Refusal.TooMany when the team, or what there is for it of the host, is used up */
    void take(Caller caller, String host) {
        if (!caller.isPortal()) {
            limiter.take((caller.registers() ? "registering team " : "asking team ") + caller.team(), TEAM);
        }
        take(caller, caller.has(host), HOST, host);
    }

    /** @throws Refusal.TooMany when what there is for this caller of the address is used up */
    void take(Caller caller, String host, InetAddress address) {
        take(caller, caller.has(host), ADDRESS, address.getHostAddress());
    }

    private void take(Caller caller, boolean registered, Target kind, String target) {
        var name = kind.name + " " + target;
        if (caller.isPortal()) {
            limiter.take("portal at " + name, kind.whole);
            return;
        }
        var team = "team " + caller.team() + " at " + name;
        if (limiter.has(team, kind.least) || registered && limiter.has("own " + team, kind.half)) {
            return;
        }
        limiter.take("more of " + team, kind.half);
        if (!caller.registers()) {
            limiter.take("asking at " + name, kind.half);
        }
        limiter.take(name, kind.whole);
    }

    /** So much at once, and so much in each period after that. */
    private static final class Target {
        private final String name;
        private final Share whole;
        private final Share half;
        /** What a team has for itself alone. */
        private final Share least;

        Target(String name, int scale) {
            this.name = name;
            this.whole = new Share(60 * scale, scale);
            this.half = Share.aMinute(30 * scale);
            this.least = Share.aMinute(6 * scale);
        }
    }
}
