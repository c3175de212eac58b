package dev.connectionmanager.verification.uri;

import dev.connectionmanager.policy.HostText;
import java.util.Locale;
import java.util.Objects;

/**
 * A URI without what can be varied while it leads to the same place: the case of scheme and host, a dot after the host, the
 * default port, needless escapes, dot segments, slashes at the end of the path, an empty query, a fragment. On the user's
 * own device neither the port of a loopback address counts nor which of its names is used (RFC 8252 section 7.3).
 *
 * @param address equal for two spellings of one address
 * @param place equal for addresses on one host, or of one private-use scheme
 */
public record ComparableUri(String address, String place) {
    private static final String LOOPBACK = "http://loopback";

    /** @param typed any text: of what is no URI, and of a URI without a scheme, the text itself is compared */
    public static ComparableUri of(String typed) {
        var uri = UriText.of(typed);
        if (uri.scheme() == null) {
            return new ComparableUri(typed, typed);
        }
        var scheme = uri.scheme().toLowerCase(Locale.ROOT);
        var host = HostText.of(uri.host());
        if (!scheme.equals("https") && !scheme.equals("http")) {
            var authority = Objects.requireNonNullElse(uri.authority(), "").toLowerCase(Locale.ROOT);
            return new ComparableUri(scheme + "://" + authority + rest(uri, host), scheme + ":");
        }
        if (host.loopback()) {
            return new ComparableUri(LOOPBACK + rest(uri, host), LOOPBACK);
        }
        var name = host.canonical() == null ? uri.host().toLowerCase(Locale.ROOT) : host.canonical();
        var canonical = CanonicalUri.of(uri, host);
        var port = UriText.of(canonical).port();
        return new ComparableUri(scheme + "://" + name + (port == null ? "" : ":" + port) + rest(uri, host), name);
    }

    /** Path and query, in their one spelling. */
    private static String rest(UriText uri, HostText host) {
        var canonical = UriText.of(CanonicalUri.of(uri, host));
        var query = canonical.query();
        return canonical.path().replaceAll("/+$", "") + (query == null || query.isEmpty() ? "" : "?" + query);
    }
}
