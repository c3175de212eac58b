package dev.connectionmanager.verification.certificate;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What one certificate must be by itself, whatever stands above or below it. RFC 5280 and the Baseline Requirements. */
public final class CertificateRules {
    /** So many days before its end somebody may want to hear of it. Policy. */
    public static final List<Integer> DAYS = List.of(1, 7, 15, 30, 60, 90);

    /** With more days than that left, it ends late enough. Policy. */
    private static final int SOON = 30;

    /** No certificate needs attention longer before its end. */
    public static final Duration ATTENTION = Duration.ofDays(SOON);

    /** What these rules or the JDK's path validation process; any other critical extension refuses (RFC 5280 4.2). */
    private static final Set<ASN1ObjectIdentifier> UNDERSTOOD = Set.of(
            Extension.basicConstraints,
            Extension.keyUsage,
            Extension.extendedKeyUsage,
            Extension.subjectAlternativeName,
            Extension.nameConstraints,
            Extension.certificatePolicies,
            Extension.policyMappings,
            Extension.policyConstraints,
            Extension.inhibitAnyPolicy,
            Extension.authorityKeyIdentifier,
            Extension.subjectKeyIdentifier);

    private CertificateRules() {}

    /**
     * From when on a certificate needs attention: 30 days before its end, or fewer where it never had as many to live. Who
     * renews every six days knows, as long as he does. Empty for one that lives no longer than a day.
     */
    public static Optional<Instant> needsAttentionFrom(Instant begins, Instant ends) {
        return DAYS.stream()
                .filter(days ->
                        days <= SOON && begins.plus(Duration.ofDays(days)).isBefore(ends))
                .max(Comparator.naturalOrder())
                .map(days -> ends.minus(Duration.ofDays(days)));
    }

    /** When the certificates end that were found to end soon. */
    public static Stream<Instant> endingSoon(Violations found) {
        return found.all().stream()
                .filter(violation -> violation.rule() == Rule.CERTIFICATE_EXPIRES_SOON)
                .map(violation -> Instant.parse(violation.arguments().get(1)));
    }

    /** The server's own certificate. */
    static Violations leaf(ParsedCertificate leaf, Instant now) {
        Violations.Collector found = new Violations.Collector();
        any(leaf, now, found);
        if (leaf.malformed()) {
            return found.violations();
        }
        if (leaf.isCa()) {
            found.add("", Rule.CERTIFICATE_IS_CA, leaf.shown());
        }
        // TLS 1.3 and ECDHE suites have the server sign (RFC 8446 4.4.2.2); serverAuth: Baseline Requirements
        // 7.1.2.7.10.
        if (leaf.extendedKeyUsage() == null
                || !leaf.extendedKeyUsage().hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)) {
            found.add("", Rule.CERTIFICATE_NOT_FOR_SERVERS, leaf.shown(), "extendedKeyUsage serverAuth");
        }
        if (leaf.keyUsage() != null && !leaf.keyUsage().hasUsages(KeyUsage.digitalSignature)) {
            found.add("", Rule.CERTIFICATE_NOT_FOR_SERVERS, leaf.shown(), "keyUsage digitalSignature");
        }
        return found.violations();
    }

    /** An intermediate or a root. */
    static Violations issuer(ParsedCertificate issuer, Instant now) {
        Violations.Collector found = new Violations.Collector();
        any(issuer, now, found);
        if (issuer.malformed()) {
            return found.violations();
        }
        // A version 1 certificate can say nothing of this; being trusted by configuration makes it a CA.
        boolean mute = issuer.trusted() && issuer.x509().getVersion() < 3;
        if (!mute && !issuer.isCa()) {
            found.add("", Rule.CERTIFICATE_ISSUER_NOT_ALLOWED, issuer.shown(), "basicConstraints cA");
        }
        if (issuer.keyUsage() != null && !issuer.keyUsage().hasUsages(KeyUsage.keyCertSign)) {
            found.add("", Rule.CERTIFICATE_ISSUER_NOT_ALLOWED, issuer.shown(), "keyUsage keyCertSign");
        }
        if (issuer.extendedKeyUsage() != null && !mayIssueForServers(issuer.extendedKeyUsage())) {
            found.add("", Rule.CERTIFICATE_ISSUER_NOT_ALLOWED, issuer.shown(), "extendedKeyUsage serverAuth");
        }
        return found.violations();
    }

    private static boolean mayIssueForServers(ExtendedKeyUsage purposes) {
        return purposes.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)
                || purposes.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage);
    }

    private static void any(ParsedCertificate certificate, Instant now, Violations.Collector found) {
        if (certificate.malformed() || !isWellFormed(certificate)) {
            found.add("", Rule.CERTIFICATE_MALFORMED, certificate.shown());
        }
        if (!certificate.trusted() && certificate.x509().getVersion() != 3) {
            found.add("", Rule.CERTIFICATE_MALFORMED, certificate.shown());
        }
        validity(certificate, now, found);
        CertificateStrength.weakKey(certificate)
                .ifPresent(weak -> found.add("", Rule.CERTIFICATE_WEAK, certificate.shown(), weak));
        if (!certificate.trusted()) {
            CertificateStrength.weakSignature(certificate)
                    .ifPresent(weak -> found.add("", Rule.CERTIFICATE_WEAK, certificate.shown(), weak));
        }
        List<String> unknown = certificate.criticalExtensions().stream()
                .filter(critical -> !UNDERSTOOD.contains(critical))
                .map(ASN1ObjectIdentifier::getId)
                .toList();
        if (!unknown.isEmpty()) {
            found.add("", Rule.CERTIFICATE_EXTENSION_UNKNOWN, certificate.shown(), PrintableText.of(unknown));
        }
    }

    private static void validity(ParsedCertificate certificate, Instant now, Violations.Collector found) {
        Instant from = certificate.notBefore();
        Instant until = certificate.notAfter();
        if (now.isBefore(from)) {
            found.add("", Rule.CERTIFICATE_NOT_YET_VALID, certificate.shown(), from.toString());
        }
        // The last second counts whole (RFC 5280 section 4.1.2.5).
        if (now.truncatedTo(ChronoUnit.SECONDS).isAfter(until)) {
            found.add("", Rule.CERTIFICATE_EXPIRED, certificate.shown(), until.toString());
        } else if (needsAttentionFrom(from, until)
                .filter(since -> !now.isBefore(since))
                .isPresent()) {
            found.add("", Rule.CERTIFICATE_EXPIRES_SOON, certificate.shown(), until.toString());
        }
    }

    private static boolean isWellFormed(ParsedCertificate certificate) {
        Certificate structure = certificate.structure();
        // RFC 5280 4.1.1.2: the two must agree, or the signed algorithm is not the one that was verified.
        boolean sameAlgorithm = structure
                .getSignatureAlgorithm()
                .equals(structure.getTBSCertificate().getSignature());
        boolean issued = structure.getIssuer().getRDNs().length > 0;
        return sameAlgorithm && issued && isNamed(certificate);
    }

    /** Without a subject, the name must stand in a critical subjectAltName; a CA needs a subject. RFC 5280 4.1.2.6. */
    private static boolean isNamed(ParsedCertificate certificate) {
        if (certificate.structure().getSubject().getRDNs().length > 0) {
            return true;
        }
        return !certificate.isCa() && certificate.criticalExtensions().contains(Extension.subjectAlternativeName);
    }
}
