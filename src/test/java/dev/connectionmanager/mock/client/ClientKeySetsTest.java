package dev.connectionmanager.mock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.keyset.KeySetChecks;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.RequestPlaces;
import dev.connectionmanager.mock.client.ClientKeySets.KeySet;
import dev.connectionmanager.mock.client.MockClient.Authentication;
import dev.connectionmanager.mock.client.MockClient.Kind;
import dev.connectionmanager.mock.client.MockClient.Redirects;
import dev.connectionmanager.mock.client.MockClient.State;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.outbound.LoopbackCalls;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.testing.ManualClock;
import dev.connectionmanager.testing.PortalTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Key sets are fetched when the real provider would. */
@PortalTest
class ClientKeySetsTest {
    private static final String HOST = "cached-keys";

    @Inject
    MockDatabase database;

    @Inject
    KeySetChecks probe;

    @Inject
    RequestPlaces places;

    @Inject
    Instance<LoopbackCalls> ownComputer;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-12-01T09:00:00Z"));
    private ClientKeySets keySets;
    private MockClient client;
    private int fetched;

    @BeforeEach
    void publishOne() {
        keySets = new ClientKeySets(database, probe, places, ownComputer, clock);
        client = client(publish("one"));
        fetched = LaboratoryInternet.requestsOf(HOST);
    }

    @Test
    void areKeptForAnHour() {
        assertThat(known("one")).isTrue();
        assertFetched(1);
        clock.pass(Duration.ofMinutes(59));
        assertThat(known("one")).isTrue();
        assertFetched(1);
        clock.pass(Duration.ofMinutes(2));
        publish("other");
        assertThat(known("one")).as("withdrawn meanwhile").isFalse();
        assertFetched(2);
    }

    @Test
    void areFetchedAgainAMinuteAfterAMiss() {
        assertThat(known("one")).isTrue();
        publish("one", "two");
        clock.pass(Duration.ofSeconds(59));
        assertThat(known("two")).isFalse();
        assertFetched(1);
        clock.pass(Duration.ofSeconds(2));
        assertThat(known("two")).isTrue();
        assertFetched(2);
        assertThat(known("three"))
                .as("misses cost its server one request a minute")
                .isFalse();
        assertFetched(2);
    }

    @Test
    void stayGoodForTheirHourWhileTheirServerIsAway() {
        assertThat(known("one")).isTrue();
        clock.pass(Duration.ofMinutes(30));
        LaboratoryInternet.publish(HOST, "no key set");
        var missed = keySets.of(client, "two");
        assertThat(missed.trouble()).isNotEmpty();
        assertThat(missed.has("one")).isTrue();
        clock.pass(Duration.ofMinutes(31));
        assertThat(keySets.of(client, "one").keys()).isNull();
    }

    @Test
    void areFetchedAtOnceWhereATeamWantsIt() {
        assertThat(known("one")).isTrue();
        publish("one", "two");
        assertThatThrownBy(() -> keySets.fetchNow(client))
                .isInstanceOfSatisfying(Refusal.TooMany.class, busy -> assertThat(busy.retryAfterSeconds())
                        .isBetween(60, 61));
        clock.pass(Duration.ofMinutes(1));
        assertThat(keySets.fetchNow(client).has("two")).isTrue();
        assertFetched(2);
        assertThatThrownBy(() -> keySets.fetchNow(client)).isInstanceOf(Refusal.TooMany.class);
    }

    private boolean known(String kid) {
        KeySet set = keySets.of(client, kid);
        assertThat(set.trouble()).isNull();
        return set.has(kid);
    }

    private void assertFetched(int times) {
        assertThat(LaboratoryInternet.requestsOf(HOST) - fetched).isEqualTo(times);
    }

    private static String publish(String... kids) {
        var keys = java.util.stream.IntStream.range(0, kids.length)
                .<JWK>mapToObj(i -> LaboratoryInternet.key(i, kids[i]))
                .toList();
        return LaboratoryInternet.publish(HOST, new JWKSet(keys).toString());
    }

    private static MockClient client(String jwksUri) {
        return new MockClient(
                UUID.randomUUID() + ".apps.supplier",
                "Cached keys",
                Kind.REGISTERED,
                State.ACTIVE,
                UUID.randomUUID(),
                "integration",
                new Redirects(List.of(), List.of()),
                new Authentication(
                        TokenEndpointAuthMethod.PRIVATE_KEY_JWT,
                        "RS256",
                        List.of("RS256"),
                        jwksUri,
                        null,
                        null,
                        List.of()),
                null,
                null);
    }
}
