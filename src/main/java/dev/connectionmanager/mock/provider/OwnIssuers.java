package dev.connectionmanager.mock.provider;

import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.MockSettings;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The issuers of tests, for as long as these live. */
@Singleton
public class OwnIssuers {
    private final MockDatabase database;
    private final MockSettings settings;
    private final Clock clock;

    OwnIssuers(MockDatabase database, MockSettings settings, Clock clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param tokenHash of the token that its maker has
     * @param teamId whose credential made it; {@code null} = nobody's
     * @param clockRuns whether its clock goes on
     */
    public record Own(Issuer issuer, byte[] tokenHash, UUID teamId, Instant endsAt, boolean clockRuns) {}

    /** @return empty for one that there never was, or that is over */
    public Optional<Own> find(String id) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection, "select * from mock_test where id = ? and ends_at > ?", id, clock.instant());
                    var row = query.executeQuery()) {
                return row.next() ? Optional.of(own(row)) : Optional.empty();
            }
        });
    }

    public Own make(String id, byte[] tokenHash, UUID teamId, byte[] madeFrom, Duration life) {
        var now = clock.instant();
        database.update("""
                insert into mock_test (id, token_hash, team_id, made_from, made_at, ends_at)
                values (?, ?, ?::uuid, ?::bytea, ?, ?)""", id, tokenHash, teamId, madeFrom, now, now.plus(life));
        return new Own(issuer(id, clock), tokenHash, teamId, now.plus(life), true);
    }

    /** @param runs whether it goes on from there, or stands */
    public void setClock(Issuer issuer, Instant time, boolean runs) {
        database.update(
                "update mock_test set clock_set_at = ?, clock_time = ?, clock_runs = ? where id = ?",
                clock.instant(),
                time,
                runs,
                issuer.id());
    }

    /** How many there are: all, those that no team answers for, and those of one network. */
    public record Alive(int all, int ofNobody, int fromNetwork) {}

    public Alive alive(byte[] madeFrom) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, """
                            select count(*), count(*) filter (where team_id is null),
                                count(*) filter (where made_from = ?) from mock_test where ends_at > ?""", madeFrom, clock.instant());
                    var row = query.executeQuery()) {
                row.next();
                return new Alive(row.getInt(1), row.getInt(2), row.getInt(3));
            }
        });
    }

    private Own own(ResultSet row) throws SQLException {
        var id = row.getString("id");
        var runs = row.getBoolean("clock_runs");
        return new Own(
                issuer(id, clock(time(row, "clock_set_at"), time(row, "clock_time"), runs)),
                row.getBytes("token_hash"),
                row.getObject("team_id", UUID.class),
                time(row, "ends_at"),
                runs);
    }

    private Issuer issuer(String id, Clock ownClock) {
        return new Issuer(id, settings.issuer() + "/t/" + id, ownClock);
    }

    private Clock clock(Instant setAt, Instant time, boolean runs) {
        if (setAt == null) {
            return clock;
        }
        return runs ? Clock.offset(clock, Duration.between(setAt, time)) : Clock.fixed(time, ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
