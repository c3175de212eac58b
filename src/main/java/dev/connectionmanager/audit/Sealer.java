package dev.connectionmanager.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import org.jboss.logging.Logger;

/**
 * Has the database seal what was told: give it its place in its chain and its hash. A transaction is sealed when every one
 * that began to write before it has ended, so that none is passed over; what the portal writes takes 30 seconds at most.
 * All nodes do it, one at a time.
 *
 * <p>Until an entry is sealed, who owns the database could take it away or change it without a trace: within about a
 * second, or as long as the oldest transaction on the database's server has been writing.
 */
@Singleton
public class Sealer {
    private static final Logger LOG = Logger.getLogger(Sealer.class);
    /** A fraction of a second's work: others wait that long at most. */
    private static final int AT_ONCE = 2_000;

    private final EntityManager entities;

    Sealer(EntityManager entities, MeterRegistry meters) {
        this.entities = entities;
        // How long ago the oldest was told that is not sealed yet; 0 without any.
        Gauge.builder("connection_manager_audit_oldest_unsealed", this, Sealer::oldestUnsealed)
                .baseUnit("seconds")
                .register(meters);
    }

    /** Seals all that can be sealed now. Not within a transaction. */
    @Scheduled(identity = "audit-seals", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    public void seal() {
        int sealed;
        do {
            sealed = QuarkusTransaction.requiringNew()
                    .call(() -> ((Number) entities.createNativeQuery("select audit_seal_next(" + AT_ONCE + ")")
                                    .getSingleResult())
                            .intValue());
        } while (sealed == AT_ONCE);
    }

    /** What this node has told is sealed before it goes. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) ShutdownEvent stopping) {
        try {
            seal();
        } catch (RuntimeException e) {
            LOG.warn(
                    "What was told last is not sealed yet: another node does it, or this one when it starts again.", e);
        }
    }

    /** In seconds, by the database's clock. */
    private double oldestUnsealed() {
        return QuarkusTransaction.requiringNew()
                .call(() -> ((Number) entities.createNativeQuery("""
                        select coalesce(extract(epoch from clock_timestamp() - min(u.at)), 0)
                        from audit_unsealed(false, 1) u""").getSingleResult()).doubleValue());
    }
}
