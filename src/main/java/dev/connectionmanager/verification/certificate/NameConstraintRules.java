package dev.connectionmanager.verification.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/**
 * Name constraints along one path: RFC 5280 section 6.1.3 (b) and (c), the roots’ own constraints included. Hosts are
 * compared here, since BouncyCastle’s validator overlooks wildcards (CVE-2025-61727) and the empty constraint that
 * stands for every host (Baseline Requirements 7.1.2.5.2); all other forms are left to it.
 */
final class NameConstraintRules {
    private static final Set<Integer> COMPARED_BY_VALIDATOR = Set.of(
            GeneralName.otherName,
            GeneralName.rfc822Name,
            GeneralName.directoryName,
            GeneralName.uniformResourceIdentifier,
            GeneralName.iPAddress);

    /** As a constraint has it: labels, maybe a dot before them, or nothing, which stands for every host. */
    private static final Pattern HOST = Pattern.compile("(\\.?[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63})*)?");

    private final PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    private final List<List<String>> permittedHosts = new ArrayList<>();
    private final List<String> excludedHosts = new ArrayList<>();
    /** Constrained forms that nothing here can compare: an instance of such a form refuses (RFC 5280 4.2.1.10). */
    private final Set<Integer> incomparable = new HashSet<>();

    private final ChainBudget effort;
    private long subtrees;

    private NameConstraintRules(ChainBudget effort) {
        this.effort = effort;
    }

    /**
     * @param path leaf first, trust anchor last
     * @return the certificate whose names lie outside what those above it may issue for
     */
    static Optional<ParsedCertificate> breach(List<ParsedCertificate> path, ChainBudget effort) {
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
        List<GeneralSubtree> permitted = subtrees(constraints.getPermittedSubtrees());
        List<GeneralSubtree> excluded = subtrees(constraints.getExcludedSubtrees());
        subtrees += permitted.size() + excluded.size();
        spend(subtrees * (permitted.size() + excluded.size()));
        List<String> hosts = hosts(permitted);
        if (!hosts.isEmpty()) {
            permittedHosts.add(hosts);
        }
        excludedHosts.addAll(hosts(excluded));
        boolean anySubject = permitted.stream().anyMatch(NameConstraintRules::isEmptyDirectoryName);
        GeneralSubtree[] others = permitted.stream()
                .filter(one -> COMPARED_BY_VALIDATOR.contains(one.getBase().getTagNo()))
                .filter(one -> !anySubject || one.getBase().getTagNo() != GeneralName.directoryName)
                .toArray(GeneralSubtree[]::new);
        if (others.length > 0) {
            validator.intersectPermittedSubtree(others);
        }
        for (GeneralSubtree subtree : excluded) {
            if (isEmptyDirectoryName(subtree)) {
                throw new NameConstraintValidatorException("every subject is excluded");
            }
            if (COMPARED_BY_VALIDATOR.contains(subtree.getBase().getTagNo())) {
                validator.addExcludedSubtree(subtree);
            }
        }
    }

    private List<GeneralSubtree> subtrees(GeneralSubtree[] given) throws NameConstraintValidatorException {
        List<GeneralSubtree> all = given == null ? List.of() : Arrays.asList(given);
        for (GeneralSubtree subtree : all) {
            // RFC 5280 section 4.2.1.10: minimum is zero and maximum absent.
            if (subtree.getMinimum().signum() != 0 || subtree.getMaximum() != null) {
                throw new NameConstraintValidatorException("minimum or maximum");
            }
            mustBeComparable(subtree.getBase());
            int form = subtree.getBase().getTagNo();
            if (form != GeneralName.dNSName && !COMPARED_BY_VALIDATOR.contains(form)) {
                incomparable.add(form);
            }
        }
        return all;
    }

    /** A constraint that no name can be compared with would exclude nothing. */
    private static void mustBeComparable(GeneralName base) throws NameConstraintValidatorException {
        boolean comparable =
                switch (base.getTagNo()) {
                    case GeneralName.dNSName -> HOST.matcher(text(base)).matches();
                    case GeneralName.iPAddress -> {
                        int length = ASN1OctetString.getInstance(base.getName()).getOctetsLength();
                        yield length == 8 || length == 32;
                    }
                    default -> true;
                };
        if (!comparable) {
            throw new NameConstraintValidatorException("a constraint that is no name");
        }
    }

