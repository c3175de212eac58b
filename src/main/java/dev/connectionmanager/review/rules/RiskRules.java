package dev.connectionmanager.review.rules;

import com.google.common.net.InternetDomainName;
import com.ibm.icu.text.SpoofChecker;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.HostText;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.uri.UriText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What in a request deserves a reviewer's eye, compared with what the application uses already. */
public final class RiskRules {
    /** Domains whose look-alikes would be the worst. Policy. */
    private static final Set<String> TRUSTED = Set.of("nhs.uk", "nhs.net", "gov.uk");

    /** Accents and strokes. */
    private static final Pattern MARK = Pattern.compile("\\p{M}");

    /** RFC 1035 section 2.3.4, as text. */
    private static final int LONGEST_HOST = 253;

    private final Candidate asked;
    private final Candidate before;
    private final List<Risk> risks = new ArrayList<>();

    private RiskRules(Candidate asked, Candidate before) {
        this.asked = asked;
        this.before = before;
    }

    /**
     * @param asked what is to be registered
     * @param before what is live; where nothing is, what Integration has; {@link Candidate#EMPTY} where there is neither
     * @param found what rules and live checks say of it
     * @return the weightiest first
     */
    public static List<Risk> check(Candidate asked, Candidate before, Violations found) {
        var rules = new RiskRules(asked, before);
        rules.checkHosts();
        rules.checkMechanisms();
        rules.checkLogout();
        for (Violation warning : found.warnings().all()) {
            rules.risks.add(Risk.of(
                    Risk.Kind.WARNING_OPEN,
                    warning.path().split("/")[0],
                    warning.rule().code(),
                    warning.arguments().toArray(String[]::new)));
        }
        return rules.risks.stream()
                .sorted((a, b) -> b.level().compareTo(a.level()))
                .toList();
    }

    private void checkHosts() {
        var hosts = hosts(before).collect(Collectors.toSet());
        var domains = hosts.stream().map(RiskRules::domain).collect(Collectors.toCollection(LinkedHashSet::new));
        var known = Stream.concat(domains.stream(), TRUSTED.stream())
                .distinct()
                .map(domain -> new Known(domain, skeleton(domain)))
                .toList();
        var told = new LinkedHashSet<String>();
        for (var uri : uris(asked)) {
            var host = host(uri.value());
            if (host.isEmpty() || hosts.contains(host) || !told.add(uri.member() + " " + host)) {
                continue;
            }
            checkHost(uri.member(), host, domains, known);
        }
    }

    private void checkHost(String member, String host, Set<String> domains, List<Known> known) {
        var domain = domain(host);
        lookAlike(host, domain, known)
                .ifPresent(other -> risks.add(Risk.of(Risk.Kind.LOOK_ALIKE, member, host, other.domain)));
        if (HostText.of(host).kind() == HostText.Kind.SHARED_HOSTING) {
            risks.add(Risk.of(Risk.Kind.SHARED_HOSTING, member, host));
        }
        if (domains.isEmpty()) {
            risks.add(Risk.of(Risk.Kind.FIRST_HOST, member, host));
        } else if (domains.contains(domain)) {
            risks.add(Risk.of(Risk.Kind.NEW_HOST, member, host, domain));
        } else {
            risks.add(Risk.of(Risk.Kind.OTHER_DOMAIN, member, host, String.join(", ", domains)));
        }
    }

    private void checkMechanisms() {
        var strength = strength(asked.tokenEndpointAuthMethod());
        if (strength < strength(before.tokenEndpointAuthMethod())) {
            risks.add(Risk.of(
                    Risk.Kind.WEAKER_MECHANISM,
                    "token_endpoint_auth_method",
                    Objects.requireNonNullElse(asked.tokenEndpointAuthMethod(), "none"),
                    before.tokenEndpointAuthMethod()));
        }
        if (before.userinfoSignedResponseAlg() != null && asked.userinfoSignedResponseAlg() == null) {
            risks.add(Risk.of(
                    Risk.Kind.WEAKER_MECHANISM,
                    "userinfo_signed_response_alg",
                    "not-signed",
                    before.userinfoSignedResponseAlg()));
        }
    }

    private void checkLogout() {
        if (before.backchannelLogoutUri() != null && asked.backchannelLogoutUri() == null) {
            risks.add(Risk.of(Risk.Kind.LOGOUT_REMOVED, "backchannel_logout_uri", before.backchannelLogoutUri()));
        }
    }

