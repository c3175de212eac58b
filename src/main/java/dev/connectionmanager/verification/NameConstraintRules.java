package dev.connectionmanager.verification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/** Name constraints along one path: RFC 5280 section 6.1.3 (b) and (c), the roots' own constraints included. */
final class NameConstraintRules {
    /** The forms that BouncyCastle's validator compares; a constraint on another form forbids that form. */
    private static final Set<Integer> COMPARED = Set.of(
            GeneralName.otherName,
            GeneralName.rfc822Name,
            GeneralName.dNSName,
            GeneralName.directoryName,
            GeneralName.uniformResourceIdentifier,
            GeneralName.iPAddress);

    private final PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    private final List<String> excludedHosts = new ArrayList<>();
    private final Set<Integer> forbiddenForms = new HashSet<>();
    private final Effort effort;
    private long subtrees;

    private NameConstraintRules(Effort effort) {
        this.effort = effort;
    }

    /**
     * @param path leaf first, trust anchor last
     * @return the certificate whose names lie outside what those above it may issue for
     */
    static Optional<ParsedCertificate> breach(List<ParsedCertificate> path, Effort effort) {
        NameConstraintRules rules = new NameConstraintRules(effort);
        for (int i = path.size() - 2; i >= 0; i--) {
            ParsedCertificate certificate = path.get(i);
            try {
                rules.add(path.get(i + 1).nameConstraints());
                if (i == 0 || !certificate.selfIssued()) {
                    rules.check(certificate);
                }
            } catch (NameConstraintValidatorException | RuntimeException outside) {
                // What the validator cannot compare it must not let pass.
                return Optional.of(certificate);
            }
        }
        return Optional.empty();
    }

    private void add(NameConstraints constraints) throws NameConstraintValidatorException {
        if (constraints == null) {
            return;
        }
        GeneralSubtree[] permitted = comparable(constraints.getPermittedSubtrees());
        GeneralSubtree[] excluded = comparable(constraints.getExcludedSubtrees());
        subtrees += permitted.length + excluded.length;
        spend(subtrees * (permitted.length + excluded.length));
        if (permitted.length > 0) {
            validator.intersectPermittedSubtree(permitted);
        }
        for (GeneralSubtree subtree : excluded) {
            validator.addExcludedSubtree(subtree);
            if (subtree.getBase().getTagNo() == GeneralName.dNSName) {
                excludedHosts.add(text(subtree.getBase()));
            }
        }
    }

    private GeneralSubtree[] comparable(GeneralSubtree[] given) throws NameConstraintValidatorException {
        List<GeneralSubtree> kept = new ArrayList<>();
        for (GeneralSubtree subtree : given == null ? new GeneralSubtree[0] : given) {
            // RFC 5280 section 4.2.1.10: minimum is zero and maximum absent.
            if (subtree.getMinimum().signum() != 0 || subtree.getMaximum() != null) {
                throw new NameConstraintValidatorException("minimum or maximum");
            }
            if (COMPARED.contains(subtree.getBase().getTagNo())) {
                kept.add(new GeneralSubtree(lowerCase(subtree.getBase())));
            } else {
                forbiddenForms.add(subtree.getBase().getTagNo());
            }
        }
        return kept.toArray(GeneralSubtree[]::new);
    }

    private void check(ParsedCertificate certificate) throws NameConstraintValidatorException {
        if (subtrees == 0 && forbiddenForms.isEmpty()) {
            return;
        }
        X500Name subject = certificate.structure().getSubject();
        spend(subtrees * (certificate.names().size() + subject.getRDNs().length));
        if (subject.getRDNs().length > 0) {
            validator.checkPermittedDN(subject);
            validator.checkExcludedDN(subject);
        }
        for (GeneralName name : certificate.names()) {
            if (forbiddenForms.contains(name.getTagNo())) {
                throw new NameConstraintValidatorException("form " + name.getTagNo());
            }
            if (COMPARED.contains(name.getTagNo())) {
                GeneralName plain = lowerCase(name);
                validator.checkPermitted(plain);
                validator.checkExcluded(plain);
                wildcard(plain);
            }
        }
    }

    /** {@code *.example.com} stands for {@code a.example.com} too, which may be excluded (CVE-2025-61727). */
    private void wildcard(GeneralName name) throws NameConstraintValidatorException {
        if (name.getTagNo() != GeneralName.dNSName || !text(name).startsWith("*.")) {
            return;
        }
        String covered = text(name).substring(1);
        for (String excluded : excludedHosts) {
            String host = excluded.startsWith(".") ? excluded.substring(1) : excluded;
            if (host.endsWith(covered) && host.indexOf('.') == host.length() - covered.length()) {
                throw new NameConstraintValidatorException("wildcard over an excluded host");
            }
        }
    }

    private void spend(long comparisons) throws NameConstraintValidatorException {
        if (!effort.compare(comparisons)) {
            throw new NameConstraintValidatorException("too many comparisons");
        }
    }

    /** Hosts compare without regard to case. */
    private static GeneralName lowerCase(GeneralName name) {
        return name.getTagNo() == GeneralName.dNSName
                ? new GeneralName(GeneralName.dNSName, new DERIA5String(text(name)))
                : name;
    }

    private static String text(GeneralName name) {
        return ((ASN1String) name.getName()).getString().toLowerCase(Locale.ROOT);
    }
}