    private void check(ParsedCertificate certificate) throws NameConstraintValidatorException {
        if (subtrees == 0) {
            return;
        }
        X500Name subject = certificate.structure().getSubject();
        spend(subtrees * (certificate.names().size() + subject.getRDNs().length));
        if (subject.getRDNs().length > 0) {
            validator.checkPermittedDN(subject);
            validator.checkExcludedDN(subject);
        }
        if (certificate.names().isEmpty()) {
            mailAddresses(subject);
        }
        for (GeneralName name : certificate.names()) {
            if (incomparable.contains(name.getTagNo())) {
                throw new NameConstraintValidatorException("form " + name.getTagNo());
            }
            if (name.getTagNo() == GeneralName.dNSName) {
                host(text(name));
            } else if (COMPARED_BY_VALIDATOR.contains(name.getTagNo())) {
                validator.checkPermitted(name);
                validator.checkExcluded(name);
            }
        }
    }

    /** Without a subjectAltName, constraints on addresses of e-mail are for those of the subject. */
    private void mailAddresses(X500Name subject) throws NameConstraintValidatorException {
        for (RDN part : subject.getRDNs(BCStyle.EmailAddress)) {
            for (AttributeTypeAndValue attribute : part.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.EmailAddress)) {
                    GeneralName address =
                            new GeneralName(GeneralName.rfc822Name, ((ASN1String) attribute.getValue()).getString());
                    validator.checkPermitted(address);
                    validator.checkExcluded(address);
                }
            }
        }
    }

    /** Each authority that permits hosts must permit this one, and none may exclude it or one that it stands for. */
    private void host(String name) throws NameConstraintValidatorException {
        boolean permitted = permittedHosts.stream()
                .allMatch(some -> some.stream().anyMatch(constraint -> isWithin(name, constraint)));
        boolean excluded = excludedHosts.stream()
                .anyMatch(constraint -> isWithin(name, constraint) || standsFor(name, constraint));
        if (!permitted || excluded) {
            throw new NameConstraintValidatorException("host");
        }
    }

    /** Zero or more labels may be added on the left; after a leading dot, which is common though not in the RFC, one. */
    private static boolean isWithin(String name, String constraint) {
        if (constraint.isEmpty()) {
            return true;
        }
        boolean wellFormed = !name.startsWith(".");
        return constraint.startsWith(".")
                ? wellFormed && name.endsWith(constraint)
                : name.equals(constraint) || (wellFormed && name.endsWith("." + constraint));
    }

    /** {@code *.example.com} stands for {@code a.example.com} too, which may be excluded. */
    private static boolean standsFor(String name, String constraint) {
        if (!name.startsWith("*.")) {
            return false;
        }
        String covered = name.substring(1);
        String host = constraint.startsWith(".") ? constraint.substring(1) : constraint;
        return host.endsWith(covered) && host.indexOf('.') == host.length() - covered.length();
    }

    private static boolean isEmptyDirectoryName(GeneralSubtree subtree) {
        return subtree.getBase().getTagNo() == GeneralName.directoryName
                && X500Name.getInstance(subtree.getBase().getName()).getRDNs().length == 0;
    }

    private static List<String> hosts(List<GeneralSubtree> subtrees) {
        return subtrees.stream()
                .map(GeneralSubtree::getBase)
                .filter(base -> base.getTagNo() == GeneralName.dNSName)
                .map(NameConstraintRules::text)
                .toList();
    }

    private void spend(long comparisons) throws NameConstraintValidatorException {
        if (!effort.compare(comparisons)) {
            throw new NameConstraintValidatorException("too many comparisons");
        }
    }

    /** Hosts compare without regard to case. */
    private static String text(GeneralName name) {
        return ((ASN1String) name.getName()).getString().toLowerCase(Locale.ROOT);
    }
}
