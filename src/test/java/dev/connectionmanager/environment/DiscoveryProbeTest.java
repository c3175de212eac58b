package dev.connectionmanager.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.probe.OneEndpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading discovery documents over real TLS, from servers that misbehave. */
class DiscoveryProbeTest {
    static final String ISSUER = "https://" + OneEndpoint.HOST + ":443/realm";
    private static final URI ADDRESS =
            URI.create("https://" + OneEndpoint.HOST + "/realm/.well-known/openid-configuration");

    private final OneEndpoint endpoint = new OneEndpoint();

    @AfterEach
    void tearDown() throws Exception {
        endpoint.close();
    }

    static String document(String issuer, String userinfoAlgorithm) {
        return """
                {"issuer": "%s",
                 "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                 "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
                 "userinfo_signing_alg_values_supported": ["%s"]}""".formatted(issuer, userinfoAlgorithm);
    }

    static Behaviour serving(String document) {
        return Answers.of("200 OK", "Content-Type: application/json;charset=UTF-8\r\n", document);
    }

    @Test
    void readsAGoodDocument() throws Exception {
        var requests = new ConcurrentLinkedQueue<String>();
        endpoint.serve(connection -> {
            var body = document(ISSUER, "PS256");
            requests.addAll(Answers.request(connection));
            connection
                    .getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes());
        });
        assertThat(read(ADDRESS).userinfoSigningAlgValuesSupported()).containsExactly("PS256");
        assertThat(requests)
                .contains("GET /realm/.well-known/openid-configuration HTTP/1.1", "Accept: application/json");
    }

    static Stream<Arguments> misbehaviours() {
        var type = "Content-Type: application/json\r\n";
        var good = document(ISSUER, "PS256");
        return Stream.of(
                Arguments.of("its issuer is", serving(document("https://evil.example.com", "PS256"))),
                Arguments.of("response-status 404", Answers.of("404 Not Found", type, good)),
                Arguments.of("response-status 203", Answers.of("203 Non-Authoritative Information", type, good)),
                Arguments.of(
                        "redirect-not-followed 302, https://other.example.com/",
                        Answers.of("302 Found", type + "Location: https://other.example.com/\r\n", good)),
                Arguments.of("response-too-large", Answers.of("200 OK", type, good + " ".repeat(65_536))),
                Arguments.of("media type is ‘text/html’", Answers.of("200 OK", "Content-Type: text/html\r\n", good)),
                Arguments.of("it is not JSON", Answers.of("200 OK", type, "<html><body>Sign in</body></html>")),
                Arguments.of("duplicate-member", serving(good.replace("{", "{\"issuer\": \"x\","))),
                Arguments.of(
                        "response-malformed",
                        Answers.wire("HTTP/1.1 200 OK\r\n" + type + "Content-Length: 999\r\n\r\n{")));
    }

    @ParameterizedTest
    @MethodSource("misbehaviours")
    void doesNotUseWhatIsNotAGoodDocument(String why, Behaviour behaviour) {
        endpoint.serve(behaviour);
        refuses(ADDRESS, why);
    }

    @Test
    void doesNotWaitForAProviderThatSaysNothing() {
        endpoint.hurry();
        endpoint.serve(Answers.silent());
        refuses(ADDRESS, "response-too-slow");
    }

    @Test
    void judgesTlsLikeLiveChecksAndSendsNothingPastAFault() {
        var asked = new ConcurrentLinkedQueue<String>();
        var expired = TestPki.leaf(OneEndpoint.HOST)
                .valid(TestPki.NOW.minus(Duration.ofDays(90)), TestPki.NOW.minus(Duration.ofDays(1)))
                .issuedBy(OneEndpoint.MIDDLE);
        endpoint.serve(
                socket -> {}, connection -> asked.addAll(Answers.request(connection)), expired, OneEndpoint.MIDDLE);
        refuses(ADDRESS, "certificate-expired");
        endpoint.serve(socket -> {}, connection -> asked.addAll(Answers.request(connection)), OneEndpoint.LEAF);
        refuses(ADDRESS, "certificate-chain-incomplete");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.supplier.co.uk/x",
                "https://user@login.supplier.co.uk/x",
                "https://login.supplier.co.uk:22/x",
                "file:///etc/passwd",
                "https:///x",
                "relative"
            })
    void opensNothingThatTheGuardDoesNot(String address) {
        refuses(URI.create(address), "Not to be opened");
    }

    @Test
    void reachesPublicAddressesOnly() {
        endpoint.laboratory.name(OneEndpoint.HOST, "51.140.1.1", "10.0.0.1");
        refuses(ADDRESS, "address-not-public");
        refuses(URI.create("https://nowhere.supplier.co.uk/x"), "dns-failed nowhere.supplier.co.uk");
    }

    private void refuses(URI address, String why) {
        assertThatThrownBy(() -> read(address))
                .isInstanceOf(DiscoveryRules.NotGood.class)
                .hasMessageContaining(why);
    }

    private PublishedMetadata read(URI address) throws DiscoveryRules.NotGood {
        return new DiscoveryProbe(endpoint.probe).read(address, Optional.of(ISSUER));
    }
}
