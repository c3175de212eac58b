package dev.connectionmanager.mock.provider;

import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.RandomTexts;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Codes, each good once and for a minute, and the access tokens that they became. */
@Singleton
public class Grants implements Forgetful {
    public static final Duration CODE_LIFETIME = Duration.ofSeconds(60);
    /** Longer than any access token is good, and as long as the session: they tell which clients it was used at. */
    private static final Duration KEPT = Sessions.LIFETIME;

    private final MockDatabase database;
    private final Clock clock;

    Grants(MockDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What a code or token stands for. */
    public record Grant(UUID id, String clientId, String sid, GrantTerms terms) {}

    /** What came of presenting a code. */
    public record Redemption(Verdict verdict, Grant grant) {
        public enum Verdict {
            GOOD,
            UNKNOWN,
            OTHER_CLIENT,
            EXPIRED,
            /** What came of it the first time is revoked: RFC 6749 section 4.1.2. */
            USED
        }
    }

    /** @return the code */
    public String issue(Issuer issuer, String clientId, String sid, GrantTerms terms) {
        var code = RandomTexts.next();
        database.update(
                """
                insert into mock_grant (id, issuer, client_id, sid, code_hash, code_ends_at, terms, made_at)
                values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)""",
                UUID.randomUUID(),
                issuer.id(),
                clientId,
                sid,
                RandomTexts.hash(code),
                issuer.now().plus(CODE_LIFETIME),
                StoredJson.write(terms),
                clock.instant());
        return code;
    }

    /** Takes a code: whatever comes of it, it is good no more, unless another client has presented it. */
    public Redemption redeem(Issuer issuer, String clientId, String code) {
        var now = issuer.now();
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            """
                            with taken as (update mock_grant set used_at = ?
                                where issuer = ? and code_hash = ? and client_id = ? and used_at is null returning id)
                            select g.*, exists (select 1 from taken) as taken from mock_grant g
                            where issuer = ? and code_hash = ?""",
                            now,
                            issuer.id(),
                            RandomTexts.hash(code),
                            clientId,
                            issuer.id(),
                            RandomTexts.hash(code));
                    var row = query.executeQuery()) {
                return row.next()
                        ? redemption(connection, row, clientId, now)
                        : new Redemption(Redemption.Verdict.UNKNOWN, null);
            }
        });
    }

    private static Redemption redemption(Connection connection, ResultSet row, String clientId, Instant now)
            throws SQLException {
        var grant = read(row);
        if (!grant.clientId().equals(clientId)) {
            return new Redemption(Redemption.Verdict.OTHER_CLIENT, grant);
        }
        if (!row.getBoolean("taken")) {
            try (var revoke = MockDatabase.prepare(
                    connection, "update mock_grant set revoked_at = ? where id = ?", now, grant.id())) {
                revoke.executeUpdate();
            }
            return new Redemption(Redemption.Verdict.USED, grant);
        }
        return new Redemption(
                time(row, "code_ends_at").isBefore(now) ? Redemption.Verdict.EXPIRED : Redemption.Verdict.GOOD, grant);
    }

    /** Forgets those whose access tokens have ended: a code that is sent again is then one that is not known. */
    @Override
    public void forget() {
        database.update(
                "delete from mock_grant where made_at < ?", clock.instant().minus(KEPT));
    }

    /** Notes the access token that a code became. */
    public void keep(Grant grant, String accessToken, Instant endsAt) {
        database.update(
                "update mock_grant set token_hash = ?, token_ends_at = ? where id = ?",
                RandomTexts.hash(accessToken),
                endsAt,
                grant.id());
    }

    /** What is known of an access token. */
    public record Token(Grant grant, boolean revoked, boolean expired) {}

    public Optional<Token> ofToken(Issuer issuer, String accessToken) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select * from mock_grant where issuer = ? and token_hash = ?",
                            issuer.id(),
                            RandomTexts.hash(accessToken));
                    var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Token(
                                read(row),
                                row.getObject("revoked_at") != null,
                                !time(row, "token_ends_at").isAfter(issuer.now())))
                        : Optional.empty();
            }
        });
    }

    private static Grant read(ResultSet row) throws SQLException {
        return new Grant(
                row.getObject("id", UUID.class),
                row.getString("client_id"),
                row.getString("sid"),
                StoredJson.read(row.getString("terms"), GrantTerms.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
