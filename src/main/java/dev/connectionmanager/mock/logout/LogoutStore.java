package dev.connectionmanager.mock.logout;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.KeptByClient;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Violations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The logout tokens that wait, and those of the last days. */
@Singleton
public class LogoutStore implements Forgetful, KeptByClient {
    /** Of one client; the oldest go. */
    static final int MOST = 1_000;
    /** Of one team, under way at once: its slow clients keep nobody else's from being told. */
    static final int OF_TEAM = 3;
    /** Longer than any attempt takes. */
    static final Duration UNDER_WAY = Duration.ofSeconds(25);

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");
    private static final UUID LAST = new UUID(-1, -1);
    /** Before the second and the third attempt. */
    private static final String PAUSE =
            "case attempts + 1 when 1 then interval '30 seconds' when 2 then interval '2 minutes' end";

    private final MockDatabase database;
    private final Clock clock;

    LogoutStore(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps one that nobody has tried yet.
     *
     * @param claimed whether the caller tries it now; else any node does
     */
    void add(LogoutDelivery delivery, boolean claimed) {
        var now = clock.instant();
        database.update(
                """
                insert into mock_logout (id, issuer, client_id, team_id, uri, reason, fault, claims, made_at, attempts, next_at,
                    sending_since) values (?, ?, ?, ?::uuid, ?, ?, ?, ?::jsonb, ?, ?, ?, ?::timestamptz)""",
                delivery.id(),
                delivery.issuer(),
                delivery.clientId(),
                delivery.teamId(),
                delivery.uri(),
                delivery.reason().code(),
                delivery.fault() == null ? null : delivery.fault().code(),
                StoredJson.write(delivery.claims()),
                now,
                claimed ? 1 : 0,
                claimed ? now.plus(Duration.ofSeconds(30)) : now,
                claimed ? now : null);
        database.update("""
                delete from mock_logout where issuer = ? and client_id = ? and (made_at, id) < (
                    select made_at, id from mock_logout where issuer = ? and client_id = ?
                    order by made_at desc, id desc offset ? limit 1)""", delivery.issuer(), delivery.clientId(), delivery.issuer(), delivery.clientId(), MOST - 1);
    }

    /** Takes one that is due, for this node alone, with an attempt counted: should the node die, it is due again after a pause. */
    Optional<LogoutDelivery> take() {
        var now = clock.instant();
        return read("""
                        update mock_logout set attempts = attempts + 1, sending_since = ?, next_at = ?::timestamptz + %s
                        where id = (select id from mock_logout due where next_at <= ?
                            and (sending_since is null or sending_since < ?)
                            and (select count(*) from mock_logout other where other.team_id is not distinct from due.team_id
                                and other.sending_since >= ?) < ?
                            order by next_at limit 1 for update skip locked)
                        returning *""".formatted(PAUSE), now, now, now, now.minus(UNDER_WAY), now.minus(UNDER_WAY), OF_TEAM).stream()
                .findFirst();
    }

    /** Gives one back that could not go out yet: that was no attempt. */
    void postpone(LogoutDelivery delivery, Duration wait) {
        database.update(
                "update mock_logout set attempts = attempts - 1, sending_since = null, next_at = ? where id = ?",
                clock.instant().plus(wait),
                delivery.id());
    }

    /** @return it as it is kept now */
    LogoutDelivery ended(LogoutDelivery delivery, LogoutDelivery.Attempt outcome, boolean again) {
        return read(
                        """
                        update mock_logout set sending_since = null, next_at = case when ? then next_at end, claims = ?::jsonb,
                            uri = ?, fault = ?, tried_at = ?, verdict = ?, status = ?::integer, millis = ?::bigint, body = ?,
                            findings = ?::jsonb
                        where id = ? returning *""",
                        again,
                        StoredJson.write(delivery.claims()),
                        delivery.uri(),
                        delivery.fault() == null ? null : delivery.fault().code(),
                        outcome.at(),
                        outcome.verdict().code(),
                        outcome.status(),
                        outcome.millis(),
                        outcome.body(),
                        StoredJson.write(outcome.findings()),
                        delivery.id())
                .stream()
                .findFirst()
                .orElse(delivery);
    }

    /**
     * The latest good token that a client of the public issuer took, and that has not ended yet.
     *
     * @param now in seconds
     */
    Optional<LogoutDelivery> lastTaken(String clientId, long now) {
        return read("""
                        select * from mock_logout where issuer = '' and client_id = ? and fault is null and verdict = ?
                            and (claims ->> 'exp')::bigint > ?
                        order by made_at desc, id desc limit 1""", clientId, LogoutVerdict.ACCEPTED.code(), now).stream().findFirst();
    }

    /**
     * Those of one client of the public issuer, the latest first.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     */
    Page<LogoutDelivery> page(String clientId, Cursor after, int limit) {
        var found =
                read("""
                select * from mock_logout where issuer = '' and client_id = ? and (made_at, id) < (?, ?)
                order by made_at desc, id desc limit ?""", clientId, after == null ? END : after.time(), after == null ? LAST : after.id(), limit + 1);
        return Page.of(found, limit, one -> Cursor.at(one.madeAt(), one.id()));
    }

    /** As long as the log. */
    @Override
    public void forget() {
        database.update(
                "delete from mock_logout where made_at < ?", clock.instant().minus(ExchangeLog.KEPT));
    }

    @Override
    public void forget(Collection<String> clientIds) {
        database.update("delete from mock_logout where issuer = '' and client_id = any (?)", (Object)
                clientIds.toArray(String[]::new));
    }

    @Override
    public Set<String> clients() {
        return database.texts("select distinct client_id from mock_logout where issuer = ''");
    }

    private List<LogoutDelivery> read(String sql, Object... values) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, sql, values);
                    var rows = query.executeQuery()) {
                List<LogoutDelivery> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(read(rows));
                }
                return found;
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static LogoutDelivery read(ResultSet row) throws SQLException {
        var fault = row.getString("fault");
        return new LogoutDelivery(
                row.getObject("id", UUID.class),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getObject("team_id", UUID.class),
                row.getString("uri"),
                LogoutReason.ofCode(row.getString("reason")).orElseThrow(),
                fault == null ? null : Fault.ofCode(fault).orElse(null),
                StoredJson.read(row.getString("claims"), Map.class),
                time(row, "made_at"),
                row.getInt("attempts"),
                time(row, "next_at"),
                outcome(row));
    }

    private static LogoutDelivery.Attempt outcome(ResultSet row) throws SQLException {
        var verdict = LogoutVerdict.ofCode(row.getString("verdict"));
        return verdict == null
                ? null
                : new LogoutDelivery.Attempt(
                        time(row, "tried_at"),
                        verdict,
                        row.getObject("status", Integer.class),
                        row.getObject("millis", Long.class),
                        row.getString("body"),
                        StoredJson.read(row.getString("findings"), Violations.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
