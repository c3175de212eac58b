package dev.connectionmanager.idempotency;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Whether a request that came with a key has committed anything: the first transaction that writes says so at its key's row, and
 * so it is true or not together with what it wrote, whatever becomes of the portal, the connection or the answer.
 */
@ApplicationScoped
class CommittedWork {
    /** No transaction number, no write: PostgreSQL gives one with the first. */
    private static final String WRITES = "select pg_current_xact_id_if_assigned() is not null";

    private static final String SAY = "update idempotency_key set uncommitted = null where id = ? and uncommitted = ?";

    private final CurrentClaim current;
    private final DataSource database;
    private final TransactionSynchronizationRegistry transactions;

    CommittedWork(CurrentClaim current, DataSource database, TransactionSynchronizationRegistry transactions) {
        this.current = current;
        this.database = database;
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
            transactions.registerInterposedSynchronization(new Said(current.get()));
        }
    }

    private final class Said implements Synchronization {
        private final Claim claim;
        private boolean said;

        private Said(Claim claim) {
            this.claim = claim;
        }

        /**
         * Before a commit, never before a rollback, and after the ORM has written what it had to: by the transaction's own connection,
         * which the ORM has given back by then.
         */
        @Override
        public void beforeCompletion() {
            if (current.get() != claim) {
                return;
            }
            try (var connection = database.getConnection()) {
                said = writes(connection);
                if (said && say(connection) != 1) {
                    throw new IllegalStateException(
                            "Another request has the key by now: nothing more is done for this one");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean writes(Connection connection) throws SQLException {
            try (var query = connection.createStatement();
                    var rows = query.executeQuery(WRITES)) {
                return rows.next() && rows.getBoolean(1);
            }
        }

        private int say(Connection connection) throws SQLException {
            try (var update = connection.prepareStatement(SAY)) {
                update.setObject(1, claim.id());
                update.setObject(2, claim.attempt());
                return update.executeUpdate();
            }
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
