package dev.connectionmanager.idempotency;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * Whether a request that came with a key has committed anything: the first transaction that writes says so at its key's row, and
 * so it is true or not together with what it wrote, whatever becomes of the portal, the connection or the answer.
 */
@ApplicationScoped
class CommittedWork {
    /** No transaction number, no write: PostgreSQL gives one with the first. */
    private static final String WRITES = "select pg_current_xact_id_if_assigned() is not null";

    private static final String SAY =
            "update idempotency_key set uncommitted = null where id = :id and uncommitted = :attempt";

    private final CurrentClaim current;
    private final EntityManager entities;
    private final TransactionSynchronizationRegistry transactions;

    CommittedWork(CurrentClaim current, EntityManager entities, TransactionSynchronizationRegistry transactions) {
        this.current = current;
        this.entities = entities;
        this.transactions = transactions;
    }

    /** What this request writes from now on is told of. */
    void begin(Claim claim) {
        current.set(claim);
    }

    void end() {
        current.set(null);
    }

    void begun(@Observes @Initialized(TransactionScoped.class) Object transaction) {
        if (Arc.container().requestContext().isActive() && current.get() != null) {
            // Where nothing else opens a session, none can be opened any more when the transaction ends.
            entities.isJoinedToTransaction();
            transactions.registerInterposedSynchronization(new Said(current.get()));
        }
    }

    private final class Said implements Synchronization {
        private final Claim claim;
        private boolean said;

        private Said(Claim claim) {
            this.claim = claim;
        }

        /** Before a commit, never before a rollback. */
        @Override
        public void beforeCompletion() {
            if (current.get() != claim) {
                return;
            }
            // What is written with the commit counts as well.
            entities.flush();
            if (!Boolean.TRUE.equals(entities.createNativeQuery(WRITES).getSingleResult())) {
                return;
            }
            var rows = entities.createNativeQuery(SAY)
                    .setParameter("id", claim.id())
                    .setParameter("attempt", claim.attempt())
                    .executeUpdate();
            if (rows != 1) {
                throw new IllegalStateException(
                        "Another request has the key by now: nothing more is done for this one");
            }
            said = true;
        }

        @Override
        public void afterCompletion(int status) {
            if (said && status == Status.STATUS_COMMITTED && current.get() == claim) {
                // Nobody can take the key any more: what follows need not say it again.
                current.set(null);
            }
        }
    }

    /** The key of this request; {@code null} = none, or it has been said that it did something. */
    @RequestScoped
    static class CurrentClaim {
        private Claim claim;

        CurrentClaim() {}

        Claim get() {
            return claim;
        }

        void set(Claim now) {
            claim = now;
        }
    }
}
