package dev.connectionmanager.outbound;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.connectionmanager.policy.Refusal;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * How often something may be done. Kept in memory, for each node of its own; a share that was not used for long is full again anyway.
 */
public final class RateLimiter {
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

    /**
     * @param key what has the share: at most one kind of share for each key
     * @throws Refusal.TooMany when it is used up, with the seconds until there is some again
     */
    public void take(String key, Share share) {
        ask(key, share).orRefuse();
    }

    /** As {@link #take}, for whoever tells what is left before it refuses. */
    public Taken ask(String key, Share share) {
        var taken = bucket(key, share).tryConsumeAndReturnRemaining(1);
        return new Taken(
                taken.getRemainingTokens(),
                seconds(taken.getNanosToWaitForReset()),
                taken.isConsumed() ? 0 : seconds(taken.getNanosToWaitForRefill()));
    }

    private static int seconds(long nanos) {
        return 1 + (int) TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    /**
     * What became of one request for a share.
     *
     * @param left of it now
     * @param fullAfterSeconds when all of it is there again
     * @param retryAfterSeconds when there is some again; 0 where it was given
     */
    public record Taken(long left, int fullAfterSeconds, int retryAfterSeconds) {
        /** @throws Refusal.TooMany when there was none */
        public void orRefuse() {
            if (retryAfterSeconds > 0) {
                throw new Refusal.TooMany(retryAfterSeconds);
            }
        }
    }

    /** The same, for whoever has another share to draw on: whether there was any left. */
    boolean has(String key, Share share) {
        return bucket(key, share).tryConsume(1);
    }

    private Bucket bucket(String key, Share share) {
        try {
            return buckets.get(key, () -> share.bucket(time));
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
