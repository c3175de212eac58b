package dev.connectionmanager.registration;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Ends the offers that nobody answered in time. All nodes look; the one that ends an offer tells it, once. */
@Singleton
class HandoverLapses {
    private static final Logger LOG = Logger.getLogger(HandoverLapses.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 100;

    private final Stores.HandoverStore store;
    private final Handovers handovers;
    private final Clock clock;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "handover-lapses");
        daemon.setDaemon(true);
        return daemon;
    });

    HandoverLapses(Stores.HandoverStore store, Handovers handovers, Clock clock) {
        this.store = store;
        this.handovers = handovers;
        this.clock = clock;
    }

    void start(@Observes StartupEvent starting) {
        thread.scheduleWithFixedDelay(this::guarded, 1, PAUSE.toMinutes(), TimeUnit.MINUTES);
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }

    /** Ends every offer whose time is over. */
    void lapse() {
        List<UUID> over;
        do {
            over = QuarkusTransaction.requiringNew()
                    .call(() -> store.over(clock.instant().minus(Handover.OPEN_FOR), AT_ONCE));
            over.forEach(offer -> QuarkusTransaction.requiringNew().run(() -> handovers.lapse(offer)));
        } while (over.size() == AT_ONCE);
    }

    private void guarded() {
        try {
            lapse();
        } catch (RuntimeException e) {
            LOG.error("Offers of applications were not ended; they will be in an hour", e);
        }
    }
}
