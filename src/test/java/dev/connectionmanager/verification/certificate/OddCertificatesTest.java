package dev.connectionmanager.verification.certificate;

import static dev.connectionmanager.policy.Rule.*;
import static dev.connectionmanager.verification.certificate.TestPki.NOW;
import static dev.connectionmanager.verification.certificate.TestPki.intermediate;
import static dev.connectionmanager.verification.certificate.TestPki.leaf;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ANCHORS;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.HOST;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.MIDDLE;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.ROOT;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.check;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.dns;
import static dev.connectionmanager.verification.certificate.TlsRulesTest.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.verification.certificate.TestPki.Draft;
import dev.connectionmanager.verification.certificate.TestPki.Issued;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates as only a test suite or an attacker makes them. */
class OddCertificatesTest {
    private static final String ANY_POLICY = "2.5.29.32.0";

    /** Issued once: a table is read anew for each row that runs on its own. */
    private static final List<Arguments> ALL = Stream.of(names(), forms(), paths(), constraints(), policies())
            .flatMap(rows -> rows)
            .toList();

    static Stream<Arguments> all() {
        return ALL.stream();
    }

    private static Arguments row(String reason, List<Issued> chain, Rule... expected) {
        return arguments(named(reason, chain), List.of(expected));
    }

    private static Arguments under(String reason, Draft issuer, Draft server, Rule... expected) {
        Issued above = issuer.issuedBy(ROOT);
        return row(reason, List.of(server.issuedBy(above), above), expected);
    }

    private static Arguments server(String reason, Draft draft, Rule... expected) {
        return row(reason, List.of(draft.issuedBy(MIDDLE), MIDDLE), expected);
    }

    private static Arguments authority(String reason, Draft upper, Draft lower, Rule... expected) {
        Issued above = upper.issuedBy(ROOT);
        Issued below = lower.issuedBy(above);
        return row(reason, List.of(leaf(HOST).issuedBy(below), below, above), expected);
    }

