package dev.connectionmanager.verification.certificate;

import static dev.connectionmanager.policy.Rule.*;
import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.certificate.TestPki.intermediate;
import static dev.connectionmanager.verification.certificate.TestPki.leaf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.TestPki.Draft;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsRulesTest {
    static final String HOST = "www.example.org";
    static final Issued ROOT = TestPki.root("Root");
    static final Issued MIDDLE = intermediate("Middle").issuedBy(ROOT);
    static final TrustAnchors ANCHORS = TrustAnchors.of(List.of(ROOT.certificate()));

    static Violations check(TrustAnchors anchors, Issued... chain) {
        return TlsRules.check("jwks_uri", seen(HOST, chain), anchors, NOW);
    }

    static TlsObservation seen(String host, Issued... chain) {
        var certificates = Arrays.stream(chain).map(Issued::certificate).toList();
        return TlsObservation.completed(host, certificates, "TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of());
    }

    static List<Rule> rules(Violations violations) {
        return violations.all().stream().map(Violation::rule).toList();
    }

    private static Arguments row(String reason, Draft draft, Rule... expected) {
        return arguments(named(reason, draft), List.of(expected));
    }

    static Stream<Arguments> leaves() {
        Duration day = Duration.ofDays(1);
        return Stream.of(
                row("a sound certificate", leaf(HOST)),
                row("any case in the name", leaf("WWW.Example.ORG")),
                row("RSA 2048", leaf(HOST).key("RSA-2048")),
                row("P-384", leaf(HOST).key("secp384r1")),
                row("Ed25519", leaf(HOST).key("Ed25519")),
                row("another name", leaf("other.example.org"), CERTIFICATE_NAME_MISMATCH),
                row("the common name does not count", leaf(HOST).names(), CERTIFICATE_NAME_MISMATCH),
                row("expired", leaf(HOST).valid(NOW.minus(day), NOW.minusSeconds(1)), CERTIFICATE_EXPIRED),
                row(
                        "the last second is valid",
                        leaf(HOST).valid(NOW.minus(day.multipliedBy(90)), NOW),
                        CERTIFICATE_EXPIRES_SOON),
                row(
                        "30 days left",
                        leaf(HOST).valid(NOW.minus(day), NOW.plus(day.multipliedBy(30))),
                        CERTIFICATE_EXPIRES_SOON),
                row("31 days left", leaf(HOST).valid(NOW, NOW.plus(day.multipliedBy(31)))),
                row(
                        "from tomorrow",
                        leaf(HOST).valid(NOW.plus(day), NOW.plus(day.multipliedBy(90))),
                        CERTIFICATE_NOT_YET_VALID),
                row("RSA 1024", leaf(HOST).key("RSA-1024"), CERTIFICATE_WEAK),
                row("DSA", leaf(HOST).key("DSA-2048"), CERTIFICATE_WEAK),
                row("SHA-1", leaf(HOST).signature("SHA1withECDSA"), CERTIFICATE_WEAK),
                row(
                        "version 1",
                        leaf(HOST).version1(),
                        CERTIFICATE_MALFORMED,
                        CERTIFICATE_NOT_FOR_SERVERS,
                        CERTIFICATE_NAME_MISMATCH),
                row("no subject, names critical", leaf(HOST).subject("").namesCritical()),
                row(
                        "names that are no GeneralNames",
                        leaf(HOST).names().extension("2.5.29.17", false, new DEROctetString(new byte[] {1})),
                        CERTIFICATE_MALFORMED),
                row(
                        "an unknown critical extension",
                        leaf(HOST).extension("1.2.3.4", true, DERNull.INSTANCE),
                        CERTIFICATE_EXTENSION_UNKNOWN),
                row("an unknown extension", leaf(HOST).extension("1.2.3.4", false, DERNull.INSTANCE)),
                row("for clients", leaf(HOST).purposes(KeyPurposeId.id_kp_clientAuth), CERTIFICATE_NOT_FOR_SERVERS),
                row("for no stated purpose", leaf(HOST).purposes(), CERTIFICATE_NOT_FOR_SERVERS),
                row(
                        "a key that may not sign",
                        leaf(HOST).keyUsage(KeyUsage.keyEncipherment),
                        CERTIFICATE_NOT_FOR_SERVERS),
                row("an authority", leaf(HOST).ca(new BasicConstraints(true)), CERTIFICATE_IS_CA),
                row(
                        "all that is wrong at once",
                        leaf("other.example.org")
                                .key("RSA-1024")
                                .valid(NOW.minus(day), NOW.minusSeconds(1))
                                .purposes(),
                        CERTIFICATE_EXPIRED,
                        CERTIFICATE_WEAK,
                        CERTIFICATE_NOT_FOR_SERVERS,
                        CERTIFICATE_NAME_MISMATCH));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void judgesTheServersOwnCertificate(Draft draft, List<Rule> expected) {
        assertThat(rules(check(ANCHORS, draft.issuedBy(MIDDLE), MIDDLE))).containsExactlyElementsOf(expected);
    }

    static Stream<Arguments> intermediates() {
        return Stream.of(
                row("a sound intermediate", intermediate("I1")),
                row(
                        "for servers among others",
                        intermediate("I2").purposes(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth)),
                row(
                        "for clients only",
                        intermediate("I3").purposes(KeyPurposeId.id_kp_clientAuth),
                        CERTIFICATE_ISSUER_NOT_ALLOWED),
                row("no CA", intermediate("I4").ca(null), CERTIFICATE_ISSUER_NOT_ALLOWED),
                row(
                        "may not sign certificates",
                        intermediate("I5").keyUsage(KeyUsage.digitalSignature),
                        CERTIFICATE_ISSUER_NOT_ALLOWED),
                row("room for none below", intermediate("I6").ca(new BasicConstraints(0))),
                row("expired", intermediate("I7").valid(NOW.minusSeconds(9), NOW.minusSeconds(1)), CERTIFICATE_EXPIRED),
                row(
                        "from tomorrow",
                        intermediate("I8").valid(NOW.plusSeconds(9), NOW.plusSeconds(9_000_000)),
                        CERTIFICATE_NOT_YET_VALID),
                row("SHA-1", intermediate("I9").signature("SHA1withECDSA"), CERTIFICATE_WEAK),
                row("RSA 1024", intermediate("I10").key("RSA-1024"), CERTIFICATE_WEAK),
                row(
                        "an unknown critical extension",
                        intermediate("I11").extension("1.2.3.4", true, DERNull.INSTANCE),
                        CERTIFICATE_EXTENSION_UNKNOWN),
                row(
                        "a policy is demanded",
                        intermediate("I12").extension("2.5.29.36", true, requireExplicitPolicy()),
                        CERTIFICATE_POLICY_MISSING),
                row("permits the host’s domain", intermediate("I13").permitted(dns("example.org"))),
                row(
                        "permits another domain",
                        intermediate("I14").permitted(dns("example.com")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                row("excludes the host", intermediate("I15").excluded(dns(HOST)), CERTIFICATE_NAME_NOT_PERMITTED),
                row("excludes another host", intermediate("I16").excluded(dns("w.example.org"))),
                row("permits subdomains", intermediate("I26").permitted(dns(".example.org"))),
                row("permits every subject", intermediate("I27").permitted(directory(""))),
                row(
                        "excludes every subject",
                        intermediate("I28").excluded(directory("")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                row(
                        "permits part of the name only",
                        intermediate("I29").permitted(dns("ample.org")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                row("excludes every host", intermediate("I21").excluded(dns("")), CERTIFICATE_NAME_NOT_PERMITTED),
                row("permits every host", intermediate("I22").permitted(dns(""))),
                row(
                        "excludes the host in capitals",
                        intermediate("I23").excluded(dns("WWW.Example.ORG")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                row(
                        "excludes every address",
                        intermediate("I24").excluded(new GeneralName(GeneralName.iPAddress, "0.0.0.0/0"))),
                row(
                        "constrains addresses only",
                        intermediate("I17").permitted(new GeneralName(GeneralName.iPAddress, "192.0.2.0/24"))),
                row(
                        "permits another organisation",
                        intermediate("I18").permitted(directory("O=Other")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                row(
                        "excludes the subject",
                        intermediate("I19").excluded(directory("CN=" + HOST)),
                        CERTIFICATE_NAME_NOT_PERMITTED));
    }

    @ParameterizedTest
    @MethodSource("intermediates")
    void judgesTheIssuer(Draft draft, List<Rule> expected) {
        Issued issuer = draft.issuedBy(ROOT);
        assertThat(rules(check(ANCHORS, leaf(HOST).issuedBy(issuer), issuer))).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.org,      *.example.org,       ",
        "www.example.org.,     www.example.org,     ",
        "a.b.example.org,      *.example.org,       CERTIFICATE_NAME_MISMATCH",
        "example.org,          *.example.org,       CERTIFICATE_NAME_MISMATCH",
        "foo.example.org,      f*.example.org,      CERTIFICATE_NAME_MISMATCH",
        "a.b.example.org,      a.*.example.org,     CERTIFICATE_NAME_MISMATCH",
        "a.b.example.org,      *.*.example.org,     CERTIFICATE_NAME_MISMATCH",
        "example.org,          *,                   CERTIFICATE_NAME_MISMATCH",
        "example.org,          *.org,               CERTIFICATE_WILDCARD_TOO_WIDE",
        "example.co.uk,        *.co.uk,             CERTIFICATE_WILDCARD_TOO_WIDE",
        "a.azurewebsites.net,  *.azurewebsites.net, CERTIFICATE_WILDCARD_SHARED",
        "www.example.org,      .example.org,        CERTIFICATE_NAME_MISMATCH",
        "192.0.2.1,            192.0.2.1,           CERTIFICATE_NAME_MISMATCH",
    })
    void matchesTheHostAgainstTheNames(String host, String name, Rule expected) {
        Issued server = leaf(name).issuedBy(MIDDLE);
        Violations found = TlsRules.check(seen(host, server, MIDDLE), ANCHORS, NOW);
        assertThat(rules(found)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void matchesAnAddressAgainstAddressesOnly() {
        Issued server = leaf().names(new GeneralName(GeneralName.iPAddress, "192.0.2.1"))
                .issuedBy(MIDDLE);
        assertThat(TlsRules.check(seen("192.0.2.1", server, MIDDLE), ANCHORS, NOW)
                        .all())
                .isEmpty();
        Issued excluding = intermediate("I25")
                .excluded(new GeneralName(GeneralName.iPAddress, "0.0.0.0/0"))
                .issuedBy(ROOT);
        Issued excluded = leaf().names(new GeneralName(GeneralName.iPAddress, "192.0.2.1"))
                .issuedBy(excluding);
        assertThat(rules(TlsRules.check(seen("192.0.2.1", excluded, excluding), ANCHORS, NOW)))
                .containsExactly(CERTIFICATE_NAME_NOT_PERMITTED);
        assertThat(rules(TlsRules.check(seen("192.0.2.2", server, MIDDLE), ANCHORS, NOW)))
                .containsExactly(CERTIFICATE_NAME_MISMATCH);
    }

    @Test
    void namesTheHostAndTheNamesFound() {
        Issued server = leaf("a.example.org", "*.b.example.org").issuedBy(MIDDLE);
        assertThat(check(ANCHORS, server, MIDDLE).all())
                .containsExactly(
                        Violation.of("jwks_uri", CERTIFICATE_NAME_MISMATCH, HOST, "a.example.org, *.b.example.org"));
    }

    @Test
    void refusesWildcardOverAnExcludedHost() {
        Issued issuer = intermediate("I20").excluded(dns(HOST)).issuedBy(ROOT);
        assertThat(rules(check(ANCHORS, leaf("*.example.org").issuedBy(issuer), issuer)))
                .containsExactly(CERTIFICATE_NAME_NOT_PERMITTED);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256,                ",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,       ",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, ",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256,       TLS_CIPHER_WEAK",
        "TLSv1.2, TLS_RSA_WITH_AES_128_GCM_SHA256,             TLS_CIPHER_WEAK",
        "TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,         TLS_CIPHER_WEAK",
        "TLSv1.1, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,          TLS_VERSION_TOO_OLD",
    })
    void judgesProtocolAndCipherSuite(String protocol, String suite, Rule expected) {
        var chain = List.of(leaf(HOST).issuedBy(ROOT).certificate());
        TlsObservation seen = TlsObservation.completed(HOST, chain, protocol, suite, List.of());
        assertThat(rules(TlsRules.check(seen, ANCHORS, NOW)))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "PROTOCOL_VERSION,            TLS_VERSION_TOO_OLD",
        "CIPHER_SUITE,                TLS_CIPHER_WEAK",
        "CERTIFICATE_UNREADABLE,      CERTIFICATE_MALFORMED",
        "CERTIFICATES_TOO_LARGE,      CERTIFICATE_CHAIN_TOO_COMPLEX",
        "CLIENT_CERTIFICATE_REQUIRED, TLS_CLIENT_CERTIFICATE_REQUIRED",
        "OTHER,                       TLS_FAILED",
    })
    void tellsWhyTheHandshakeFailed(TlsFailure.Kind kind, Rule expected) {
        TlsObservation seen = TlsObservation.failed(HOST, List.of(), new TlsFailure(kind, "alert"));
        assertThat(rules(TlsRules.check(seen, ANCHORS, NOW))).containsExactly(expected);
    }

    static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName directory(String name) {
        return new GeneralName(GeneralName.directoryName, name);
    }

    /** PolicyConstraints with requireExplicitPolicy 0. */
    private static org.bouncycastle.asn1.DERSequence requireExplicitPolicy() {
        return new org.bouncycastle.asn1.DERSequence(
                new org.bouncycastle.asn1.DERTaggedObject(false, 0, new org.bouncycastle.asn1.ASN1Integer(0)));
    }
}
