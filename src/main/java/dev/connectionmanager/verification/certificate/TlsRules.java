package dev.connectionmanager.verification.certificate;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges what one TLS handshake showed: protocol, certificate, name and chain. Tells everything that is wrong at once.
 * Sources: RFC 5280 (paths), RFC 9525 (names), the CA/Browser Forum Baseline Requirements (keys, purposes), RFC 9325
 * (protocol), and the service’s demand for a full chain to a trusted public root.
 */
public final class TlsRules {
    /** More than any real chain; the JDK’s own limit in a handshake is lower. */
    static final int MOST_CERTIFICATES = 100;

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");
    /** Forward secrecy and authenticated encryption; in TLS 1.3 every suite has both. RFC 9325 section 4.2. */
    private static final Pattern CIPHER_SUITES =
            Pattern.compile("TLS_ECDHE_(RSA|ECDSA)_WITH_(AES_(128|256)_GCM_SHA(256|384)|CHACHA20_POLY1305_SHA256)");

    private TlsRules() {}

    /** As {@link #check(String, TlsObservation, TrustAnchors, Instant)}, for no field in particular. */
    public static Violations check(TlsObservation seen, TrustAnchors anchors, Instant now) {
        return check("", seen, anchors, now);
    }

    /**
     * @param path the field whose URI was checked, such as {@code jwks_uri}; the path of every finding
     * @param seen what the handshake showed
     * @param anchors the roots to trust
     * @param now when to judge validity
     * @return every finding, each once; a server with none that blocks is acceptable
     */
    public static Violations check(String path, TlsObservation seen, TrustAnchors anchors, Instant now) {
        Violations.Collector found = new Violations.Collector();
        handshake(seen, found);
        if (!seen.chain().isEmpty()) {
            certificates(seen, anchors, now, found);
        }
        return new Violations(found.violations().all().stream()
                .distinct()
                .map(finding -> new Violation(path, finding.rule(), finding.arguments()))
                .toList());
    }

    /** Of a server that went on without the client certificate that it asked for. */
    public static Violation clientCertificateAsked(String path) {
        return Violation.of(path, Rule.TLS_CLIENT_CERTIFICATE_ASKED);
    }

    /** Of a server that refuses, after the handshake, whoever showed none. */
    public static Violation clientCertificateRequired(String path) {
        return Violation.of(path, Rule.TLS_CLIENT_CERTIFICATE_REQUIRED);
    }

    private static void handshake(TlsObservation seen, Violations.Collector found) {
        if (seen.failure() != null) {
            String detail = PrintableText.plain(seen.failure().detail());
            switch (seen.failure().kind()) {
                case PROTOCOL_VERSION -> found.add("", Rule.TLS_VERSION_TOO_OLD, detail);
                case CIPHER_SUITE -> found.add("", Rule.TLS_CIPHER_WEAK, detail);
                case CERTIFICATE_UNREADABLE -> found.add("", Rule.CERTIFICATE_MALFORMED, detail);
                case CERTIFICATES_TOO_LARGE -> found.add("", Rule.CERTIFICATE_CHAIN_TOO_COMPLEX);
                case CLIENT_CERTIFICATE_REQUIRED -> found.add("", Rule.TLS_CLIENT_CERTIFICATE_REQUIRED);
                case OTHER -> found.add("", Rule.TLS_FAILED, detail);
            }
            return;
        }
        if (!PROTOCOLS.contains(seen.protocol())) {
            found.add("", Rule.TLS_VERSION_TOO_OLD, PrintableText.plain(seen.protocol()));
        } else if (seen.protocol().equals("TLSv1.2")
                && !CIPHER_SUITES.matcher(seen.cipherSuite()).matches()) {
            found.add("", Rule.TLS_CIPHER_WEAK, PrintableText.plain(seen.cipherSuite()));
        }
        if (seen.chain().isEmpty()) {
            found.add("", Rule.TLS_FAILED, "no-certificate");
        }
    }

    private static void certificates(
            TlsObservation seen, TrustAnchors anchors, Instant now, Violations.Collector found) {
        ParsedCertificate leaf = ParsedCertificate.presented(seen.chain().get(0));
        Violations ofLeaf = CertificateRules.leaf(leaf, now);
        found.addAll(ofLeaf);
        if (!leaf.malformed()) {
            found.addAll(HostnameRules.check(seen.host(), leaf));
        }
        if (seen.chain().size() > MOST_CERTIFICATES) {
            found.add("", Rule.CERTIFICATE_CHAIN_TOO_COMPLEX);
            return;
        }
        ChainBudget effort = new ChainBudget();
        PathBuilding building = new PathBuilding(leaf, seen.chain(), anchors, effort);
        ChainRules.Judged judged = new ChainRules(building, anchors, !ofLeaf.block(), now, effort).judge();
        found.addAll(judged.found());
        found.addAll(OcspStapleRules.check(seen.stapledResponses(), judged.path(), now));
        order(seen.chain(), building, judged.path(), found);
    }

    /** TLS 1.3 tolerates disorder and extras (RFC 8446 section 4.4.2); some clients do not. */
    private static void order(
            List<X509Certificate> chain,
            PathBuilding building,
            List<ParsedCertificate> path,
            Violations.Collector found) {
        List<Integer> positions = path.stream()
                .map(certificate -> chain.indexOf(certificate.x509()))
                .filter(position -> position >= 0)
                .toList();
        if (!positions.equals(positions.stream().sorted().toList())) {
            found.add("", Rule.CERTIFICATE_MISORDERED);
        }
        Set<ParsedCertificate> related = building.related();
        building.intermediates().stream()
                .filter(certificate -> !related.contains(certificate))
                .forEach(extra -> found.add("", Rule.CERTIFICATE_EXTRA, extra.shown()));
        Set<X509Certificate> once = new HashSet<>();
        chain.stream()
                .filter(certificate -> !once.add(certificate))
                .forEach(again ->
                        found.add("", Rule.CERTIFICATE_EXTRA, PrintableText.of(again.getSubjectX500Principal())));
    }
}
