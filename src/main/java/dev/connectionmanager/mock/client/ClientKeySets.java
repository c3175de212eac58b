package dev.connectionmanager.mock.client;

import com.google.common.util.concurrent.Striped;
import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.keyset.KeySetChecks;
import dev.connectionmanager.mock.Forgetful;
import dev.connectionmanager.mock.KeptByClient;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.RequestPlaces;
import dev.connectionmanager.outbound.Caller;
import dev.connectionmanager.outbound.LoopbackCalls;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.key.KeySetObservation;
import dev.connectionmanager.verification.key.KeySetRules;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.probe.Endpoint;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The public keys of clients, as the real provider has them: kept for an hour, and asked for again, once a minute at most, when a
 * client signs with one that is not among them. They are fetched through a guard with places and shares of its own.
 */
@Singleton
public class ClientKeySets implements Forgetful, KeptByClient {
    public static final Duration KEPT = Duration.ofHours(1);
    public static final Duration AFTER_A_MISS = Duration.ofSeconds(60);

    private static final Duration FORGOTTEN = Duration.ofDays(7);
    private static final int FETCHES_AT_ONCE = 8;
    private static final int LOCKS = 64;

    private final MockDatabase database;
    private final KeySetChecks probe;
    private final RequestPlaces places;
    private final Instance<LoopbackCalls> ownComputer;
    private final Clock clock;
    /** Of those that miss the same key set at once, one fetches it. */
    private final Striped<Lock> fetching = Striped.lock(LOCKS);

    /** @param ownComputer there in local mode only */
    ClientKeySets(
            MockDatabase database,
            KeySetChecks probe,
            RequestPlaces places,
            Instance<LoopbackCalls> ownComputer,
            Clock clock) {
        this.database = database;
        this.probe = probe.apart(FETCHES_AT_ONCE);
        this.places = places;
        this.ownComputer = ownComputer;
        this.clock = clock;
    }

    /**
     * What is known of a client's keys.
     *
     * @param keys {@code null} where there are none
     * @param fetchedAt when they were fetched; {@code null} for keys by value, and where there are none
     * @param trouble why the last fetch failed, as the codes of the rules; {@code null} = it did not
     * @param triedAt when that was; {@code null} for keys by value
     */
    public record KeySet(JWKSet keys, Instant fetchedAt, String trouble, Instant triedAt) {
        boolean has(String kid) {
            return kid == null || keys != null && keys.getKeyByKeyId(kid) != null;
        }
    }

    /**
     * Blocks while they are fetched, for some 17 seconds at most.
     *
     * @param kid which key is looked for; {@code null} = none in particular
     */
    public KeySet of(MockClient client, String kid) {
        if (client.authentication().keySet() != null) {
            return new KeySet(client.authentication().keySet(), null, null, null);
        }
        var known = known(client);
        if (known.filter(set -> serves(set, kid)).isPresent()) {
            return known.get();
        }
        return places.lend(() -> fetchOnce(client, set -> serves(set, kid)));
    }

