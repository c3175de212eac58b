package dev.connectionmanager.outbound;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.connectionmanager.policy.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * How often something may be done. The guard's own are so that nobody aims the portal at a third party: by team, by host
 * name, and by address, since names are cheap. Kept in memory, for each node of its own; a share that was not used for long is full again anyway.
 */
public final class RateLimiter {
    private static final Share TEAM = new Share(120, 2);
    private static final Share HOST = new Share(60, 1);
    /** Wider: many endpoints stand behind one address of a content network. */
    private static final Share ADDRESS = new Share(240, 4);

    private final Cache<String, Bucket> buckets = CacheBuilder.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();
    private final TimeMeter time;

    public RateLimiter(Clock clock) {
        time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** @throws Refusal.TooMany when the team or the host has used up its share */
    void take(String team, String host) {
        if (team != null) {
            take("team " + team, TEAM);
        }
        take("host " + host, HOST);
    }

    /** @throws Refusal.TooMany when the address has used up its share */
    void take(InetAddress address) {
        take("address " + address.getHostAddress(), ADDRESS);
    }

    /**
     * @param key what has the share: at most one kind of share for each key
     * @throws Refusal.TooMany when it is used up, with the seconds until there is some again
     */
    public void take(String key, Share share) {
        try {
            var bucket = buckets.get(key, () -> share.bucket(time));
            var taken = bucket.tryConsumeAndReturnRemaining(1);
            if (!taken.isConsumed()) {
                throw new Refusal.TooMany(1 + (int) TimeUnit.NANOSECONDS.toSeconds(taken.getNanosToWaitForRefill()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many at once, and so many in each period after that, evenly spread. */
    public record Share(int atOnce, int after, Duration period) {
        Share(int atOnce, int perSecond) {
            this(atOnce, perSecond, Duration.ofSeconds(1));
        }

        public static Share aMinute(int times) {
            return new Share(times, times, Duration.ofMinutes(1));
        }

        Bucket bucket(TimeMeter time) {
            return Bucket.builder()
                    .addLimit(limit -> limit.capacity(atOnce).refillGreedy(after, period))
                    .withCustomTimePrecision(time)
                    .build();
        }
    }
}
