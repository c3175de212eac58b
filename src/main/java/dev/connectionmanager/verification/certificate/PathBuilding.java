package dev.connectionmanager.verification.certificate;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Every way from a leaf over the presented certificates to a trust anchor (RFC 4158). Nothing is fetched. Work is
 * bounded: only certificates from which an anchor can be reached are walked, no authority twice, within {@link ChainBudget}.
 */
final class PathBuilding {
    private final ParsedCertificate leaf;
    private final List<ParsedCertificate> intermediates;
    private final TrustAnchors anchors;
    private final ChainBudget effort;
    private final Map<ParsedCertificate, Map<ParsedCertificate, Boolean>> signed = new HashMap<>();
    private final Set<ParsedCertificate> reaching = new HashSet<>();

    /** @param chain as presented, the leaf included */
    PathBuilding(ParsedCertificate leaf, List<X509Certificate> chain, TrustAnchors anchors, ChainBudget effort) {
        this.leaf = leaf;
        this.intermediates = chain.stream()
                .skip(1)
                .distinct()
                .filter(certificate -> !certificate.equals(leaf.x509()) && !anchors.contain(certificate))
                .map(ParsedCertificate::presented)
                .toList();
        this.anchors = anchors;
        this.effort = effort;
    }

    ParsedCertificate leaf() {
        return leaf;
    }

    /** Presented certificates after the leaf, without repetitions and without copies of trust anchors. */
    List<ParsedCertificate> intermediates() {
        return intermediates;
    }

    /**
     * Walks paths, leaf first and anchor last, those that reach an anchor soonest first.
     *
     * @param usable whether to go on with a path whose last certificate was just added
     * @param accept returns true to stop at this path
     * @return whether a path was accepted
     */
    boolean walk(Predicate<List<ParsedCertificate>> usable, Predicate<List<ParsedCertificate>> accept) {
        if (reaching.isEmpty()) {
            findReaching();
        }
        return reaching.contains(leaf) && walk(new ArrayList<>(List.of(leaf)), usable, accept);
    }

    private boolean walk(
            List<ParsedCertificate> path,
            Predicate<List<ParsedCertificate>> usable,
            Predicate<List<ParsedCertificate>> accept) {
        ParsedCertificate top = path.get(path.size() - 1);
        for (ParsedCertificate anchor : anchors.named(top.issuer())) {
            List<ParsedCertificate> whole = with(path, anchor);
            if (effort.step() && signed(top, anchor) && usable.test(whole) && accept.test(whole)) {
                return true;
            }
        }
        for (ParsedCertificate issuer : intermediates) {
            boolean next = issuer.subject().equals(top.issuer())
                    && reaching.contains(issuer)
                    && path.stream().noneMatch(issuer::sameEntity)
                    && effort.step()
                    && signed(top, issuer);
            if (next && usable.test(with(path, issuer)) && walk(with(path, issuer), usable, accept)) {
                return true;
            }
        }
        return false;
    }

    private static List<ParsedCertificate> with(List<ParsedCertificate> path, ParsedCertificate issuer) {
        List<ParsedCertificate> longer = new ArrayList<>(path);
        longer.add(issuer);
        return longer;
    }

    /** From the anchors downward, so that a cycle which no anchor signed costs nothing. */
    private void findReaching() {
        List<ParsedCertificate> presented = with(intermediates, leaf);
        List<ParsedCertificate> news = presented.stream()
                .filter(one -> anchors.named(one.issuer()).stream().anyMatch(anchor -> signed(one, anchor)))
                .toList();
        while (!news.isEmpty()) {
            reaching.addAll(news);
            List<ParsedCertificate> issuers = news;
            news = presented.stream()
                    .filter(one -> !reaching.contains(one))
                    .filter(one -> issuers.stream().anyMatch(issuer -> issuer != leaf && signed(one, issuer)))
                    .toList();
        }
    }

    /** The presented certificates upward from the leaf, as far as they go, when no anchor is reached. */
    List<ParsedCertificate> partial() {
        List<ParsedCertificate> path = new ArrayList<>(List.of(leaf));
        boolean longer = true;
        while (longer) {
            ParsedCertificate top = path.get(path.size() - 1);
            longer = intermediates.stream()
                    .filter(issuer -> path.stream().noneMatch(issuer::sameEntity) && signed(top, issuer))
                    .findFirst()
                    .map(path::add)
                    .orElse(false);
        }
        return path;
    }

    /** The presented certificates that stand above the leaf in some way, whether or not the chosen path uses them. */
    Set<ParsedCertificate> related() {
        Set<ParsedCertificate> found = new HashSet<>(Set.of(leaf));
        List<ParsedCertificate> news = List.of(leaf);
        while (!news.isEmpty()) {
            List<ParsedCertificate> below = news;
            news = intermediates.stream()
                    .filter(issuer -> !found.contains(issuer))
                    .filter(issuer ->
                            below.stream().anyMatch(subject -> subject.issuer().equals(issuer.subject())))
                    .toList();
            found.addAll(news);
        }
        return found;
    }

    /** Whether {@code issuer} bears the name and the key that {@code subject} was signed with. */
    boolean signed(ParsedCertificate subject, ParsedCertificate issuer) {
        if (!subject.issuer().equals(issuer.subject())) {
            return false;
        }
        return signed.computeIfAbsent(subject, key -> new HashMap<>())
                .computeIfAbsent(issuer, key -> effort.signature() && verifies(subject, issuer));
    }

    private static boolean verifies(ParsedCertificate subject, ParsedCertificate issuer) {
        if (!CertificateStrength.isCheap(issuer.publicKey())) {
            return false;
        }
        try {
            subject.x509().verify(issuer.publicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException wrong) {
            return false;
        }
    }
}
