package dev.connectionmanager.verification.uri;

import dev.connectionmanager.policy.HostText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.PastedPublicKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules on URIs that the portal and the OpenID Provider open: {@code jwks_uri}, {@code backchannel_logout_uri}. */
public final class EndpointUriRules {
    /** In characters. */
    public static final int LONGEST = 2_000;

    private static final int LOWEST_FREE_PORT = 1_024;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HTTPS_PORT = 443;
    /**
     * Databases, caches, brokers, file sharing, remote access, administration: a request aimed at one of them is an
     * attack or a mistake. IANA Service Name and Port Number Registry.
     */
    private static final Set<Integer> OTHER_SERVICES = Set.of(
            1080, 1099, 1194, 1433, 1434, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2377, 2379, 2380, 3128,
            3260, 3268, 3269, 3306, 3389, 3659, 4045, 4190, 4333, 4369, 5060, 5061, 5432, 5555, 5601, 5671, 5672, 5900,
            5901, 5984, 5985, 5986, 6000, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 7000, 7001, 7474,
            7687, 8086, 8125, 8300, 8301, 8500, 8883, 9000, 9042, 9092, 9100, 9200, 9300, 9418, 10050, 10051, 10080,
            10250, 10255, 11211, 15672, 16379, 26257, 26379, 27017, 27018, 27019, 28017, 50000, 50070, 61616);

    private EndpointUriRules() {}

    /** @param path where the finding is shown */
    public static Violations checkJwksUri(String path, String uri) {
        return check(path, uri, Rule.JWKS_URI_NOT_HTTPS, Rule.URI_FRAGMENT);
    }

    /** @param path where the finding is shown */
    public static Violations checkBackchannelLogoutUri(String path, String uri) {
        return check(path, uri, Rule.LOGOUT_URI_NOT_HTTPS, Rule.LOGOUT_URI_FRAGMENT);
    }

    private static Violations check(String path, String typed, Rule notHttps, Rule fragment) {
        var found = new Violations.Collector();
        var uri = UriText.of(typed);
        if (PastedPublicKeys.in(typed)) {
            found.add(path, Rule.PUBLIC_KEY_PASTED);
            return found.violations();
        }
        if (typed.length() > LONGEST) {
            found.add(path, Rule.URI_TOO_LONG, Integer.toString(typed.length()));
            return found.violations();
        }
        if (uri.several()) {
            found.add(path, Rule.URI_SEVERAL);
            return found.violations();
        }
        var spelledOut = InternationalHost.spelledOut(uri);
        if (spelledOut.isPresent()) {
            var others = check(path, spelledOut.get(), notHttps, fragment);
            if (!others.block()) {
                found.add(path, Rule.URI_NOT_CANONICAL, spelledOut.get());
                return found.violations();
            }
            uri.malformations().forEach(why -> malformed(path, why, found));
            found.addAll(others);
            return found.violations();
        }
        uri.malformations().forEach(why -> malformed(path, why, found));
        var readable = !found.violations().block();
        if (readable && uri.scheme() == null
                || uri.scheme() != null && !uri.scheme().equalsIgnoreCase("https")) {
            found.add(path, notHttps);
        }
        if (uri.hasUserinfo()) {
            found.add(path, Rule.URI_USERINFO);
        }
        if (uri.fragment() != null) {
            found.add(path, fragment);
        }
        if (readable && uri.web()) {
            checkHost(path, uri, found);
        }
        return found.violations();
    }

    private static void checkHost(String path, UriText uri, Violations.Collector found) {
        var host = HostText.of(uri.host());
        if (!host.publicName()) {
            found.add(path, Rule.URI_HOST_NOT_PUBLIC, uri.host());
        }
        if (!allowedPort(uri.port())) {
            found.add(path, Rule.URI_PORT_NOT_ALLOWED, uri.port());
        }
        canonical(uri, host, found).ifPresent(c -> found.add(path, Rule.URI_NOT_CANONICAL, c));
    }

    private static void malformed(String path, List<String> why, Violations.Collector found) {
        found.add(path, Rule.URI_MALFORMED, why.toArray(String[]::new));
    }

    /**
     * A spelling is only offered for what is otherwise well. Nobody compares these addresses with others: naming the
     * default port does no harm.
     */
    private static Optional<String> canonical(UriText uri, HostText host, Violations.Collector found) {
        if (found.violations().block()) {
            return Optional.empty();
        }
        var canonical = CanonicalUri.of(uri, host);
        var typed = uri.text().replaceFirst("^(https://[^/?]*):443(?=[/?]|$)", "$1");
        return canonical.equals(typed) ? Optional.empty() : Optional.of(canonical);
    }

    /** @param port as typed; {@code null} = the default one */
    static boolean allowedPort(String port) {
        if (port == null || port.isEmpty()) {
            return true;
        }
        if (!port.matches("[1-9][0-9]{0,6}")) {
            return false;
        }
        return allowedPort(Integer.parseInt(port));
    }

    /** Whether the portal may open this TCP port. */
    public static boolean allowedPort(int port) {
        return port == HTTPS_PORT || port >= LOWEST_FREE_PORT && port <= HIGHEST_PORT && !OTHER_SERVICES.contains(port);
    }
}
