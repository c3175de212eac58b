package dev.connectionmanager.audit;

import dev.connectionmanager.json.StoredJson;
import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * Writes the trail. What a transaction has told is added in one batch, as the last thing before it is committed, without a
 * lock that another one could wait for. The time is the database's; place and hash are given later: see {@link Sealer}.
 */
@ApplicationScoped
public class AuditTrail {
    private static final String INSERT = """
            insert into audit_entry (id, actor, actor_name, role, team_id, act, object, object_id, version, before, after,
                about, request_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final EntityManager entities;
    private final DataSource dataSource;
    private final TransactionSynchronizationRegistry transaction;
    private final CorrelationId requestId;

    AuditTrail(
            EntityManager entities,
            DataSource dataSource,
            TransactionSynchronizationRegistry transaction,
            CorrelationId requestId) {
        this.entities = entities;
        this.dataSource = dataSource;
        this.transaction = transaction;
        this.requestId = requestId;
    }

    /**
     * Adds one line, in the caller's transaction: the act and its trace are committed together or not at all. The states
     * are taken as they are now.
     *
     * @throws IllegalStateException outside a transaction
     */
    public void write(AuditEntry entry) {
        var pending = (Pending) transaction.getResource(Pending.class);
        if (pending == null) {
            // Before us it registers what it writes at the end: what fails there need not be told.
            entities.unwrap(Session.class);
            pending = new Pending();
            transaction.putResource(Pending.class, pending);
            transaction.registerInterposedSynchronization(pending);
        }
        pending.lines.add(
                new Line(entry, StoredJson.write(entry.before()), StoredJson.write(entry.after()), about(entry)));
    }

    private String about(AuditEntry entry) {
        return entry.about().isEmpty() ? null : StoredJson.write(new TreeMap<>(entry.about()));
    }

    private record Line(AuditEntry entry, String before, String after, String about) {}

    /** What a transaction has told so far. */
    private final class Pending implements Synchronization {
        private final List<Line> lines = new ArrayList<>();
        /** Of what the portal does by the clock, each run has an id; what belongs to neither has one for its transaction. */
        private final UUID request =
                Arc.container().requestContext().isActive() ? requestId.value() : UUID.randomUUID();

        @Override
        public void beforeCompletion() {
            // Within a transaction this is the transaction's connection.
            try (var connection = dataSource.getConnection();
                    var insert = connection.prepareStatement(INSERT)) {
                for (var line : lines) {
                    bind(insert, line);
                    insert.addBatch();
                }
                insert.executeBatch();
            } catch (SQLException e) {
                throw new IllegalStateException("The audit trail could not be written", e);
            }
        }

        private void bind(PreparedStatement insert, Line line) throws SQLException {
            var entry = line.entry();
            // They grow with time, so that the index grows at its end.
            insert.setObject(1, UuidVersion7Strategy.INSTANCE.generateUuid(null));
            insert.setString(2, storable(entry.actor()));
            insert.setString(3, storable(entry.actorName()));
            insert.setString(4, entry.role());
            insert.setObject(5, entry.teamId());
            insert.setString(6, entry.act());
            insert.setString(7, entry.object());
            insert.setString(8, storable(entry.objectId()));
            insert.setObject(9, entry.version());
            insert.setString(10, line.before());
            insert.setString(11, line.after());
            insert.setString(12, line.about());
            insert.setObject(13, request);
        }

        @Override
        public void afterCompletion(int status) {
            // Nothing is left to do.
        }
    }

    /** Names come from OpenID Providers; an odd one must not keep an act from being told. JSON escapes U+0000 itself. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }
}