    /** OpenID Connect Core 1.0 section 9: a key of one's own, a secret that is not sent, a secret that is. */
    private static int strength(String method) {
        return TokenEndpointAuthMethod.ofCode(method)
                .map(m -> switch (m) {
                    case PRIVATE_KEY_JWT -> 3;
                    case CLIENT_SECRET_JWT -> 2;
                    case CLIENT_SECRET_POST, CLIENT_SECRET_BASIC -> 1;
                })
                .orElse(0);
    }

    private static Stream<String> hosts(Candidate candidate) {
        return uris(candidate).stream().map(uri -> host(uri.value())).filter(host -> !host.isEmpty());
    }

    private static List<Uri> uris(Candidate candidate) {
        return Stream.of(ClientMember.values())
                .filter(ClientMember::uri)
                .flatMap(member -> member.values(candidate).stream().map(uri -> new Uri(member.code(), uri)))
                .toList();
    }

    /** In lower case; empty for what has no host that DNS could have, and for a device's own. */
    private static String host(String uri) {
        var text = UriText.of(uri);
        var host = text.web() ? text.host().toLowerCase(Locale.ROOT) : "";
        return host.length() > LONGEST_HOST || HostText.of(host).loopback() ? "" : host;
    }

    /** The registrable domain; of what has none, the host itself. */
    static String domain(String host) {
        if (!HostText.of(host).publicName()) {
            return host;
        }
        var name = InternetDomainName.from(host);
        return name.isUnderPublicSuffix() ? name.topPrivateDomain().toString() : host;
    }

    private static Optional<Known> lookAlike(String host, String domain, List<Known> known) {
        var read = skeleton(domain);
        return known.stream()
                .filter(other -> pretends(host, other.domain) || looksLike(domain, read, other))
                .findFirst();
    }

    /** A known domain that stands before another one: {@code login.nhs.uk.example.com}. */
    private static boolean pretends(String host, String other) {
        return ("." + host).contains("." + other + ".");
    }

    /** Not the same, but easily taken for it: letters exchanged, one more, one less or one other. */
    private static boolean looksLike(String domain, String read, Known other) {
        if (domain.equals(other.domain) || domain.endsWith("." + other.domain)) {
            return false;
        }
        if (other.domain.equals("nhs.uk") && domain.contains("nhs") && !domain.equals("nhs.net")) {
            return true;
        }
        return read.equals(other.skeleton)
                || Math.min(read.length(), other.skeleton.length()) >= 6 && oneApart(read, other.skeleton);
    }

    /** What the eye reads: Unicode Technical Standard 39 section 4, and what is as easily taken for each other in a host name. */
    private static String skeleton(String domain) {
        var skeleton = Lookalikes.CHECKER.getSkeleton(HostText.unicode(domain));
        var plain = new StringBuilder();
        MARK.matcher(skeleton)
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .map(RiskRules::latin)
                .forEach(plain::appendCodePoint);
        return plain.toString()
                .replace("-", "")
                .replace("rn", "m")
                .replace("vv", "w")
                .replace('1', 'l')
                .replace('i', 'l')
                .replace('5', 's');
    }

    /** The standard takes small capitals, which are the lower case of Cyrillic, for letters of their own. */
    private static int latin(int c) {
        int place = "ᴛʙʍʜĸɢπω".indexOf(c);
        return place >= 0 ? "tbmhkgnw".charAt(place) : c;
    }

    /** Read from its library's data, once, when the first host is judged. */
    private static final class Lookalikes {
        static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    }

    /** Of two that differ: whether one letter more, less or other, or two neighbours exchanged, make one of the other. */
    private static boolean oneApart(String a, String b) {
        if (a.length() > b.length()) {
            return oneApart(b, a);
        }
        int i = 0;
        while (i < a.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        if (a.length() < b.length()) {
            return a.substring(i).equals(b.substring(i + 1));
        }
        return a.substring(i + 1).equals(b.substring(i + 1)) || exchanged(a, b, i);
    }

    private static boolean exchanged(String a, String b, int i) {
        return a.charAt(i) == b.charAt(i + 1)
                && a.charAt(i + 1) == b.charAt(i)
                && a.substring(i + 2).equals(b.substring(i + 2));
    }

    /** @param skeleton what the eye reads */
    private record Known(String domain, String skeleton) {}

    private record Uri(String member, String value) {}
}
