package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.Sessions;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which sessions were used at which clients: the grants that came of them tell. */
@Singleton
class UsedSessions {
    private static final int MOST = 50;
    private static final String ALIVE_AT = """
            select * from mock_session where issuer = ? and ended_at is null and made_at > ?
                and sid in (select sid from mock_grant where issuer = ? and client_id = ?)""";

    private final MockDatabase database;
    private final Clock clock;

    UsedSessions(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A client at which a session was used.
     *
     * @param fault what shall go wrong with the latest log-in there; {@code null} = nothing
     */
    record Use(String clientId, String fault) {}

    /** A session, ended or not. */
    record Found(String sid, String user, Instant authTime, Instant endedAt) {}

    Optional<Found> find(Issuer issuer, String sid) {
        if (sid.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return read("select * from mock_session where issuer = ? and sid = ?", issuer.id(), sid).stream()
                .findFirst();
    }

    /** Those that are alive and were used at a client, the one that began last first: at most 50. */
    List<Found> aliveAt(Issuer issuer, String clientId) {
        return read(
                ALIVE_AT + " order by made_at desc limit ?",
                issuer.id(),
                clock.instant().minus(Sessions.LIFETIME),
                issuer.id(),
                clientId,
                MOST);
    }

    /** @param sid {@code null} = none is named */
    Optional<Found> aliveAt(Issuer issuer, String clientId, String sid) {
        // The database cannot be asked for what it cannot hold.
        if (sid == null || sid.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        return read(
                        ALIVE_AT + " and sid = ?",
                        issuer.id(),
                        clock.instant().minus(Sessions.LIFETIME),
                        issuer.id(),
                        clientId,
                        sid)
                .stream()
                .findFirst();
    }

    /** By client ID. */
    List<Use> usesOf(Issuer issuer, String sid) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, """
                            select distinct on (client_id) client_id, terms ->> 'fault' as fault from mock_grant
                            where issuer = ? and sid = ? order by client_id, made_at desc""", issuer.id(), sid);
                    var rows = query.executeQuery()) {
                List<Use> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Use(rows.getString("client_id"), rows.getString("fault")));
                }
                return found;
            }
        });
    }

    private List<Found> read(String sql, Object... values) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, sql, values);
                    var rows = query.executeQuery()) {
                List<Found> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Found(
                            rows.getString("sid"),
                            rows.getString("user_id"),
                            time(rows, "auth_time"),
                            time(rows, "ended_at")));
                }
                return found;
            }
        });
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
