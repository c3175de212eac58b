package dev.connectionmanager.environment;

import static dev.connectionmanager.environment.DiscoveryProbeTest.ISSUER;
import static dev.connectionmanager.environment.DiscoveryProbeTest.document;
import static dev.connectionmanager.environment.DiscoveryProbeTest.serving;
import static dev.connectionmanager.environment.MetadataSource.CONFIGURED;
import static dev.connectionmanager.environment.MetadataSource.DISCOVERY;
import static dev.connectionmanager.environment.MetadataSource.DISCOVERY_KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.testing.ManualClock;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.probe.OneEndpoint;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which lists are in force as time passes, documents come and go, and nodes start and stop. */
@PortalTest
class DiscoveryRefreshTest {
    private static final Behaviour GONE = Answers.of("404 Not Found", "", "");
    private static final Behaviour GOOD = serving(document(ISSUER, "PS256"));

    @Inject
    TestEnvironments nodes;

    private final OneEndpoint endpoint = new OneEndpoint();
    private final ManualClock time = new ManualClock(TestPki.NOW);
    private final AtomicInteger asked = new AtomicInteger();
    /** Each test has a document of its own. */
    private final URI address = URI.create("https://" + OneEndpoint.HOST + "/" + UUID.randomUUID());

    @AfterEach
    void tearDown() throws Exception {
        endpoint.close();
    }

