package dev.connectionmanager;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

final class ClockProducer {
    /** Ticks in microseconds, as PostgreSQL keeps time: what is answered at once equals what is read later. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
    }
}
