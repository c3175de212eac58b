package dev.connectionmanager.testing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Plain SQL on the portal's database: what no act does, and what no act tells. */
@ApplicationScoped
public class Sql {
    @Inject
    DataSource database;

    /** @return how many rows it changed */
    public int execute(String statement) {
        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
            return sql.getUpdateCount();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The first column of the first row. */
    public String text(String query) {
        try (var connection = database.getConnection();
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    public long number(String query) {
        return Long.parseLong(text(query));
    }
}