    private static Stream<Arguments> names() {
        Issued upper = intermediate("Odd Names").issuedBy(ROOT);
        X500Name utf8 = name(new DERUTF8String("Odd Names"));
        X500Name shouted = name(new DERPrintableString("ODD  names "));
        X500Name bmp = name(new DERBMPString("Odd Names"));
        Issued printable = intermediate("Odd Printable")
                .spelt(name(new DERPrintableString("Odd Printable")))
                .issuedBy(ROOT);
        return Stream.of(
                row("the issuer’s name in UTF-8", List.of(leaf(HOST).issuedBy(upper, utf8), upper)),
                row(
                        "the issuer’s name in capitals and more space",
                        List.of(leaf(HOST).issuedBy(upper, shouted), upper)),
                row(
                        "the issuer’s name as BMPString",
                        List.of(leaf(HOST).issuedBy(upper, bmp), upper),
                        CERTIFICATE_CHAIN_INCOMPLETE,
                        CERTIFICATE_EXTRA),
                row(
                        "a printable authority, named in UTF-8",
                        List.of(leaf(HOST).issuedBy(printable, name(new DERUTF8String("odd printable"))), printable)),
                row(
                        "the same key under another name",
                        List.of(leaf(HOST).issuedBy(upper, name(new DERUTF8String("Another"))), upper),
                        CERTIFICATE_CHAIN_INCOMPLETE,
                        CERTIFICATE_EXTRA),
                server("an empty subjectAltName", odd("2.5.29.17", new DERSequence()), CERTIFICATE_MALFORMED),
                server("a final dot", leaf(HOST + "."), CERTIFICATE_NAME_MISMATCH),
                server("a NUL in the name", leaf(HOST + "\0.evil.example"), CERTIFICATE_NAME_MISMATCH),
                server("a space before the name", leaf(" " + HOST), CERTIFICATE_NAME_MISMATCH),
                server("U-labels", leaf("www.ex\u00e4mple.org"), CERTIFICATE_NAME_MISMATCH),
                server("a sound name beside odd ones", leaf("", "*.*.org", "a b", HOST)),
                server(
                        "the host as an address of e-mail",
                        leaf().names(new GeneralName(GeneralName.rfc822Name, "x@" + HOST)),
                        CERTIFICATE_NAME_MISMATCH),
                server(
                        "the host as a URI",
                        leaf().names(new GeneralName(GeneralName.uniformResourceIdentifier, "https://" + HOST)),
                        CERTIFICATE_NAME_MISMATCH),
                server(
                        "an address of five octets",
                        leaf().names(
                                        dns(HOST),
                                        new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5]))),
                        CERTIFICATE_MALFORMED));
    }

    private static Stream<Arguments> forms() {
        return Stream.of(
                server("a negative serial number", leaf(HOST).serial(BigInteger.valueOf(-5))),
                server("serial number 0", leaf(HOST).serial(BigInteger.ZERO)),
                server("a serial number of 30 octets", leaf(HOST).serial(BigInteger.ONE.shiftLeft(239))),
                server("Ed25519", leaf(HOST).key("Ed25519")),
                server("RSA of 2047 bits", leaf(HOST).key("RSA-2047"), CERTIFICATE_WEAK),
                under("RSA-PSS", intermediate("PSS").key("RSA-2048"), leaf(HOST).signature("SHA256withRSAandMGF1")),
                under(
                        "RSA-PSS with SHA-1",
                        intermediate("PSS").key("RSA-2048"),
                        leaf(HOST).signature("SHA1withRSAandMGF1"),
                        CERTIFICATE_WEAK),
                under("MD5", intermediate("MD5").key("RSA-2048"), leaf(HOST).signature("MD5withRSA"), CERTIFICATE_WEAK),
                under(
                        "SHA-224",
                        intermediate("MD5").key("RSA-2048"),
                        leaf(HOST).signature("SHA224withRSA"),
                        CERTIFICATE_WEAK),
                server("a critical extendedKeyUsage", critical(leaf(HOST).purposes(), "2.5.29.37", serverAuth())),
                server(
                        "an empty extendedKeyUsage",
                        critical(leaf(HOST).purposes(), "2.5.29.37", new DERSequence()),
                        CERTIFICATE_MALFORMED),
                server(
                        "any purpose, but not servers",
                        leaf(HOST).purposes(KeyPurposeId.anyExtendedKeyUsage),
                        CERTIFICATE_NOT_FOR_SERVERS),
                server(
                        "critical authority information",
                        critical(leaf(HOST), "1.3.6.1.5.5.7.1.1", new DERSequence()),
                        CERTIFICATE_EXTENSION_UNKNOWN),
                server(
                        "basicConstraints that are no such thing",
                        leaf(HOST).extension("2.5.29.19", false, DERNull.INSTANCE),
                        CERTIFICATE_MALFORMED),
                server(
                        "a keyUsage that is no such thing",
                        leaf(HOST).keyUsage().extension("2.5.29.15", false, DERNull.INSTANCE),
                        CERTIFICATE_MALFORMED),
                under(
                        "name constraints that are no such thing",
                        intermediate("Odd 1").extension("2.5.29.30", false, DERNull.INSTANCE),
                        leaf(HOST),
                        CERTIFICATE_MALFORMED));
    }

    private static Stream<Arguments> paths() {
        Issued self = intermediate("Narrow One").ca(new BasicConstraints(0)).issuedBy(ROOT);
        Issued rolled = intermediate("Narrow One")
                .key("secp384r1")
                .ca(new BasicConstraints(0))
                .issuedBy(self);
        Issued below = intermediate("Below Rolled").issuedBy(rolled);
        List<Issued> deep = deep(15);
        List<Issued> deeper = deep(25);
        Issued old = intermediate("Old Root")
                .valid(NOW.minusSeconds(99), NOW.minusSeconds(1))
                .selfSigned();
        Issued cross = intermediate("Old Root").issuedBy(ROOT);
        return Stream.of(
                row("self-issued certificates do not count", List.of(leaf(HOST).issuedBy(rolled), rolled, self)),
                row(
                        "what stands below a self-issued one does",
                        List.of(leaf(HOST).issuedBy(below), below, rolled, self),
                        CERTIFICATE_ISSUER_NOT_ALLOWED),
                row("15 intermediates", deep),
                row("25 intermediates", deeper),
                row("an expired root beside its cross-sign", List.of(leaf(HOST).issuedBy(cross), old, cross)),
                row(
                        "a leaf above a leaf",
                        List.of(
                                leaf(HOST).issuedBy(leaf("a").issuedBy(MIDDLE)),
                                leaf("a").issuedBy(MIDDLE),
                                MIDDLE),
                        CERTIFICATE_ISSUER_NOT_ALLOWED,
                        CERTIFICATE_ISSUER_NOT_ALLOWED),
                under(
                        "a negative path length",
                        critical(
                                intermediate("Odd 2").ca(null),
                                "2.5.29.19",
                                new DERSequence(vector(ASN1Boolean.TRUE, new ASN1Integer(-1)))),
                        leaf(HOST),
                        CERTIFICATE_ISSUER_NOT_ALLOWED));
    }

    private static Stream<Arguments> constraints() {
        GeneralName mail = new GeneralName(GeneralName.rfc822Name, "example.org");
        return Stream.of(
                under(
                        "an excluded wildcard that no host is within",
                        intermediate("NC 1").excluded(dns("*.example.org")),
                        leaf(HOST),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "a permitted wildcard",
                        intermediate("NC 2").permitted(dns("*.example.org")),
                        leaf(HOST),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under("permits addresses of e-mail only", intermediate("NC 3").permitted(mail), leaf(HOST)),
                authority(
                        "an authority’s e-mail address is not permitted",
                        intermediate("NC 4").permitted(mail),
                        intermediate("x").subject("CN=Mail 4,E=x@example.com"),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                authority(
                        "an authority’s e-mail address is excluded",
                        intermediate("NC 5").excluded(mail),
                        intermediate("x").subject("CN=Mail 5,E=x@example.org"),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                authority(
                        "an authority’s e-mail address is permitted",
                        intermediate("NC 6").permitted(mail),
                        intermediate("x").subject("CN=Mail 6,E=x@example.org")),
                under(
                        "another e-mail address than permitted",
                        intermediate("NC 7").permitted(mail),
                        leaf().names(dns(HOST), new GeneralName(GeneralName.rfc822Name, "x@example.com")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "an organisation in another case and encoding",
                        intermediate("NC 8").permitted(new GeneralName(organisation(new DERUTF8String("ACME  Ltd")))),
                        leaf(HOST).spelt(organisation(new DERPrintableString("Acme Ltd")))),
                under(
                        "an address range of five octets",
                        intermediate("NC 9")
                                .extension("2.5.29.30", false, new NameConstraints(null, new GeneralSubtree[] {
                                    new GeneralSubtree(
                                            new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5])))
                                })),
                        leaf().names(dns(HOST), new GeneralName(GeneralName.iPAddress, "192.0.2.1")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "a mask with holes",
                        intermediate("NC 10")
                                .excluded(new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[] {
                                    (byte) 192, 0, 2, 0, (byte) 255, 0, (byte) 255, 0
                                }))),
                        leaf().names(dns(HOST), new GeneralName(GeneralName.iPAddress, "192.7.2.1")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "an IPv6 range",
                        intermediate("NC 11").excluded(new GeneralName(GeneralName.iPAddress, "2001:db8::/32")),
                        leaf().names(dns(HOST), new GeneralName(GeneralName.iPAddress, "2001:db8::1")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "an IPv6 address where IPv4 is permitted",
                        intermediate("NC 12").permitted(new GeneralName(GeneralName.iPAddress, "192.0.2.0/24")),
                        leaf().names(dns(HOST), new GeneralName(GeneralName.iPAddress, "2001:db8::1")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "a form that nobody can compare",
                        intermediate("NC 13").excluded(new GeneralName(GeneralName.registeredID, "1.2.3")),
                        leaf().names(dns(HOST), new GeneralName(GeneralName.registeredID, "1.2.4")),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "a minimum",
                        critical(
                                intermediate("NC 14"),
                                "2.5.29.30",
                                new NameConstraints(
                                        new GeneralSubtree[] {
                                            new GeneralSubtree(dns("example.org"), BigInteger.ONE, null)
                                        },
                                        null)),
                        leaf(HOST),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "a host within neither of two",
                        intermediate("NC 15").permitted(dns("a.example.org"), dns("b.example.org")),
                        leaf(HOST),
                        CERTIFICATE_NAME_NOT_PERMITTED),
                under(
                        "a URI outside",
                        intermediate("NC 16")
                                .permitted(new GeneralName(GeneralName.uniformResourceIdentifier, ".example.com")),
                        leaf().names(
                                        dns(HOST),
                                        new GeneralName(
                                                GeneralName.uniformResourceIdentifier, "https://a.example.org/")),
                        CERTIFICATE_NAME_NOT_PERMITTED));
    }

    private static Stream<Arguments> policies() {
        return Stream.of(
                under("a policy that nobody demands", policy(intermediate("P 1"), "1.2.3"), leaf(HOST)),
                under(
                        "a policy is demanded, and there",
                        explicit(policy(intermediate("P 2"), "1.2.3")),
                        policy(leaf(HOST), "1.2.3")),
                under(
                        "a policy is demanded, and another there",
                        explicit(policy(intermediate("P 3"), "1.2.3")),
                        policy(leaf(HOST), "1.2.4"),
                        CERTIFICATE_POLICY_MISSING),
                under(
                        "any policy is there",
                        explicit(policy(intermediate("P 4"), ANY_POLICY)),
                        policy(leaf(HOST), "1.2.4")),
                under(
                        "any policy does not count",
                        critical(explicit(policy(intermediate("P 5"), ANY_POLICY)), "2.5.29.54", new ASN1Integer(0)),
                        policy(leaf(HOST), ANY_POLICY),
                        CERTIFICATE_POLICY_MISSING),
                under(
                        "any policy is mapped, which is forbidden",
                        critical(policy(intermediate("P 6"), "1.2.3"), "2.5.29.33", mapping(ANY_POLICY, "1.2.3")),
                        leaf(HOST),
                        CERTIFICATE_POLICY_MISSING),
                under(
                        "a policy is mapped",
                        critical(
                                explicit(policy(intermediate("P 7"), "1.2.3")), "2.5.29.33", mapping("1.2.3", "1.2.9")),
                        policy(leaf(HOST), "1.2.9")),
                under(
                        "policy constraints that constrain nothing",
                        critical(policy(intermediate("P 8"), "1.2.3"), "2.5.29.36", new DERSequence()),
                        leaf(HOST)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void judgesWhatIsOdd(List<Issued> chain, List<Rule> expected) {
        assertThat(rules(check(ANCHORS, chain.toArray(Issued[]::new)))).containsExactlyElementsOf(expected);
    }

    private static List<Issued> deep(int intermediates) {
        List<Issued> chain = new ArrayList<>();
        Issued above = ROOT;
        for (int i = intermediates; i > 0; i--) {
            above = intermediate("Deep " + i).issuedBy(above);
            chain.add(0, above);
        }
        chain.add(0, leaf(HOST).issuedBy(above));
        return chain;
    }

    private static X500Name name(ASN1Encodable value) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, value).build();
    }

    private static X500Name organisation(ASN1Encodable value) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.O, value).build();
    }

    private static Draft odd(String oid, ASN1Encodable value) {
        return leaf(HOST).names().extension(oid, false, value);
    }

    private static Draft critical(Draft draft, String oid, ASN1Encodable value) {
        return draft.extension(oid, true, value);
    }

    private static DERSequence serverAuth() {
        return new DERSequence(KeyPurposeId.id_kp_serverAuth);
    }

    private static Draft policy(Draft draft, String oid) {
        return draft.extension("2.5.29.32", false, new DERSequence(new DERSequence(new ASN1ObjectIdentifier(oid))));
    }

    /** From here on a policy is demanded. */
    private static Draft explicit(Draft draft) {
        return critical(draft, "2.5.29.36", new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0))));
    }

    private static DERSequence mapping(String from, String to) {
        return new DERSequence(new DERSequence(vector(new ASN1ObjectIdentifier(from), new ASN1ObjectIdentifier(to))));
    }

    private static ASN1EncodableVector vector(ASN1Encodable... elements) {
        var vector = new ASN1EncodableVector();
        for (var element : elements) {
            vector.add(element);
        }
        return vector;
    }
}
