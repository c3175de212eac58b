package dev.connectionmanager.verification.uri;

import dev.connectionmanager.policy.HostText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The rules on one redirect URI, which browsers are sent to and which is compared character by character. */
public final class RedirectUriRules {
    /** In characters. */
    public static final int LONGEST = 2_000;

    /** RFC 6749 sections 4.1.2 and 4.2.2, OpenID Connect Core 1.0 section 3.3.2.5, RFC 9207, JARM. */
    private static final Set<String> RESPONSE_PARAMETERS = Set.of(
            "code",
            "state",
            "error",
            "error_description",
            "error_uri",
            "iss",
            "id_token",
            "access_token",
            "token_type",
            "expires_in",
            "scope",
            "session_state",
            "response");

    private final String path;
    private final UriText uri;
    private final boolean nativeApplication;
    private final Violations.Collector found = new Violations.Collector();

    private RedirectUriRules(String path, String typed, boolean nativeApplication) {
        this.path = path;
        this.uri = UriText.of(typed);
        this.nativeApplication = nativeApplication;
    }

    /**
     * @param path where findings are shown
     * @param typed exactly as typed
     * @param nativeApplication whether the application runs on the user's device
     */
    public static Violations check(String path, String typed, boolean nativeApplication) {
        return new RedirectUriRules(path, typed, nativeApplication).check();
    }

    /** Whether this address is on the user's own device: loopback, or a scheme of the application's own. */
    public static boolean onDevice(String typed) {
        var uri = UriText.of(typed);
        var web = "https".equalsIgnoreCase(uri.scheme()) || "http".equalsIgnoreCase(uri.scheme());
        return !web || HostText.of(uri.host()).loopback();
    }

    private Violations check() {
        if (wellFormed()) {
            var scheme = uri.scheme().toLowerCase(Locale.ROOT);
            if (scheme.equals("https") || scheme.equals("http")) {
                checkWeb(scheme);
            } else {
                checkOwnScheme(scheme);
            }
        }
        return found.violations();
    }

    private boolean wellFormed() {
        if (uri.text().length() > LONGEST) {
            find(Rule.REDIRECT_URI_TOO_LONG, Integer.toString(uri.text().length()));
            return false;
        }
        if (uri.text().indexOf('*') >= 0) {
            find(Rule.REDIRECT_URI_WILDCARD);
            return false;
        }
        var spelledOut = InternationalHost.spelledOut(uri);
        if (spelledOut.isPresent()) {
            find(Rule.REDIRECT_URI_NOT_CANONICAL, spelledOut.get());
            return false;
        }
        var malformation = uri.malformation();
        if (!malformation.isEmpty()) {
            find(Rule.REDIRECT_URI_MALFORMED, malformation.toArray(String[]::new));
            return false;
        }
        if (uri.scheme() == null) {
            find(Rule.REDIRECT_URI_NOT_ABSOLUTE);
            return false;
        }
        return true;
    }

    private void checkWeb(String scheme) {
        var host = HostText.of(uri.host());
        if (scheme.equals("http") && !(nativeApplication && host.loopback())) {
            find(Rule.REDIRECT_URI_NOT_HTTPS, uri.scheme());
        }
        if (uri.hasUserinfo()) {
            find(Rule.REDIRECT_URI_USERINFO);
        }
        if (uri.fragment() != null) {
            find(Rule.REDIRECT_URI_FRAGMENT);
        }
        checkPort();
        checkHost(host, scheme);
        checkResponseParameters();
        if (uri.path().isEmpty()) {
            find(Rule.REDIRECT_URI_NO_PATH);
        }
        if (!found.violations().block()) {
            Optional.of(CanonicalUri.of(uri, host))
                    .filter(canonical -> !canonical.equals(uri.text()))
                    .ifPresent(canonical -> find(Rule.REDIRECT_URI_NOT_CANONICAL, canonical));
        }
    }

    private void checkHost(HostText host, String scheme) {
        switch (host.kind()) {
            case INVALID -> find(Rule.REDIRECT_URI_HOST_INVALID, uri.host());
            case INTERNAL, PRIVATE_ADDRESS -> find(Rule.REDIRECT_URI_NOT_PUBLIC, uri.host());
            case ADDRESS -> find(Rule.REDIRECT_URI_IP_ADDRESS, uri.host());
            case SHARED_HOSTING -> find(Rule.REDIRECT_URI_SHARED_HOSTING, uri.host());
            case DOCUMENTATION -> find(Rule.REDIRECT_URI_DOCUMENTATION_DOMAIN, uri.host());
            case LOCALHOST, LOOPBACK_ADDRESS -> checkLoopback(host, scheme);
            case PUBLIC -> {}
        }
    }

    private void checkLoopback(HostText host, String scheme) {
        if (!nativeApplication) {
            find(Rule.REDIRECT_URI_LOOPBACK_NEEDS_NATIVE, uri.host());
        } else if (scheme.equals("https")) {
            find(Rule.REDIRECT_URI_LOOPBACK_HTTPS);
        } else if (host.kind() == HostText.Kind.LOCALHOST) {
            find(Rule.REDIRECT_URI_LOOPBACK_NAME);
        }
    }

    private void checkPort() {
        var port = uri.port();
        if (port != null
                && !port.isEmpty()
                && (!port.matches("[0-9]{1,7}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535)) {
            find(Rule.REDIRECT_URI_PORT_INVALID, port);
        }
    }

    private void checkResponseParameters() {
        if (uri.query() != null) {
            Stream.of(uri.query().split("&"))
                    .map(parameter -> parameter.split("=", 2)[0])
                    .filter(RESPONSE_PARAMETERS::contains)
                    .findFirst()
                    .ifPresent(name -> find(Rule.REDIRECT_URI_RESPONSE_PARAMETER, name));
        }
    }

    /** RFC 8252 section 7.1: the reverse of a domain name that the application's maker holds. */
    private void checkOwnScheme(String scheme) {
        if (!nativeApplication || scheme.indexOf('.') < 0) {
            find(Rule.REDIRECT_URI_NOT_HTTPS, uri.scheme());
            return;
        }
        if (!uri.path().startsWith("/")) {
            find(Rule.REDIRECT_URI_NOT_ABSOLUTE);
        }
        if (uri.host().indexOf('[') >= 0 || uri.host().indexOf(']') >= 0) {
            find(Rule.REDIRECT_URI_HOST_INVALID, uri.host());
        }
        if (uri.hasUserinfo()) {
            find(Rule.REDIRECT_URI_USERINFO);
        }
        if (uri.fragment() != null) {
            find(Rule.REDIRECT_URI_FRAGMENT);
        }
        if (!scheme.equals(uri.scheme())) {
            find(Rule.REDIRECT_URI_NOT_CANONICAL, scheme + uri.text().substring(scheme.length()));
        }
        find(Rule.REDIRECT_URI_PRIVATE_USE_SCHEME, scheme);
    }

    private void find(Rule rule, String... arguments) {
        found.add(path, rule, arguments);
    }
}
