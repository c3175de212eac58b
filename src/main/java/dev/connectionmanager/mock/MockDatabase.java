package dev.connectionmanager.mock;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/**
 * The connections of the mock authorisation service: a few of its own, so that whoever floods it takes none of the portal's. Each
 * statement is a transaction of its own, but for those within {@link #transaction}.
 */
@Singleton
public class MockDatabase {
    private final javax.sql.DataSource connections;
    /** Of the transaction that a thread is in. */
    private final ThreadLocal<Connection> joined = new ThreadLocal<>();

    MockDatabase(@DataSource("mock") javax.sql.DataSource connections) {
        this.connections = connections;
    }

    /** What is done on one connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** @throws IllegalStateException where the database does not do it */
    public <T> T call(Work<T> work) {
        try {
            return joined.get() == null ? onItsOwn(work) : work.on(joined.get());
        } catch (SQLException e) {
            throw new IllegalStateException("The mock's database did not answer", e);
        }
    }

    private <T> T onItsOwn(Work<T> work) throws SQLException {
        try (var connection = connections.getConnection()) {
            return work.on(connection);
        }
    }

    /**
     * Does all of it or nothing: whatever this thread asks of the database meanwhile, by any class, is part of it. It must not wait
     * for another server. Within a transaction it is part of that one.
     *
     * @throws IllegalStateException where the database does not do it
     */
    public <T> T transaction(Work<T> work) {
        if (joined.get() != null) {
            return call(work);
        }
        return call(connection -> {
            var done = false;
            connection.setAutoCommit(false);
            joined.set(connection);
            try {
                var result = work.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                joined.remove();
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        });
    }

    /** One at a time, on all nodes, until the transaction ends. */
    public void oneAtATime(String what) {
        call(connection -> {
            try (var query = prepare(connection, "select pg_advisory_xact_lock(hashtext(?))", what)) {
                return query.execute();
            }
        });
    }

    /**
     * @param values of the statement's parameters, in their order; times are {@link Instant}s
     * @return how many rows it changed
     */
    public int update(String sql, Object... values) {
        return call(connection -> {
            try (var statement = prepare(connection, sql, values)) {
                return statement.executeUpdate();
            }
        });
    }

    /** The first column of what a query without parameters finds. */
    public Set<String> texts(String sql) {
        return call(connection -> {
            try (var query = prepare(connection, sql);
                    var rows = query.executeQuery()) {
                var found = new HashSet<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        });
    }

    public static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int index, Object value) throws SQLException {
        if (value instanceof Instant time) {
            statement.setObject(index, OffsetDateTime.ofInstant(time, ZoneOffset.UTC));
        } else if (value instanceof String[] texts) {
            statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
        } else if (value == null) {
            statement.setNull(index, Types.NULL);
        } else {
            statement.setObject(index, value);
        }
    }
}
