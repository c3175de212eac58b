package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.client.LocalUris;
import jakarta.inject.Singleton;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/**
 * How often logout tokens go to one address and to one host, over all nodes and whoever causes them: so nobody can have the mock
 * flood somebody else's server.
 */
@Singleton
class LogoutShares implements Forgetful {
    /** In a minute. */
    static final int OF_ADDRESS = 10;

    /** So that no other use of advisory locks waits for these. */
    private static final int LOCK = 0x10607;

    private static final String TAKE = """
            insert into mock_logout_sent (host, uri, at)
            select ?, ?, clock_timestamp()
            where not exists (select from mock_logout_sent where host = ? and at > clock_timestamp() - interval '1 second')
                and (select count(*) from mock_logout_sent
                    where host = ? and uri = ? and at > clock_timestamp() - interval '1 minute') < ?""";
    /** What has to leave the minute so that there is one place again: the tenth from the latest. */
    private static final String WAIT = """
            select ceil(extract(epoch from (select at + interval '1 minute' - clock_timestamp() from mock_logout_sent
                where host = ? and uri = ? and at > clock_timestamp() - interval '1 minute'
                order by at desc offset ? limit 1)))""";

    private final MockDatabase database;

    LogoutShares(MockDatabase database) {
        this.database = database;
    }

    /**
     * What became of one request for a share.
     *
     * @param seconds when there is some again; 0 where it was given
     * @param ofAddress whether it is the address that has had its share, and not only its host
     */
    record Wait(int seconds, boolean ofAddress) {
        private static final Wait NONE = new Wait(0, false);
    }

    /** Those who ask for the same host at once ask one after another, on whichever node. */
    Wait take(String uri) {
        var host = host(uri);
        return database.call(connection -> {
            connection.setAutoCommit(false);
            try {
                lock(connection, host);
                var wait = take(connection, host, uri) ? Wait.NONE : wait(connection, host, uri);
                connection.commit();
                return wait;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    /** On loopback each port is a program of its own. */
    private static String host(String uri) {
        var parsed = URI.create(uri);
        return (LocalUris.isLoopback(uri) ? parsed.getRawAuthority() : parsed.getHost()).toLowerCase(Locale.ROOT);
    }

    /** A statement of its own: what the next one sees is decided when that begins. */
    private static void lock(Connection connection, String host) throws SQLException {
        try (var lock = MockDatabase.prepare(connection, "select pg_advisory_xact_lock(?, hashtext(?))", LOCK, host)) {
            lock.execute();
        }
    }

    private static boolean take(Connection connection, String host, String uri) throws SQLException {
        try (var insert = MockDatabase.prepare(connection, TAKE, host, uri, host, host, uri, OF_ADDRESS)) {
            return insert.executeUpdate() == 1;
        }
    }

    private static Wait wait(Connection connection, String host, String uri) throws SQLException {
        try (var query = MockDatabase.prepare(connection, WAIT, host, uri, OF_ADDRESS - 1);
                var row = query.executeQuery()) {
            row.next();
            var seconds = row.getInt(1);
            return row.wasNull() ? new Wait(1, false) : new Wait(Math.max(1, seconds), true);
        }
    }

    @Override
    public void forget() {
        database.update("delete from mock_logout_sent where at < clock_timestamp() - interval '1 minute'");
    }
}
