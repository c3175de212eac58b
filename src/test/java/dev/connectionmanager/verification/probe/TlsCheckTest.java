package dev.connectionmanager.verification.probe;

import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.probe.OneEndpoint.HOST;
import static dev.connectionmanager.verification.probe.OneEndpoint.KEYS;
import static dev.connectionmanager.verification.probe.OneEndpoint.LEAF;
import static dev.connectionmanager.verification.probe.OneEndpoint.MIDDLE;
import static dev.connectionmanager.verification.probe.OneEndpoint.ROOT;
import static dev.connectionmanager.verification.probe.OneEndpoint.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Stapling;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import dev.connectionmanager.verification.certificate.TestStaple;
import dev.connectionmanager.verification.probe.CheckStep.Name;
import dev.connectionmanager.verification.probe.CheckStep.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Live checks of TLS servers that misbehave. */
class TlsCheckTest {
    private final OneEndpoint endpoint = new OneEndpoint();

    @AfterEach
    void tearDown() throws Exception {
        endpoint.close();
    }

    /** A server hello that chooses TLS 1.1, and the alert of a server that knows nothing newer. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0015\u0003\u0001\u0000\u0002\u0002\u0046", "hello"})
    void tellsThatTlsIsTooOld(String answer) {
        var hello = "\u0016\u0003\u0002\u0000\u002a\u0002\u0000\u0000\u0026\u0003\u0002" + "r".repeat(32)
                + "\u0000\u00c0\u0013\u0000";
        endpoint.laboratory.raw(HOST, connection -> {
            connection.getInputStream().read(new byte[4096]);
            connection
                    .getOutputStream()
                    .write((answer.equals("hello") ? hello : answer)
                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            connection.getInputStream().readAllBytes();
        });
        var report = endpoint.jwks();
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
        endpoint.serve(
                socket -> {
                    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                    socket.setEnabledCipherSuites(new String[] {suite});
                },
                KEYS,
                leaf,
                MIDDLE);
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("tls-cipher-weak");
        assertThat(report.violations().all().get(0).arguments()).containsExactly(suite);
        assertThat(report.seen().chain()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,true", "TLSv1.2,false", "TLSv1.3,true", "TLSv1.3,false"})
    void refusesAServerThatInsistsOnAClientCertificateAndRemarksOnOneThatAsks(String protocol, boolean insists) {
        endpoint.serve(
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
        if (insists) {
            endpoint.awaitObjections();
        }
        for (var report : List.of(endpoint.logout(), endpoint.jwks())) {
            assertThat(codes(report))
                    .containsExactly(insists ? "tls-client-certificate-required" : "tls-client-certificate-asked");
            assertThat(report.blocks()).isEqualTo(insists);
        }
    }

    /** As nginx does: the handshake passes, and the answer would pass for a good one to a logout request. */
    @Test
    void refusesAServerThatInsistsOnAClientCertificateByItsAnswer() {
        endpoint.serve(
                socket -> socket.setWantClientAuth(true),
                Answers.of(
                        "400 Bad Request",
                        "Cache-Control: no-store\r\n",
                        "<center>No required SSL certificate was sent</center>"),
                LEAF,
                MIDDLE);
        for (var report : List.of(endpoint.jwks(), endpoint.logoutPost())) {
            assertThat(codes(report))
                    .containsExactly("tls-client-certificate-asked", "tls-client-certificate-required");
            assertThat(report.blocks()).isTrue();
        }
    }

    /** The JDK ends at 10, our rules at 100. */
    @Test
    void judgesChainsThatAreLongerThanTheJdkReads() {
        var chain = new ArrayList<Issued>(List.of(MIDDLE));
        for (int i = 0; i < 13; i++) {
            chain.add(0, TestPki.intermediate("Lower " + i).issuedBy(chain.get(0)));
        }
        var leaf = TestPki.leaf(HOST).issuedBy(chain.get(0));
        endpoint.serve(socket -> {}, KEYS, leaf, chain.toArray(Issued[]::new));
        var report = endpoint.jwks();
        assertThat(report.seen().chain()).hasSize(15);
        assertThat(codes(report)).isEmpty();
    }

