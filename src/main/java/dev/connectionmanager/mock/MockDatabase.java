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

/**
 * The connections of the mock authorisation service: a few of its own, so that whoever floods it takes none of the portal's. Each
 * statement is a transaction of its own.
 */
@Singleton
public class MockDatabase {
    private final javax.sql.DataSource connections;

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
        try (var connection = connections.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The mock's database did not answer", e);
        }
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
