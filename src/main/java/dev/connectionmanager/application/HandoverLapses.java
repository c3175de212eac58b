package dev.connectionmanager.application;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Ends the offers that nobody answered in time. All nodes check; the one that ends an offer writes the letter, once. */
@Singleton
class HandoverLapses {
    private static final int AT_ONCE = 100;

    private final Stores.HandoverStore store;
    private final Handovers handovers;
    private final Clock clock;

    HandoverLapses(Stores.HandoverStore store, Handovers handovers, Clock clock) {
        this.store = store;
        this.handovers = handovers;
        this.clock = clock;
    }

    /** Ends every offer whose time is over. */
    @Scheduled(
            identity = "handover-lapses",
            every = "1h",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    void lapse() {
        List<UUID> over;
        do {
            over = QuarkusTransaction.requiringNew()
                    .call(() -> store.over(clock.instant().minus(Handover.OPEN_FOR), AT_ONCE));
            over.forEach(offer -> QuarkusTransaction.requiringNew().run(() -> handovers.lapse(offer)));
        } while (over.size() == AT_ONCE);
    }
}