    @Test
    void tellsThatAHandshakeStalls() {
        endpoint.hurry();
        endpoint.laboratory.raw(HOST, Answers.silent());
        var report = endpoint.jwks();
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
                row(
                        "certificate-name-mismatch",
                        Name.NAME,
                        TestPki.leaf("*.login.supplier.co.uk", "*.uk", "supplier.co.uk")
                                .issuedBy(MIDDLE),
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
        endpoint.serve(socket -> {}, KEYS, leaf, rest);
        var report = endpoint.jwks();
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
        endpoint.serve(
                socket -> {},
                KEYS,
                TestPki.leaf("other.supplier.co.uk")
                        .valid(NOW.minus(Duration.ofDays(90)), NOW.minus(Duration.ofDays(1)))
                        .issuedBy(MIDDLE));
        assertThat(codes(endpoint.logout()))
                .containsExactlyInAnyOrder(
                        "certificate-expired", "certificate-name-mismatch", "certificate-chain-incomplete");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,true", "TLSv1.3,true", "TLSv1.2,false", "TLSv1.3,false"})
    void refusesACertificateThatTheServerItselfCallsRevoked(String protocol, boolean revoked) throws Exception {
        var response = TestStaple.response(LEAF, MIDDLE, MIDDLE, revoked ? NOW.minus(Duration.ofDays(1)) : null);
        try (var stapling = new Stapling(response)) {
            endpoint.serve(socket -> socket.setEnabledProtocols(new String[] {protocol}), KEYS, LEAF, MIDDLE);
            assertThat(codes(endpoint.jwks())).isEqualTo(revoked ? List.of("certificate-revoked") : List.of());
        }
    }

    @Test
    void tellsWhenACertificateExpires() {
        endpoint.serve(
                socket -> {},
                KEYS,
                TestPki.leaf(HOST)
                        .valid(NOW.minus(Duration.ofDays(9)), NOW.plus(Duration.ofDays(9)))
                        .issuedBy(MIDDLE),
                MIDDLE);
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("certificate-expires-soon");
        assertThat(report.violations().all().get(0).arguments())
                .contains(NOW.plus(Duration.ofDays(9)).toString());
        assertThat(report.blocks()).isFalse();
    }

    @Test
    void refusesACertificateThatCannotBeRead() {
        endpoint.serve(socket -> {}, KEYS, TestPki.leaf(HOST).unreadable().issuedBy(MIDDLE), MIDDLE);
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("certificate-malformed");
        assertThat(report.blocks()).isTrue();
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CERTIFICATE);
    }

    @Test
    void reportsOnACertificateWithANameThatTheJdkCannotTell() {
        var party = new DERTaggedObject(true, 1, new DERPrintableString("a party"));
        var odd = new GeneralName(GeneralName.ediPartyName, new DERSequence(party));
        var host = new GeneralName(GeneralName.dNSName, HOST);
        endpoint.serve(socket -> {}, KEYS, TestPki.leaf(HOST).names(host, odd).issuedBy(MIDDLE), MIDDLE);
        var report = endpoint.jwks();
        assertThat(codes(report)).isEmpty();
        assertThat(report.seen().chain().get(0).names()).isEmpty();
    }

    @Test
    void readsNoCertificateWithTenThousandNames() {
        var names = IntStream.range(0, 10_000)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, "a" + i + ".supplier.co.uk"))
                .toArray(GeneralName[]::new);
        endpoint.serve(socket -> {}, KEYS, TestPki.leaf(HOST).names(names).issuedBy(MIDDLE), MIDDLE);
        assertThat(codes(endpoint.jwks())).containsExactly("certificate-chain-too-complex");
    }

    @Test
    void readsNoMoreCertificatesThanAnyServerNeeds() {
        var many = Collections.nCopies(100, MIDDLE).toArray(Issued[]::new);
        endpoint.serve(socket -> {}, KEYS, LEAF, many);
        assertThat(codes(endpoint.jwks())).containsExactly("certificate-chain-too-complex");
    }
}
