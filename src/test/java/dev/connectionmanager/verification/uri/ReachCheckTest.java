package dev.connectionmanager.verification.uri;

import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.probe.OneEndpoint.HOST;
import static dev.connectionmanager.verification.probe.OneEndpoint.KEYS;
import static dev.connectionmanager.verification.probe.OneEndpoint.codes;
import static dev.connectionmanager.verification.probe.OneEndpoint.states;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.CheckStep;
import dev.connectionmanager.verification.probe.CheckStep.Name;
import dev.connectionmanager.verification.probe.CheckStep.State;
import dev.connectionmanager.verification.probe.Endpoint;
import dev.connectionmanager.verification.probe.JwksProbe;
import dev.connectionmanager.verification.probe.OneEndpoint;
import dev.connectionmanager.wording.RuleSentences;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Live checks as far as TCP, and what a report tells. */
class ReachCheckTest {
    private final OneEndpoint endpoint = new OneEndpoint();

    @AfterEach
    void tearDown() throws Exception {
        endpoint.close();
    }

    @Test
    void passesAGoodEndpointAndTellsWhatItSaw() {
        endpoint.serve(KEYS);
        var report = endpoint.jwks();
        assertThat(codes(report)).isEmpty();
        assertThat(states(report)).hasSize(7).containsOnly(State.PASSED);
        assertThat(report.at()).isEqualTo(NOW);
        var seen = report.seen();
        assertThat(seen.address()).startsWith("51.140.");
        assertThat(seen.port()).isEqualTo(443);
        assertThat(seen.protocol()).isEqualTo("TLSv1.3");
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.mediaType()).isEqualTo("application/jwk-set+json");
        assertThat(seen.times().content()).isNotNull();
        assertThat(seen.trustAnchors())
                .isEqualTo(
                        TrustAnchors.of(List.of(OneEndpoint.ROOT.certificate())).fingerprint());
        assertThat(seen.chain()).hasSize(2);
        assertThat(seen.chain().get(0).names()).containsExactly(HOST);
        assertThat(seen.chain().get(0).issuer()).contains("Live Middle");
        assertThat(seen.chain().get(0).sha256()).hasSize(64);
    }

    @Test
    void survivesStorageAsJson() throws Exception {
        endpoint.serve(Answers.of("404 Not Found", "", ""));
        var json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var report = endpoint.jwks();
        var text = json.writeValueAsString(report);
        assertThat(json.readValue(text, CheckReport.class)).isEqualTo(report);
        assertThat(text).contains("RESPONSE_STATUS").doesNotContain("Check the path");
    }

    @Test
    void stopsAtTlsWhereNothingMayBeSent() {
        var requests = new AtomicInteger();
        endpoint.serve(
                connection -> requests.addAndGet(Answers.request(connection).size()));
        var report = endpoint.logout();
        assertThat(codes(report)).isEmpty();
        assertThat(report.steps()).extracting(CheckStep::name).doesNotContain(Name.CONTENT);
        assertThat(requests).hasValue(0);
    }

    @Test
    void opensNothingThatTheRulesOnUrisRefuse() {
        var report = new JwksProbe(endpoint.probe)
                .check(Endpoint.jwks("https://127.0.0.1/x", null), r -> KeySetVerdict.unread(Violations.NONE));
        assertThat(codes(report)).contains("uri-host-not-public");
        assertThat(states(report))
                .startsWith(State.FAILED)
                .filteredOn(State.PASSED::equals)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'51.140.1.1,10.0.0.1', address-not-public",
        "64:ff9b::a00:1, address-not-public",
        "2002:a00:1::1, address-not-public"
    })
    void refusesAddressesThatAreNotPublic(String addresses, String code) {
        endpoint.laboratory.name(HOST, addresses.split(","));
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly(code);
        assertThat(report.failed()).map(CheckStep::name).contains(Name.DNS);
    }

    @Test
    void tellsThatANameIsUnknown() {
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("dns-failed");
        assertThat(states(report).subList(1, 7)).containsOnly(State.NOT_REACHED);
    }

    @Test
    void tellsThatNoNameServerAnswers() {
        endpoint.hurryLookups();
        endpoint.laboratory.unanswered(HOST);
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("dns-timeout");
        assertThat(RuleSentences.of(report.violations().all().get(0))).contains("Try again");
    }

    @Test
    void refusesANameWithTooManyAddresses() {
        endpoint.laboratory.name(
                HOST,
                IntStream.rangeClosed(1, 200).mapToObj(i -> "51.141.0." + i).toArray(String[]::new));
        assertThat(codes(endpoint.jwks())).containsExactly("dns-too-many-answers");
    }

    @Test
    void tellsThatTheConnectionWasRefused() {
        endpoint.laboratory.name(HOST, "51.140.1.1");
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("connection-failed");
        assertThat(report.violations().all().get(0).arguments()).anyMatch(argument -> argument.contains("refused"));
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CONNECTION);
    }
}