    /** As it is known, without asking anybody. */
    public Optional<KeySet> known(MockClient client) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select document, fetched_at, trouble, tried_at from mock_key_set where client_id = ? and uri = ?",
                            client.clientId(),
                            client.authentication().keysAt());
                    var row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var document = row.getString("document");
                return Optional.of(new KeySet(
                        document == null ? null : JWKSet.parse(document),
                        instant(row.getObject("fetched_at", OffsetDateTime.class)),
                        row.getString("trouble"),
                        instant(row.getObject("tried_at", OffsetDateTime.class))));
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Whether nobody need be asked: the keys are young, and either hold this one or were asked for just now. */
    private boolean serves(KeySet set, String kid) {
        var now = clock.instant();
        var triedNow = set.triedAt().plus(AFTER_A_MISS).isAfter(now);
        var young = set.fetchedAt() != null && set.fetchedAt().plus(KEPT).isAfter(now);
        return triedNow || young && set.has(kid);
    }

    /**
     * Asks for them at once, whatever is known. Blocks as {@link #of} does.
     *
     * @throws Refusal.TooMany where they were asked for less than a minute ago
     */
    public KeySet fetchNow(MockClient client) {
        return fetchOnce(client, set -> {
            var now = clock.instant();
            var again = set.triedAt().plus(AFTER_A_MISS);
            if (now.isBefore(again)) {
                throw new Refusal.TooMany(1 + (int) Duration.between(now, again).toSeconds());
            }
            return false;
        });
    }

    /** Forgets those that nobody has asked for in a long time. */
    @Override
    public void forget() {
        database.update(
                "delete from mock_key_set where tried_at < ?", clock.instant().minus(FORGOTTEN));
    }

    @Override
    public Set<String> clients() {
        return database.texts("select distinct client_id from mock_key_set");
    }

    /** Should one be restored, its keys are fetched anew. */
    @Override
    public void forget(Collection<String> clientIds) {
        database.update(
                "delete from mock_key_set where client_id = any (?)", (Object) clientIds.toArray(String[]::new));
    }

    /** @param enough whether what is known by then will do */
    private KeySet fetchOnce(MockClient client, Predicate<KeySet> enough) {
        var lock = fetching.get(client.clientId());
        lock.lock();
        try {
            var meanwhile = known(client).filter(enough);
            if (meanwhile.isEmpty()) {
                fetch(client);
            }
            return known(client).orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    private void fetch(MockClient client) {
        var now = clock.instant();
        if (client.authentication().localKeySetUri() != null) {
            fetchFromOwnComputer(client, now);
            return;
        }
        try {
            var seen = probe.observe(
                    Endpoint.jwks(client.authentication().keysAt(), caller(client)),
                    observation -> judge(observation, client));
            if (seen.report().blocks()) {
                keepTrouble(client, codes(seen.report().violations().all()), now);
            } else {
                keep(client, seen.keySet().usable(), now);
            }
        } catch (Refusal.TooMany busy) {
            keepTrouble(client, "too-many-requests", now);
        }
    }

    private void fetchFromOwnComputer(MockClient client, Instant now) {
        if (!ownComputer.isResolvable()) {
            keepTrouble(client, "local-mode-only", now);
            return;
        }
        try {
            var answer =
                    ownComputer.get().get(URI.create(client.authentication().localKeySetUri()));
            var verdict = judge(new KeySetObservation(answer.status(), answer.mediaType(), answer.body()), client);
            if (verdict.violations().block()) {
                keepTrouble(client, codes(verdict.violations().all()), now);
            } else {
                keep(client, verdict.usable(), now);
            }
        } catch (IOException | IllegalArgumentException e) {
            keepTrouble(client, "connection-failed", now);
        }
    }

    private static KeySetVerdict judge(KeySetObservation seen, MockClient client) {
        var authentication = client.authentication();
        return KeySetRules.check(seen, Optional.ofNullable(authentication.signingAlg()), authentication.listedAlgs());
    }

    private static Caller caller(MockClient client) {
        var host = URI.create(client.authentication().keysAt()).getHost();
        return new Caller(
                String.valueOf(client.teamId()), true, host == null ? Set.of() : Set.of(host.toLowerCase(Locale.ROOT)));
    }

    private static String codes(Iterable<Violation> found) {
        return com.google.common.collect.Streams.stream(found)
                .filter(Violation::blocks)
                .map(finding -> (finding.rule().code() + " " + String.join(", ", finding.arguments())).strip())
                .collect(Collectors.joining("; "));
    }

    private void keep(MockClient client, JWKSet keys, Instant now) {
        database.update("""
                insert into mock_key_set (client_id, uri, document, fetched_at, trouble, tried_at)
                values (?, ?, ?, ?, null, ?)
                on conflict (client_id, uri) do update set document = excluded.document,
                    fetched_at = excluded.fetched_at, trouble = null, tried_at = excluded.tried_at""", client.clientId(), client.authentication().keysAt(), keys.toString(true), now, now);
    }

    /** Keys that are known and young stay good: only what is new could not be learnt. */
    private void keepTrouble(MockClient client, String trouble, Instant now) {
        database.update("""
                insert into mock_key_set (client_id, uri, trouble, tried_at) values (?, ?, ?, ?)
                on conflict (client_id, uri) do update set trouble = excluded.trouble, tried_at = excluded.tried_at,
                    document = case when mock_key_set.fetched_at > ? then mock_key_set.document end""", client.clientId(), client.authentication().keysAt(), trouble, now, now.minus(KEPT));
    }
}
