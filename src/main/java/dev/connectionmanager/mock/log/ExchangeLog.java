package dev.connectionmanager.mock.log;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.log.Exchange.Endpoint;
import dev.connectionmanager.mock.log.LoggedExchange.Detail;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The exchanges of the last days. */
@Singleton
public class ExchangeLog implements Forgetful {
    /** For how long an exchange is kept. */
    public static final Duration KEPT = Duration.ofDays(7);
    /** Of one client; the oldest go. */
    public static final int MOST = 10_000;

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final UUID LAST = new UUID(-1, -1);

    private static final int TRIMMED_AFTER = 50;

    private final AtomicInteger kept = new AtomicInteger();
    private final MockDatabase database;
    private final Clock clock;

    ExchangeLog(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps one that has ended, if it is a known client's. */
    public void keep(Exchange exchange) {
        if (exchange.clientId().isEmpty()) {
            return;
        }
        var answer = exchange.answer();
        var detail = new Detail(
                answer.error(),
                answer.words(),
                exchange.user(),
                exchange.fault(),
                exchange.checks(),
                exchange.assertion().isEmpty() ? null : exchange.assertion());
        database.update(
                """
                insert into mock_exchange (id, issuer, client_id, at, made_at, endpoint, passed, document)
                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb)""",
                UUID.randomUUID(),
                exchange.issuer(),
                exchange.clientId().get(),
                exchange.at(),
                clock.instant(),
                exchange.endpoint().code(),
                answer.error() == null,
                StoredJson.write(detail));
        trim(exchange);
    }

    /** So many that one insert in so many has the oldest taken away. */
    private void trim(Exchange exchange) {
        if (kept.incrementAndGet() % TRIMMED_AFTER == 0) {
            database.update(
                    """
                    delete from mock_exchange where issuer = ? and client_id = ? and (made_at, id) < (
                        select made_at, id from mock_exchange where issuer = ? and client_id = ?
                        order by made_at desc, id desc offset ? limit 1)""",
                    exchange.issuer(),
                    exchange.clientId().orElseThrow(),
                    exchange.issuer(),
                    exchange.clientId().orElseThrow(),
                    MOST - 1);
        }
    }

    @Override
    public void forget() {
        database.update(
                "delete from mock_exchange where made_at < ?", clock.instant().minus(KEPT));
    }

    /** Forgets all of these, which are gone from the public issuer. */
    public void forget(Collection<String> clientIds) {
        database.update("delete from mock_exchange where issuer = '' and client_id = any (?)", (Object)
                clientIds.toArray(String[]::new));
    }

    /** Whose exchanges are kept at the public issuer. */
    public Set<String> clients() {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection, "select distinct client_id from mock_exchange where issuer = ''");
                    var rows = query.executeQuery()) {
                var found = new HashSet<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        });
    }

    /**
     * Those of one client, the latest first.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     */
    public Page<LoggedExchange> page(String issuer, String clientId, Cursor after, int limit) {
        var found = read(
                """
                select * from mock_exchange where issuer = ? and client_id = ? and (made_at, id) < (?, ?)
                order by made_at desc, id desc limit ?""",
                issuer,
                clientId,
                after == null ? END : after.time(),
                after == null ? LAST : after.id(),
                limit + 1);
        return Page.of(found, limit, one -> Cursor.at(one.madeAt(), one.id()));
    }

    /** Those of all clients of an issuer, the latest first. */
    public Page<LoggedExchange> page(String issuer, Cursor after, int limit) {
        var found = read("""
                select * from mock_exchange where issuer = ? and (made_at, id) < (?, ?)
                order by made_at desc, id desc limit ?""", issuer, after == null ? END : after.time(), after == null ? LAST : after.id(), limit + 1);
        return Page.of(found, limit, one -> Cursor.at(one.madeAt(), one.id()));
    }

    /** By endpoint and check, in alphabetical order. */
    List<SeenCheck> seen(String issuer, String clientId) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, """
                            select e.endpoint, c ->> 'name' as name,
                                count(*) filter (where c ->> 'verdict' <> 'failed') as passed,
                                max(e.made_at) filter (where c ->> 'verdict' <> 'failed') as last_passed,
                                count(*) filter (where c ->> 'verdict' = 'failed') as failed,
                                max(e.made_at) filter (where c ->> 'verdict' = 'failed') as last_failed
                            from mock_exchange e, jsonb_array_elements(e.document -> 'checks') c
                            where e.issuer = ? and e.client_id = ? group by 1, 2 order by 1, 2""", issuer, clientId);
                    var rows = query.executeQuery()) {
                List<SeenCheck> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new SeenCheck(
                            endpoint(rows),
                            rows.getString("name"),
                            rows.getLong("passed"),
                            time(rows, "last_passed"),
                            rows.getLong("failed"),
                            time(rows, "last_failed")));
                }
                return found;
            }
        });
    }

    private static Endpoint endpoint(ResultSet row) throws SQLException {
        return Endpoint.valueOf(row.getString("endpoint").toUpperCase(Locale.ROOT));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private List<LoggedExchange> read(String sql, Object... values) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, sql, values);
                    var rows = query.executeQuery()) {
                List<LoggedExchange> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read(rows));
                }
                return found;
            }
        });
    }

    private static LoggedExchange read(ResultSet row) throws SQLException {
        return new LoggedExchange(
                row.getObject("id", UUID.class),
                row.getString("client_id"),
                time(row, "at"),
                time(row, "made_at"),
                endpoint(row),
                row.getBoolean("passed"),
                StoredJson.read(row.getString("document"), Detail.class));
    }
}