    @Test
    void servesTheDocumentAsSoonAsItIsRead() {
        serve(GOOD);
        var node = new Node();
        assertThat(node.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("RS512");
        assertThat(node.now().origin()).isEqualTo(origin(CONFIGURED, time.instant(), null));
        var started = time.instant();
        time.pass(Duration.ofSeconds(3));
        node.refresh.refreshDue();
        assertThat(node.now().origin()).isEqualTo(origin(DISCOVERY, started.plusSeconds(3), null));
        assertThat(node.now().metadata())
                .isEqualTo(new Environment.ProviderMetadata(
                        List.of("private_key_jwt"), List.of("ES256"), List.of("PS256")));
    }

    @Test
    void servesTheConfiguredListThatTheDocumentLacks() {
        serve(serving("{\"issuer\": \"" + ISSUER + "\", \"userinfo_signing_alg_values_supported\": [\"none\"]}"));
        var node = new Node();
        node.refresh.refreshDue();
        assertThat(node.now().metadata())
                .isEqualTo(
                        new Environment.ProviderMetadata(List.of("client_secret_basic"), List.of("RS256"), List.of()));
    }

    @Test
    void servesWhatIsConfiguredUntilThereIsAGoodDocument() {
        serve(GONE);
        var node = new Node();
        var started = time.instant();
        node.refresh.refreshDue();
        var first = time.instant();
        assertThat(node.now().origin()).isEqualTo(origin(CONFIGURED, started, first));
        time.pass(Duration.ofMinutes(6));
        serve(serving(document("https://evil.example.com", "ES512")));
        node.refresh.refreshDue();
        assertThat(node.now().origin()).isEqualTo(origin(CONFIGURED, started, first));
        assertThat(node.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("RS512");
        assertThat(asked).hasValue(2);
    }

    @Test
    void readsAgainBeforeAnHourHasPassedAndNotEarlier() {
        serve(GOOD);
        var node = new Node();
        node.refresh.refreshDue();
        serve(serving(document(ISSUER, "ES512")));
        time.pass(Duration.ofMinutes(44));
        node.refresh.refreshDue();
        assertThat(asked).hasValue(1);
        assertThat(node.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("PS256");
        time.pass(Duration.ofMinutes(11));
        node.refresh.refreshDue();
        assertThat(asked).hasValue(2);
        assertThat(node.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("ES512");
        assertThat(node.now().origin()).isEqualTo(origin(DISCOVERY, time.instant(), null));
    }

    @Test
    void keepsTheLastGoodDocumentAndSaysSo() {
        serve(GOOD);
        var node = new Node();
        node.refresh.refreshDue();
        var read = time.instant();
        serve(GONE);
        time.pass(Duration.ofMinutes(56));
        node.refresh.refreshDue();
        var failed = time.instant();
        assertThat(node.now().origin()).as("not an hour old yet").isEqualTo(origin(DISCOVERY, read, null));
        time.pass(Duration.ofMinutes(4));
        assertThat(node.now().origin()).isEqualTo(origin(DISCOVERY_KEPT, read, failed));
        time.pass(Duration.ofDays(30));
        node.refresh.refreshDue();
        assertThat(node.now().origin()).isEqualTo(origin(DISCOVERY_KEPT, read, failed));
        assertThat(node.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("PS256");
        serve(serving(document(ISSUER, "ES512")));
        time.pass(Duration.ofMinutes(5));
        node.refresh.refreshDue();
        assertThat(node.now().origin()).isEqualTo(origin(DISCOVERY, time.instant(), null));
        assertThat(node.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("ES512");
    }

    @Test
    void triesAgainSoonButNotAtOnce() {
        serve(GONE);
        var node = new Node();
        node.refresh.refreshDue();
        time.pass(Duration.ofMinutes(2));
        node.refresh.refreshDue();
        assertThat(asked).hasValue(1);
        time.pass(Duration.ofMinutes(3));
        node.refresh.refreshDue();
        assertThat(asked).hasValue(2);
    }

    @Test
    void knowsTheLastGoodDocumentAfterARestart() {
        serve(GOOD);
        new Node().refresh.refreshDue();
        var read = time.instant();
        serve(GONE);
        time.pass(Duration.ofHours(5));
        var restarted = new Node();
        restarted.environments.recall();
        assertThat(restarted.now().origin()).isEqualTo(origin(DISCOVERY_KEPT, read, null));
        restarted.refresh.refreshDue();
        var failed = time.instant();
        time.pass(Duration.ofHours(1));
        var again = new Node();
        again.environments.recall();
        assertThat(again.now().origin()).isEqualTo(origin(DISCOVERY_KEPT, read, failed));
        assertThat(again.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("PS256");
    }

    @Test
    void oneNodeReadsForTheOthers() {
        serve(GOOD);
        var one = new Node();
        var other = new Node();
        one.refresh.refreshDue();
        other.refresh.refreshDue();
        assertThat(asked).hasValue(1);
        assertThat(other.now().origin()).isEqualTo(one.now().origin());
    }

    @Test
    void forgetsADocumentWhenTheEnvironmentIsGivenAnotherIssuer() {
        serve(GOOD);
        new Node().refresh.refreshDue();
        var moved = new Node("https://other.example.com");
        moved.environments.recall();
        assertThat(moved.now().origin().source()).isEqualTo(CONFIGURED);
        assertThat(moved.now().metadata().userinfoSigningAlgValuesSupported()).containsExactly("RS512");
        moved.refresh.refreshDue();
        assertThat(moved.now().origin()).isEqualTo(origin(CONFIGURED, time.instant(), time.instant()));
    }

    @Test
    void aSlowProviderKeepsNobodyWaiting() throws Exception {
        var hanging = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        serve(connection -> {
            hanging.countDown();
            end.await();
        });
        var node = new Node();
        var threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> refreshing = threads.submit(node.refresh::refreshDue);
            Patience.await(hanging);
            assertThat(node.now().origin().source()).isEqualTo(CONFIGURED);
            assertThat(refreshing.isDone())
                    .as("answered while the provider hangs")
                    .isFalse();
            end.countDown();
            refreshing.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            assertThat(node.now().origin().unreadableSince()).isPresent();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nodesThatReadAtTheSameTimeAgree() throws Exception {
        serve(GOOD);
        var four = IntStream.range(0, 4).mapToObj(i -> new Node()).toList();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var all = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(four.get(i % 4).refresh::refreshDue))
                    .toList();
            while (!all.stream().allMatch(Future::isDone)) {
                for (var node : four) {
                    var seen = node.now();
                    assertThat(seen.metadata().userinfoSigningAlgValuesSupported())
                            .containsExactly(seen.origin().source() == CONFIGURED ? "RS512" : "PS256");
                }
            }
            for (var each : all) {
                each.get();
            }
            assertThat(asked.get()).isBetween(1, 4);
            assertThat(four).allSatisfy(node -> assertThat(node.now().origin())
                    .isEqualTo(origin(DISCOVERY, time.instant(), null)));
        } finally {
            threads.shutdownNow();
        }
    }

    private void serve(Behaviour behaviour) {
        endpoint.serve(connection -> {
            asked.incrementAndGet();
            behaviour.serve(connection);
        });
    }

    private static MetadataOrigin origin(MetadataSource source, Instant since, Instant unreadableSince) {
        return new MetadataOrigin(source, since, Optional.ofNullable(unreadableSince));
    }

    /** A portal that has just started. */
    private final class Node {
        final Environments environments;
        final DiscoveryRefresh refresh;

        Node() {
            this(ISSUER);
        }

        Node(String issuer) {
            environments = nodes.node(address, Optional.of(issuer), time);
            refresh = new DiscoveryRefresh(environments, new DiscoveryProbe(endpoint.probe), time);
        }

        Environment now() {
            return environments.find("laboratory").orElseThrow();
        }
    }
}
