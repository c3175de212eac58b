package dev.connectionmanager.verification.certificate;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Whether the presented certificates alone lead from the leaf to a trust anchor, and if not, why. Of several paths one
 * without a blocking finding is enough; else the path with the fewest is told.
 */
final class ChainRules {
    private static final int MOST_PATHS_COMPARED = 50;

    private final PathBuilding building;
    private final TrustAnchors anchors;
    private final boolean leafSound;
    private final Instant now;
    private final ChainBudget effort;
    private final Map<ParsedCertificate, Violations> ofIssuer = new HashMap<>();

    /** @param leafSound whether nothing blocks the leaf itself, so that a refused path is the path’s fault */
    ChainRules(PathBuilding building, TrustAnchors anchors, boolean leafSound, Instant now, ChainBudget effort) {
        this.building = building;
        this.anchors = anchors;
        this.leafSound = leafSound;
        this.now = now;
        this.effort = effort;
    }

    /**
     * @param path leaf first; ends with a trust anchor, or where the presented certificates end
     * @param found what is wrong or to be warned of above the leaf
     */
    record Judged(List<ParsedCertificate> path, Violations found) {}

    Judged judge() {
        ParsedCertificate leaf = building.leaf();
        if (leaf.selfIssued() && building.signed(leaf, leaf)) {
            Violation itself = Violation.of("", Rule.CERTIFICATE_SELF_SIGNED, leaf.shown());
            return new Judged(List.of(leaf), new Violations(List.of(itself)));
        }
        List<Judged> judged = new ArrayList<>();
        boolean fine = building.walk(this::isSound, path -> {
            Judged one = new Judged(path, ofPath(path));
            judged.add(one);
            return !one.found().block();
        });
        if (fine) {
            return judged.get(judged.size() - 1);
        }
        building.walk(path -> true, path -> {
            judged.add(new Judged(path, ofPath(path)));
            return judged.size() >= MOST_PATHS_COMPARED;
        });
        Judged best = judged.stream()
                .min(java.util.Comparator.comparingLong(one ->
                        one.found().all().stream().filter(Violation::blocks).count()))
                .orElseGet(this::withoutAnchor);
        return effort.exhausted() ? tooComplex(best) : best;
    }

    private Violations ofIssuer(ParsedCertificate issuer) {
        return ofIssuer.computeIfAbsent(issuer, one -> CertificateRules.issuer(one, now));
    }

    /** What spoils the lower part of a path spoils the whole: no need to climb further. */
    private boolean isSound(List<ParsedCertificate> lower) {
        Violations.Collector found = new Violations.Collector();
        found.addAll(ofIssuer(lower.get(lower.size() - 1)));
        pathLengths(lower, found);
        return !found.violations().block()
                && NameConstraintRules.breach(lower, effort).isEmpty();
    }

    private Violations ofPath(List<ParsedCertificate> path) {
        Violations.Collector found = new Violations.Collector();
        path.stream().skip(1).map(this::ofIssuer).forEach(found::addAll);
        pathLengths(path, found);
        Optional<ParsedCertificate> outside = NameConstraintRules.breach(path, effort);
        if (effort.exhausted()) {
            found.add("", Rule.CERTIFICATE_CHAIN_TOO_COMPLEX);
        } else {
            outside.ifPresent(one -> found.add("", Rule.CERTIFICATE_NAME_NOT_PERMITTED, one.shown()));
        }
        if (leafSound && !found.violations().block()) {
            brokenPolicy(path)
                    .ifPresent(reason -> found.add(
                            "", Rule.CERTIFICATE_POLICY_MISSING, building.leaf().shown(), PrintableText.plain(reason)));
        }
        return found.violations();
    }

