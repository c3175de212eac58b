package dev.connectionmanager.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How the latest checks of this node ended, by host: one host with many endpoints counts once. It goes by the time of
 * the checks alone.
 */
final class RecentLooks {
    /** Longer than it takes to the second check of what failed. */
    static final Duration RECENT = HealthRules.SECOND_LOOK.multipliedBy(3).dividedBy(2);
    /** With fewer failing hosts it may be chance. */
    static final int ENOUGH = 4;

    private final Map<String, Look> byHost = new HashMap<>();
    private Instant newest = Instant.EPOCH;

    private record Look(Instant at, boolean failed) {}

    void add(String host, Instant at, boolean failed) {
        newest = at.isAfter(newest) ? at : newest;
        byHost.merge(host, new Look(at, failed), (one, other) -> other.at.isBefore(one.at) ? one : other);
        byHost.values().removeIf(look -> look.at.isBefore(newest.minus(RECENT)));
    }

    /** So many, and so large a share of all, that it is rather whoever looks that is at fault. */
    boolean mostFail() {
        return failing() >= ENOUGH && failing() * 2 > byHost.size();
    }

    /** Whoever looks reaches most of what there is. */
    boolean mostPass() {
        return failing() * 2 <= byHost.size();
    }

    /** What was seen so far has been explained. */
    void forget() {
        byHost.clear();
    }

    private long failing() {
        return byHost.values().stream().filter(Look::failed).count();
    }
}
