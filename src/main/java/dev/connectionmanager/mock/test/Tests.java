package dev.connectionmanager.mock.test;

import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.mock.BearerToken;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.RandomTexts;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.KeySteps;
import dev.connectionmanager.mock.provider.OwnIssuers;
import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.provider.SpareKeys;
import dev.connectionmanager.outbound.RateLimiter;
import dev.connectionmanager.outbound.RateLimiter.Share;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tests of one's own: made without an account, each an issuer of its own for a day, and its maker's alone. */
@Singleton
public class Tests implements Forgetful {
    public static final Duration LIFE = Duration.ofHours(24);

    /** How their tokens begin. */
    public static final String PREFIX = "cm_mock_";

    private static final int RETRY_SECONDS = 60;
    private static final int ID_LENGTH = 12;
    private static final int TOKEN_LENGTH = 40;
    /** All that is a test's. */
    private static final List<String> END = List.of(
            "delete from mock_test where id = ?",
            "delete from mock_key where issuer = ?",
            "delete from mock_client where issuer = ?",
            "delete from mock_session where issuer = ?",
            "delete from mock_grant where issuer = ?",
            "delete from mock_exchange where issuer = ?",
            "delete from mock_logout where issuer = ?",
            "delete from mock_fault where issuer = ?",
            "delete from mock_user where issuer = ?");

    private final OwnIssuers issuers;
    private final KeySteps steps;
    private final SpareKeys spare;
    private final MockDatabase database;
    private final SecretVault vault;
    private final RateLimiter made;
    private final TestLimits limits;
    private final Clock clock;

    Tests(
            OwnIssuers issuers,
            KeySteps steps,
            SpareKeys spare,
            MockDatabase database,
            SecretVault vault,
            TestLimits limits,
            Clock clock) {
        this.issuers = issuers;
        this.steps = steps;
        this.spare = spare;
        this.database = database;
        this.vault = vault;
        this.limits = limits;
        this.clock = clock;
        this.made = new RateLimiter(clock);
    }

    /** A test just made; its token is shown once. */
    public record Made(String id, String issuer, Instant expiresAt, String token) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }

    /**
     * @param network that it is made from
     * @param teamId whose credential makes it, which has places of its own; {@code null} = nobody's
     * @throws Refusal.TooMany where too many were made, or are alive
     * @throws SpareKeys.NoneReady where no key is ready
     */
    public Made make(String network, UUID teamId) {
        try {
            return database.transaction(connection -> {
                // Of those that come at once none is counted as not there yet.
                database.oneAtATime("mock tests");
                return makeOne(network, teamId);
            });
        } finally {
            spare.fill();
        }
    }

    /** Where it fails, neither its place nor its key is used up. */
    private Made makeOne(String network, UUID teamId) {
        var madeFrom = vault.mark(network);
        var there = issuers.alive(madeFrom);
        if (there.all() >= limits.alive()
                || teamId == null
                        && (there.ofNobody() >= limits.ofNobody() || there.fromNetwork() >= limits.ofNetwork())) {
            throw new Refusal.TooMany(RETRY_SECONDS, Reason.LIMIT_REACHED);
        }
        var key = spare.take();
        made.take("tests from " + network, new Share(limits.anHour(), limits.anHour(), Duration.ofHours(1)));
        var token = PREFIX + RandomTexts.letters(TOKEN_LENGTH);
        var own = issuers.make(RandomTexts.letters(ID_LENGTH), RandomTexts.hash(token), teamId, madeFrom, LIFE);
        steps.begin(own.issuer(), key);
        return new Made(own.issuer().id(), own.issuer().url(), own.endsAt(), token);
    }

    /**
     * A test, for whoever has its token.
     *
     * @param authorization the header: {@code Bearer} and the token; {@code null} = none was sent
     * @throws Refusal.NotFound for everybody else, as for one that there is not
     */
    public Own ofBearer(String id, String authorization) {
        return issuers.find(id)
                .filter(own -> BearerToken.isIn(authorization, own.tokenHash()))
                .orElseThrow(Refusal.NotFound::new);
    }

    /** The same for whoever types the token. */
    public Optional<Own> ofToken(String id, String token) {
        return issuers.find(id).filter(own -> BearerToken.is(token, own.tokenHash()));
    }

    /** Ends it, with all that is its. */
    public void end(Issuer issuer) {
        end(issuer.id());
    }

    private void end(String id) {
        database.transaction(connection -> {
            END.forEach(statement -> database.update(statement, id));
            return id;
        });
    }

    /** Ends those whose day is over. */
    @Override
    public void forget() {
        over().forEach(this::end);
    }

    private List<String> over() {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection, "select id from mock_test where ends_at <= ? limit 1000", clock.instant());
                    var rows = query.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        });
    }
}