    /** RFC 5280 section 6.1.4 (l) and (m): self-issued intermediates do not count. */
    private static void pathLengths(List<ParsedCertificate> path, Violations.Collector found) {
        int below = 0;
        for (ParsedCertificate issuer : path.subList(1, path.size())) {
            if (below > issuer.pathLength()) {
                found.add(
                        "",
                        Rule.CERTIFICATE_ISSUER_NOT_ALLOWED,
                        issuer.shown(),
                        "pathLenConstraint " + issuer.pathLength());
            }
            below += issuer.selfIssued() ? 0 : 1;
        }
    }

    /**
     * Certificate policies (RFC 5280 section 6.1.3 (d) to (f)) are left to the JDK, and matter only where some
     * authority demands one or maps one to another, which can be wrong by itself (section 6.1.4 (a)). Asked about every chain, it would refuse sound ones: it takes a CA’s common name for a
     * host, and a key identifier that is marked critical for unknown.
     */
    private Optional<String> brokenPolicy(List<ParsedCertificate> path) {
        boolean matter = path.stream()
                .map(ParsedCertificate::x509)
                .anyMatch(one -> one.getExtensionValue(Extension.policyConstraints.getId()) != null
                        || one.getExtensionValue(Extension.policyMappings.getId()) != null);
        if (!matter) {
            return Optional.empty();
        }
        try {
            X509Certificate anchor = path.get(path.size() - 1).x509();
            List<X509Certificate> below = path.subList(0, path.size() - 1).stream()
                    .map(ParsedCertificate::x509)
                    .toList();
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now.truncatedTo(ChronoUnit.SECONDS)));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(below), parameters);
            return Optional.empty();
        } catch (CertPathValidatorException refused) {
            // Names are judged above.
            return refused.getReason() == PKIXReason.INVALID_NAME
                    ? Optional.empty()
                    : Optional.of(String.valueOf(refused.getMessage()));
        } catch (GeneralSecurityException | RuntimeException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** Tells apart why no anchor was reached, and what is wrong with what was presented besides. */
    private Judged withoutAnchor() {
        List<ParsedCertificate> path = building.partial();
        Violations.Collector found = new Violations.Collector();
        path.stream().skip(1).map(this::ofIssuer).forEach(found::addAll);
        ParsedCertificate top = path.get(path.size() - 1);
        if (top.selfIssued() && building.signed(top, top)) {
            found.add("", Rule.CERTIFICATE_ROOT_NOT_PUBLIC, top.shown());
            return new Judged(path, found.violations());
        }
        List<ParsedCertificate> namesakes = namesakes(top);
        List<ParsedCertificate> weak = namesakes.stream()
                .filter(issuer -> CertificateStrength.weakKey(issuer).isPresent())
                .toList();
        if (!weak.isEmpty()) {
            // The JDK verifies nothing with a key of an unknown curve, so who signed stays unknown.
            weak.forEach(issuer -> found.addAll(ofIssuer(issuer)));
        } else if (!namesakes.isEmpty() && namesakes.stream().noneMatch(issuer -> building.signed(top, issuer))) {
            found.add("", Rule.CERTIFICATE_SIGNATURE_INVALID, top.shown(), PrintableText.of(top.issuer()));
        } else {
            found.add("", Rule.CERTIFICATE_CHAIN_INCOMPLETE, top.shown(), PrintableText.of(top.issuer()));
        }
        return new Judged(path, found.violations());
    }

    /** Certificates that claim to be the issuer and whose key identifier does not deny it. */
    private List<ParsedCertificate> namesakes(ParsedCertificate subject) {
        List<ParsedCertificate> all = new ArrayList<>(anchors.named(subject.issuer()));
        all.addAll(building.intermediates());
        return all.stream()
                .filter(issuer -> issuer.subject().equals(subject.issuer()) && !subject.pointsAwayFrom(issuer))
                .toList();
    }

    private static Judged tooComplex(Judged best) {
        Violations.Collector found = new Violations.Collector();
        found.add("", Rule.CERTIFICATE_CHAIN_TOO_COMPLEX);
        found.addAll(best.found());
        return new Judged(best.path(), found.violations());
    }
}
