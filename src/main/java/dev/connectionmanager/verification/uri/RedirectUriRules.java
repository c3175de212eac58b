package dev.connectionmanager.verification.uri;

import dev.connectionmanager.policy.HostText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.PastedPublicKeys;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** Schemes that others have defined: no application's own, whatever it answers to. IANA URI Schemes. */
    private static final Set<String> OF_OTHERS = Set.of(
            "about",
            "blob",
            "chrome",
            "content",
            "data",
            "file",
            "filesystem",
            "ftp",
            "intent",
            "jar",
            "javascript",
            "mailto",
            "sms",
            "tel",
            "urn",
            "vbscript",
            "view-source",
            "ws",
            "wss");

    /** RFC 8252 section 7.1: a domain name in reverse. */
    private static final Pattern REVERSE_NAME = Pattern.compile("[a-z][a-z0-9+-]*(\\.[a-z0-9+-]+)+");

    /** What stands where a scheme would, with what no scheme can have. RFC 3986 section 3.1. */
    private static final Pattern NO_SCHEME =
            Pattern.compile("([A-Za-z][^:/?#\\s]*|[^:/?#\\s]+(?=:/)):.*", Pattern.DOTALL);

    private static final Pattern NOT_OF_SCHEMES = Pattern.compile("[^A-Za-z0-9+.-]");

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
        return !uri.web() || HostText.of(uri.host()).loopback();
    }

    private Violations check() {
        var length = uri.text().length();
        if (PastedPublicKeys.in(uri.text())) {
            find(Rule.PUBLIC_KEY_PASTED);
        } else if (length > LONGEST) {
            find(Rule.REDIRECT_URI_TOO_LONG, Integer.toString(length));
        } else if (uri.several()) {
            find(Rule.REDIRECT_URI_SEVERAL);
        } else {
            var spelledOut = InternationalHost.spelledOut(uri);
            if (spelledOut.isPresent()) {
                checkSpelledOut(spelledOut.get());
            } else {
                checkParts();
            }
        }
        return found.violations();
    }

    /** The spelling is offered where it would be taken; else everything else that is wrong comes first. */
    private void checkSpelledOut(String spelledOut) {
        var others = check(path, spelledOut, nativeApplication);
        if (others.block()) {
            uri.malformations().forEach(this::malformed);
            found.addAll(others);
        } else {
            find(Rule.REDIRECT_URI_NOT_CANONICAL, spelledOut);
            found.addAll(others);
        }
    }

    private void checkParts() {
        if (uri.text().indexOf('*') >= 0) {
            find(Rule.REDIRECT_URI_WILDCARD);
        }
        uri.malformations().forEach(this::malformed);
        var readable = !found.violations().block();
        if (uri.scheme() == null) {
            if (readable) {
                checkWithoutScheme();
            }
            return;
        }
        checkScheme(uri.scheme().toLowerCase(Locale.ROOT));
        if (uri.hasUserinfo()) {
            find(Rule.REDIRECT_URI_USERINFO);
        }
        if (uri.fragment() != null) {
            find(Rule.REDIRECT_URI_FRAGMENT);
        }
        if (readable && uri.web()) {
            checkWeb();
        } else if (readable && nativeApplication) {
            checkOwnScheme();
        }
    }

    private void checkWithoutScheme() {
        var candidate = NO_SCHEME.matcher(uri.text());
        if (!nativeApplication || !candidate.matches()) {
            find(Rule.REDIRECT_URI_NOT_ABSOLUTE, nativeApplication ? "native" : "web");
            return;
        }
        var scheme = candidate.group(1);
        var odd = NOT_OF_SCHEMES.matcher(scheme);
        if (odd.find()) {
            find(Rule.REDIRECT_URI_SCHEME_INVALID, scheme, "character", odd.group());
        } else {
            find(Rule.REDIRECT_URI_SCHEME_INVALID, scheme, "first-letter");
        }
    }

    private void checkScheme(String scheme) {
        var web = uri.web();
        var own = nativeApplication && !web && !OF_OTHERS.contains(scheme);
        if (scheme.equals("http")
                        && !(nativeApplication && HostText.of(uri.host()).loopback())
                || !web && !own) {
            find(Rule.REDIRECT_URI_NOT_HTTPS, uri.scheme());
        } else if (own && !REVERSE_NAME.matcher(scheme).matches()) {
            find(Rule.REDIRECT_URI_SCHEME_INVALID, uri.scheme(), "no-dot");
        }
    }

    private void checkWeb() {
        var host = HostText.of(uri.host());
        checkPort();
        checkHost(host);
        checkQuery();
        if (uri.path().isEmpty()) {
            find(Rule.REDIRECT_URI_NO_PATH);
        }
        if (!found.violations().block()) {
            Optional.of(CanonicalUri.of(uri, host))
                    .filter(canonical -> !canonical.equals(uri.text()))
                    .ifPresent(canonical -> find(Rule.REDIRECT_URI_NOT_CANONICAL, canonical));
        }
    }

    private void checkHost(HostText host) {
        switch (host.kind()) {
            case INVALID -> find(Rule.REDIRECT_URI_HOST_INVALID, uri.host());
            case INTERNAL, PRIVATE_ADDRESS -> find(Rule.REDIRECT_URI_NOT_PUBLIC, uri.host());
            case ADDRESS -> find(Rule.REDIRECT_URI_IP_ADDRESS, uri.host());
            case SHARED_HOSTING -> find(Rule.REDIRECT_URI_SHARED_HOSTING, uri.host());
            case DOCUMENTATION -> find(Rule.REDIRECT_URI_DOCUMENTATION_DOMAIN, uri.host());
            case LOCALHOST, LOOPBACK_ADDRESS -> checkLoopback(host);
            case PUBLIC -> {}
        }
        LookAlikes.shown(uri.host().toLowerCase(Locale.ROOT))
                .ifPresent(shown -> find(Rule.REDIRECT_URI_LOOK_ALIKE, uri.host(), shown));
    }

    private void checkLoopback(HostText host) {
        if (!nativeApplication) {
            find(Rule.REDIRECT_URI_LOOPBACK_NEEDS_NATIVE, uri.host());
        } else if (uri.scheme().equalsIgnoreCase("https")) {
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

    private void checkQuery() {
        var query = Objects.requireNonNullElse(uri.query(), "");
        Stream.of(query.split("&"))
                .map(parameter -> parameter.split("=", 2)[0])
                .filter(RESPONSE_PARAMETERS::contains)
                .findFirst()
                .ifPresent(name -> find(Rule.REDIRECT_URI_RESPONSE_PARAMETER, name));
        if (CarriedAddress.in(uri.path(), query)) {
            find(Rule.REDIRECT_URI_CARRIES_ADDRESS);
        }
    }

    /**
     * RFC 8252 section 7.1: the reverse of a domain name that the application's maker holds. Whether an authority part
     * follows is the maker's choice: platforms and libraries prescribe either.
     */
    private void checkOwnScheme() {
        var scheme = uri.scheme().toLowerCase(Locale.ROOT);
        if (!REVERSE_NAME.matcher(scheme).matches()) {
            return;
        }
        if (uri.authority() == null && !uri.path().startsWith("/")) {
            find(Rule.REDIRECT_URI_NOT_ABSOLUTE, "native");
        }
        if (uri.host().indexOf('[') >= 0 || uri.host().indexOf(']') >= 0) {
            find(Rule.REDIRECT_URI_HOST_INVALID, uri.host());
        }
        if (!found.violations().block() && !scheme.equals(uri.scheme())) {
            find(Rule.REDIRECT_URI_NOT_CANONICAL, scheme + uri.text().substring(scheme.length()));
        }
        find(Rule.REDIRECT_URI_PRIVATE_USE_SCHEME, scheme);
    }

    private void malformed(List<String> why) {
        find(Rule.REDIRECT_URI_MALFORMED, why.toArray(String[]::new));
    }

    private void find(Rule rule, String... arguments) {
        found.add(path, rule, arguments);
    }
}
