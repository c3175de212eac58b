package dev.connectionmanager.verification;

import static dev.connectionmanager.verification.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Laboratory;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.CheckStep.Name;
import dev.connectionmanager.verification.CheckStep.State;
import dev.connectionmanager.verification.TestPki.Issued;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole checks, from the name to the content, of servers in the laboratory. */
class LiveCheckTest {
    private static final String HOST = "login.supplier.co.uk";
    private static final String URI = "https://" + HOST + "/path";
    private static final Issued ROOT = TestPki.root("Live Root");
    private static final Issued MIDDLE = TestPki.intermediate("Live Middle").issuedBy(ROOT);
    private static final Issued LEAF = TestPki.leaf(HOST).issuedBy(MIDDLE);
    private static final Behaviour KEYS =
            Answers.of("200 OK", "Content-Type: application/jwk-set+json\r\n", "{\"keys\":[]}");

    private final Laboratory laboratory = new Laboratory();
    private final EndpointProbe probe =
            new EndpointProbe(laboratory.guard(), TrustAnchors.of(List.of(ROOT.certificate())), Laboratory.clock());

    @AfterEach
    void tearDown() throws Exception {
        laboratory.close();
    }

    private CheckReport jwks() {
        return new JwksProbe(probe).check(Endpoint.jwks(URI, null), response -> Violations.NONE);
    }

    private CheckReport logout() {
        return new BackchannelLogoutProbe(probe).check(Endpoint.backchannelLogout(URI, null));
    }

    private CheckReport logoutPost() {
        return new BackchannelLogoutProbe(probe).post(Endpoint.backchannelLogout(URI, null));
    }

    private void serve(Behaviour behaviour) {
        serve(socket -> {}, behaviour, LEAF, MIDDLE);
    }

    private void serve(Consumer<SSLSocket> setUp, Behaviour behaviour, Issued leaf, Issued... rest) {
        laboratory.tls(HOST, setUp, behaviour, leaf, rest);
    }

    private static List<String> codes(CheckReport report) {
        return report.violations().all().stream()
                .map(found -> found.rule().code())
                .toList();
    }

    private static List<State> states(CheckReport report) {
        return report.steps().stream().map(CheckStep::state).toList();
    }

    @Test
    void passesAGoodEndpointAndTellsWhatItSaw() {
        serve(KEYS);
        var report = jwks();
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
        assertThat(seen.chain()).hasSize(2);
        assertThat(seen.chain().get(0).names()).containsExactly(HOST);
        assertThat(seen.chain().get(0).issuer()).contains("Live Middle");
        assertThat(seen.chain().get(0).sha256()).hasSize(64);
    }

    @Test
    void survivesStorageAsJson() throws Exception {
        serve(Answers.of("404 Not Found", "", ""));
        var json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        var report = jwks();
        var text = json.writeValueAsString(report);
        assertThat(json.readValue(text, CheckReport.class)).isEqualTo(report);
        assertThat(text).contains("RESPONSE_STATUS").doesNotContain("Check the path");
    }

    @Test
    void stopsAtTlsWhereNothingMayBeSent() {
        var requests = new AtomicInteger();
        serve(connection -> requests.addAndGet(Answers.request(connection).size()));
        var report = logout();
        assertThat(codes(report)).isEmpty();
        assertThat(report.steps()).extracting(CheckStep::name).doesNotContain(Name.CONTENT);
        assertThat(requests).hasValue(0);
    }

    @Test
    void opensNothingThatTheRulesOnUrisRefuse() {
        var report = new JwksProbe(probe).check(Endpoint.jwks("https://127.0.0.1/x", null), r -> Violations.NONE);
        assertThat(codes(report)).contains("uri-host-not-public");
        assertThat(states(report))
                .startsWith(State.FAILED)
                .filteredOn(State.PASSED::equals)
                .isEmpty();
    }

    // Names, addresses, TCP

    @ParameterizedTest
    @CsvSource({
        "'51.140.1.1,10.0.0.1', address-not-public",
        "64:ff9b::a00:1, address-not-public",
        "2002:a00:1::1, address-not-public"
    })
    void refusesAddressesThatAreNotPublic(String addresses, String code) {
        laboratory.name(HOST, addresses.split(","));
        var report = jwks();
        assertThat(codes(report)).containsExactly(code);
        assertThat(report.failed()).map(CheckStep::name).contains(Name.DNS);
    }

