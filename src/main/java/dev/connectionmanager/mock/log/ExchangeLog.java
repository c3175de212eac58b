package dev.connectionmanager.mock.log;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.KeptByClient;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.log.Exchange.Endpoint;
import dev.connectionmanager.mock.log.LoggedExchange.Detail;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The exchanges of the last days: so many of each client, and of each test so many and so much. What there is beyond that is never
 * read, and taken away every now and then.
 */
@Singleton
public class ExchangeLog implements Forgetful, KeptByClient {
    /** For how long an exchange is kept. */
    public static final Duration KEPT = Duration.ofDays(7);
    /** Of one client, or of all of a test; the oldest go. */
    public static final int MOST = 10_000;
    /** In all that a test holds, which is 2 MiB, this is what its clients and its users leave. */
    public static final int MOST_OCTETS_OF_TEST = 1_536 * 1_024;

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final UUID LAST = new UUID(-1, -1);

    private static final int TRIMMED_AFTER = 50;

    /** How many were kept since the log was trimmed, by what it is the log of. */
    private final Cache<Scope, AtomicInteger> kept =
            CacheBuilder.newBuilder().maximumSize(10_000).build();

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
        var document = StoredJson.write(detail);
        database.update(
                """
                insert into mock_exchange (id, issuer, client_id, at, made_at, endpoint, passed, document, octets)
                values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)""",
                UUID.randomUUID(),
                exchange.issuer(),
                exchange.clientId().get(),
                exchange.at(),
                clock.instant(),
                exchange.endpoint().code(),
                answer.error() == null,
                document,
                document.getBytes(StandardCharsets.UTF_8).length);
        trim(Scope.of(exchange.issuer(), exchange.clientId().get()));
    }

    /** Whose log it is: a test has one, and at the public issuer each client. */
    private record Scope(String issuer, String clientId) {
        static Scope of(String issuer, String clientId) {
            return new Scope(issuer, issuer.isEmpty() ? clientId : "");
        }

        String condition() {
            return issuer.isEmpty() ? "issuer = '' and client_id = ?" : "issuer = ?";
        }

        String value() {
            return issuer.isEmpty() ? clientId : issuer;
        }

        /** The latest that there is no room for; none where there is room for all. */
        String beyond() {
            return """
                    (select made_at, id from (
                        select made_at, id, row_number() over latest as line, sum(octets) over latest as octets
                        from mock_exchange where %s window latest as (order by made_at desc, id desc)) held
                    where line > %d or octets > %d order by made_at desc, id desc limit 1)""".formatted(condition(), MOST, issuer.isEmpty() ? Long.MAX_VALUE : MOST_OCTETS_OF_TEST);
        }

        /** With {@link #value} twice. */
        String held() {
            return condition() + " and ((made_at, id) > " + beyond() + ") is not false";
        }
    }

    private void trim(Scope scope) {
        if (since(scope).incrementAndGet() % TRIMMED_AFTER == 0) {
            database.update(
                    "delete from mock_exchange where " + scope.condition() + " and (made_at, id) <= " + scope.beyond(),
                    scope.value(),
                    scope.value());
        }
    }

    private AtomicInteger since(Scope scope) {
        return kept.asMap().computeIfAbsent(scope, none -> new AtomicInteger());
    }

    @Override
    public void forget() {
        database.update(
                "delete from mock_exchange where made_at < ?", clock.instant().minus(KEPT));
    }

    @Override
    public void forget(Collection<String> clientIds) {
        database.update("delete from mock_exchange where issuer = '' and client_id = any (?)", (Object)
                clientIds.toArray(String[]::new));
    }

    @Override
    public Set<String> clients() {
        return database.texts("select distinct client_id from mock_exchange where issuer = ''");
    }

    /**
     * Those of one client of the public issuer, the latest first.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     */
    public Page<LoggedExchange> page(String clientId, Cursor after, int limit) {
        return page(Scope.of("", clientId), after, limit);
    }

    /** Those of all clients of a test, the latest first. */
    public Page<LoggedExchange> pageOfTest(String issuer, Cursor after, int limit) {
        return page(Scope.of(issuer, ""), after, limit);
    }

    private Page<LoggedExchange> page(Scope scope, Cursor after, int limit) {
        var found = read(
                "select * from mock_exchange where " + scope.held()
                        + " and (made_at, id) < (?, ?) order by made_at desc, id desc limit ?",
                scope.value(),
                scope.value(),
                after == null ? END : after.time(),
                after == null ? LAST : after.id(),
                limit + 1);
        return Page.of(found, limit, one -> Cursor.at(one.madeAt(), one.id()));
    }

    /** Of one client of the public issuer: by endpoint and check, in alphabetical order. */
    List<SeenCheck> seen(String clientId) {
        var scope = Scope.of("", clientId);
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection, """
                            select e.endpoint, c ->> 'name' as name,
                                count(*) filter (where c ->> 'verdict' <> 'failed') as passed,
                                max(e.made_at) filter (where c ->> 'verdict' <> 'failed') as last_passed,
                                count(*) filter (where c ->> 'verdict' = 'failed') as failed,
                                max(e.made_at) filter (where c ->> 'verdict' = 'failed') as last_failed
                            from mock_exchange e, jsonb_array_elements(e.document -> 'checks') c
                            where %s group by 1, 2 order by 1, 2""".formatted(scope.held()), scope.value(), scope.value());
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
