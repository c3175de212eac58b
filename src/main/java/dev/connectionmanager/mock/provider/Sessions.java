package dev.connectionmanager.mock.provider;

import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.RandomTexts;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Who is logged in in a browser: what {@code prompt}, {@code max_age} and logging out are about. */
@Singleton
public class Sessions implements Forgetful {
    /** Of a log-in. */
    public static final Duration LIFETIME = Duration.ofHours(8);

    private final MockDatabase database;
    private final Clock clock;

    Sessions(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * @param sid what clients know of it
     * @param userId the UUID of whoever is logged in
     * @param authTime when they logged in, by the issuer's clock
     */
    public record Session(String sid, String userId, Instant authTime) {}

    /** @param cookie what the browser is to keep */
    public record Begun(Session session, String cookie) {}

    public Begun begin(Issuer issuer, String userId) {
        var begun = new Begun(new Session(UUID.randomUUID().toString(), userId, issuer.now()), RandomTexts.next());
        database.update(
                """
                insert into mock_session (sid, issuer, cookie_hash, user_id, auth_time, made_at)
                values (?, ?, ?, ?, ?, ?)""",
                begun.session().sid(),
                issuer.id(),
                RandomTexts.hash(begun.cookie()),
                userId,
                begun.session().authTime(),
                clock.instant());
        return begun;
    }

    /** @param cookie {@code null} = none was sent */
    public Optional<Session> of(Issuer issuer, String cookie) {
        if (cookie == null) {
            return Optional.empty();
        }
        return find("""
                select sid, user_id, auth_time from mock_session
                where issuer = ? and cookie_hash = ? and ended_at is null and made_at > ?""", issuer.id(), RandomTexts.hash(cookie), clock.instant().minus(LIFETIME));
    }

    /**
     * Ends it; a second time changes nothing.
     *
     * @return whether it was alive
     */
    public boolean end(Issuer issuer, String sid) {
        return database.update(
                        "update mock_session set ended_at = ? where issuer = ? and sid = ? and ended_at is null",
                        clock.instant(),
                        issuer.id(),
                        sid)
                == 1;
    }

    /** Forgets those that have ended or are too old. */
    @Override
    public void forget() {
        database.update(
                "delete from mock_session where made_at < ?", clock.instant().minus(LIFETIME));
    }

    private Optional<Session> find(String sql, Object... values) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, sql, values);
                    var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Session(
                                row.getString("sid"),
                                row.getString("user_id"),
                                row.getObject("auth_time", OffsetDateTime.class).toInstant()))
                        : Optional.empty();
            }
        });
    }
}