    @Test
    void tellsThatANameIsUnknown() {
        var report = jwks();
        assertThat(codes(report)).containsExactly("dns-failed");
        assertThat(states(report).subList(1, 7)).containsOnly(State.NOT_REACHED);
    }

    @Test
    void refusesANameWithTooManyAddresses() {
        laboratory.name(
                HOST,
                IntStream.rangeClosed(1, 200).mapToObj(i -> "51.141.0." + i).toArray(String[]::new));
        assertThat(codes(jwks())).containsExactly("dns-too-many-answers");
    }

    @Test
    void tellsThatTheConnectionWasRefused() {
        laboratory.name(HOST, "51.140.1.1");
        var report = jwks();
        assertThat(codes(report)).containsExactly("connection-failed");
        assertThat(report.violations().all().get(0).arguments()).anyMatch(argument -> argument.contains("refused"));
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CONNECTION);
    }

    // TLS

    /** A server hello that chooses TLS 1.1, and the alert of a server that knows nothing newer. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0015\u0003\u0001\u0000\u0002\u0002\u0046", "hello"})
    void tellsThatTlsIsTooOld(String answer) {
        var hello = "\u0016\u0003\u0002\u0000\u002a\u0002\u0000\u0000\u0026\u0003\u0002" + "r".repeat(32)
                + "\u0000\u00c0\u0013\u0000";
        laboratory.raw(HOST, connection -> {
            connection.getInputStream().read(new byte[4096]);
            connection
                    .getOutputStream()
                    .write((answer.equals("hello") ? hello : answer)
                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            connection.getInputStream().readAllBytes();
        });
        var report = jwks();
        assertThat(codes(report)).containsExactly("tls-version-too-old");
        assertThat(report.failed()).map(CheckStep::name).contains(Name.TLS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
            })
    void tellsThatTheCipherSuiteIsWeak(String suite) {
        var leaf = TestPki.leaf(HOST).key("RSA-2048").issuedBy(MIDDLE);
        serve(
                socket -> {
                    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                    socket.setEnabledCipherSuites(new String[] {suite});
                },
                KEYS,
                leaf,
                MIDDLE);
        var report = jwks();
        assertThat(codes(report)).containsExactly("tls-cipher-weak");
        assertThat(report.violations().all().get(0).arguments()).containsExactly(suite);
        assertThat(report.seen().chain()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
    void refusesAServerThatAsksForAClientCertificate(String protocol, boolean insists) {
        serve(
                socket -> {
                    socket.setEnabledProtocols(new String[] {protocol});
                    if (insists) {
                        socket.setNeedClientAuth(true);
                    } else {
                        socket.setWantClientAuth(true);
                    }
                },
                KEYS,
                LEAF,
                MIDDLE);
        assertThat(codes(logout())).containsExactly("tls-client-certificate-required");
    }

    @Test
    void tellsThatAHandshakeStalls() {
        laboratory.raw(HOST, connection -> Thread.sleep(60_000));
        var report = jwks();
        assertThat(codes(report)).containsExactly("tls-failed");
        assertThat(report.violations().all().get(0).arguments().get(0)).contains("not finished");
    }

    static Stream<Arguments> chains() {
        Issued expiredRoot = TestPki.intermediate("Cross Root")
                .valid(NOW.minus(Duration.ofDays(900)), NOW.minus(Duration.ofDays(1)))
                .selfSigned();
        Issued crossSigned = TestPki.intermediate("Cross Root").issuedBy(ROOT);
        Issued underCross = TestPki.leaf(HOST).issuedBy(crossSigned);
        Issued forCode = TestPki.intermediate("Code Authority")
                .purposes(KeyPurposeId.id_kp_codeSigning)
                .issuedBy(ROOT);
        Issued stranger = TestPki.root("Live Stranger");
        return Stream.of(
                row(
                        "certificate-expired",
                        Name.CERTIFICATE,
                        TestPki.leaf(HOST)
                                .valid(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1)))
                                .issuedBy(MIDDLE),
                        MIDDLE),
                row(
                        "certificate-not-yet-valid",
                        Name.CERTIFICATE,
                        TestPki.leaf(HOST)
                                .valid(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)))
                                .issuedBy(MIDDLE),
                        MIDDLE),
                row(
                        "certificate-name-mismatch",
                        Name.NAME,
                        TestPki.leaf("other.supplier.co.uk").issuedBy(MIDDLE),
                        MIDDLE),
                row(
                        "certificate-name-mismatch",
                        Name.NAME,
                        TestPki.leaf("*.co.uk").issuedBy(MIDDLE),
                        MIDDLE),
                row(
                        "certificate-name-mismatch",
                        Name.NAME,
                        TestPki.leaf("l*.supplier.co.uk").issuedBy(MIDDLE),
                        MIDDLE),
                row("certificate-self-signed", Name.CHAIN, TestPki.leaf(HOST).selfSigned()),
                row("certificate-chain-incomplete", Name.CHAIN, LEAF),
                row(
                        "certificate-root-not-public",
                        Name.CHAIN,
                        TestPki.leaf(HOST).issuedBy(stranger),
                        stranger),
                row(
                        "certificate-issuer-not-allowed",
                        Name.CHAIN,
                        TestPki.leaf(HOST).issuedBy(forCode),
                        forCode),
                row("certificate-misordered", null, LEAF, ROOT, MIDDLE),
                row("", null, underCross, expiredRoot, crossSigned));
    }

    private static Arguments row(String code, Name failed, Issued leaf, Issued... rest) {
        return Arguments.of(code, failed, leaf, rest);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void judgesThePresentedChain(String code, Name failed, Issued leaf, Issued[] rest) {
        serve(socket -> {}, KEYS, leaf, rest);
        var report = jwks();
        assertThat(codes(report))
                .filteredOn(found -> !found.equals("certificate-extra"))
                .isEqualTo(code.isEmpty() ? List.of() : List.of(code));
        assertThat(report.failed().map(CheckStep::name).orElse(null)).isEqualTo(failed);
        assertThat(report.seen().chain()).hasSize(1 + rest.length);
        var content = report.steps().get(6);
        assertThat(content.state()).isEqualTo(failed == null ? State.PASSED : State.NOT_REACHED);
    }

    @Test
    void tellsSeveralFaultsAtOnce() {
        serve(
                socket -> {},
                KEYS,
                TestPki.leaf("other.supplier.co.uk")
                        .valid(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1)))
                        .issuedBy(MIDDLE));
        assertThat(codes(logout()))
                .containsExactlyInAnyOrder(
                        "certificate-expired", "certificate-name-mismatch", "certificate-chain-incomplete");
    }

    @Test
    void readsNoCertificateWithTenThousandNames() {
        var names = IntStream.range(0, 10_000)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, "a" + i + ".supplier.co.uk"))
                .toArray(GeneralName[]::new);
        serve(socket -> {}, KEYS, TestPki.leaf(HOST).names(names).issuedBy(MIDDLE), MIDDLE);
        var report = jwks();
        assertThat(codes(report)).containsExactly("tls-failed");
        assertThat(report.violations().all().get(0).arguments().get(0)).contains("maximum allowed size");
    }

    // Content of a key set

    @ParameterizedTest
    @CsvSource({
        "301 Moved Permanently, https://other.example.com/jwks, redirect-not-followed",
        "302 Found, http://169.254.169.254/, redirect-not-followed",
        "307 Temporary Redirect, /elsewhere, redirect-not-followed",
        "204 No Content,, response-status",
        "401 Unauthorized,, response-status",
        "403 Forbidden,, response-status",
        "404 Not Found,, response-status",
        "500 Internal Server Error,, response-status"
    })
    void wantsStatus200(String status, String location, String code) {
        serve(Answers.of(status, location == null ? "" : "Location: " + location + "\r\n", ""));
        var report = jwks();
        assertThat(codes(report)).containsExactly(code);
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CONTENT);
        assertThat(report.violations().all().get(0).arguments())
                .startsWith(status.substring(0, 3))
                .satisfies(arguments -> {
                    if (location != null) {
                        assertThat(arguments.get(1)).isEqualTo(location);
                    }
                });
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("response-too-large", Answers.of("200 OK", "", "x".repeat(5 << 20))),
                Arguments.of("response-too-large", Answers.of("200 OK", "X: " + "x".repeat(1 << 20) + "\r\n", "{}")),
                Arguments.of("response-too-slow", (Behaviour) connection -> {
                    Answers.request(connection);
                    connection.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
                    for (int i = 0; i < 100; i++) {
                        connection.getOutputStream().write('x');
                        Thread.sleep(50);
                    }
                }),
                Arguments.of("response-malformed", Answers.wire("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void refusesContentThatExceedsTheLimits(String code, Behaviour behaviour) {
        serve(behaviour);
        assertThat(codes(jwks())).containsExactly(code);
    }

    @Test
    void handsContentToTheRulesOnKeys() {
        serve(Answers.of("200 OK", "Content-Type: text/html\r\n", "<html>"));
        var report = new JwksProbe(probe).check(Endpoint.jwks(URI, null), response -> {
            assertThat(response.header("content-type")).contains("text/html");
            assertThat(response.body()).asString().isEqualTo("<html>");
            return new Violations(List.of(Violation.of("jwks_uri", dev.connectionmanager.policy.Rule.WRONG_TYPE)));
        });
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CONTENT);
    }

    @Test
    void warnsWhenASecondLookGivesOtherKeys() {
        var answers = new AtomicInteger();
        serve(connection -> Answers.of("200 OK", "", "{\"keys\":[{\"kid\":\"" + answers.incrementAndGet() + "\"}]}")
                .serve(connection));
        var report = jwks();
        assertThat(codes(report)).containsExactly("jwks-differs");
        assertThat(report.blocks()).isFalse();
    }

    @Test
    void doesNotMindAnotherOrderOfTheSameKeys() {
        var answers = new AtomicInteger();
        serve(connection -> Answers.of(
                        "200 OK",
                        "",
                        answers.getAndIncrement() == 0
                                ? "{\"keys\":[{\"kid\":\"a\",\"kty\":\"EC\"},{\"kid\":\"b\"}]}"
                                : "{ \"keys\": [ {\"kid\":\"b\"}, {\"kty\":\"EC\",\"kid\":\"a\"} ] }")
                .serve(connection));
        assertThat(codes(jwks())).isEmpty();
        assertThat(answers).hasValue(2);
    }

    // Answers of back-channel logout endpoints

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 Bad Request | no-store |",
                "400 Bad Request | no-cache, NO-STORE |",
                "400 Bad Request | no-cache | logout-response-cacheable",
                "200 OK | no-store | logout-token-not-required",
                "204 No Content | no-store | logout-token-not-required",
                "302 Found | no-store | logout-response-redirect",
                "401 Unauthorized | no-store | logout-response-status",
                "404 Not Found | no-store | logout-response-status",
                "405 Method Not Allowed | no-store | logout-response-status",
                "500 Internal Server Error | no-store | logout-response-status"
            })
    void onlyWarnsAboutAnswersToAnEmptyLogoutRequest(String status, String cacheControl, String code) {
        serve(Answers.of(
                status, "Location: https://login.example.com/\r\nCache-Control: " + cacheControl + "\r\n", ""));
        var report = logoutPost();
        assertThat(codes(report)).isEqualTo(code == null ? List.of() : List.of(code));
        assertThat(report.blocks()).isFalse();
        assertThat(report.seen().status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    }

    @Test
    void postsAnEmptyForm() {
        var sent = new java.util.concurrent.atomic.AtomicReference<List<String>>();
        serve(connection -> {
            sent.set(Answers.request(connection));
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes());
        });
        logoutPost();
        assertThat(sent.get())
                .startsWith("POST /path HTTP/1.1")
                .contains("Content-Type: application/x-www-form-urlencoded", "Content-Length: 0");
    }

    @Test
    void warnsWhenTheLogoutEndpointGivesNoAnswer() {
        serve(connection -> Answers.request(connection));
        assertThat(codes(logoutPost())).containsExactly("logout-response-unusable");
    }
}
