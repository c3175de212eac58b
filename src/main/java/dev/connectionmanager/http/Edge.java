package dev.connectionmanager.http;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.verification.uri.KeySetHost;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * The edges of the portal. The path alone decides which one a request came by, and this is the only place that decides it:
 * authentication, the same-origin check, limits and the form of errors all ask here, so that none of them can disagree with another.
 */
public enum Edge {
    /** For people: log-in by session, same-origin check, errors as pages. Every path that is nothing else. */
    PAGE,
    /** For programs: bearer tokens and API credentials, no session, errors as problem documents (RFC 9457). */
    API,
    /**
     * An endpoint of OAuth or OpenID Connect: no session, no same-origin check, since it takes no cookie and so has nothing to
     * forge; who calls is proven by the message itself. Errors are the JSON object of RFC 6749 section 5.2. The pages of the mock
     * authorisation service are of this kind too: whoever makes a browser log somebody in there, who does not exist, has won
     * nothing.
     */
    PROTOCOL,
    /**
     * The format of the existing tool: a protocol too, with an authentication of its own, whose secrets, tokens and cookie count
     * here and nowhere else, as no others do here. Who calls is known, and what is answered are documents, as of the API. A cookie
     * alone proves who calls: so where a browser says that another site makes it write, it is refused.
     */
    TOOL;

    private static final String API_ROOT = "/api/v1";
    private static final String TOOL_ROOT = "/api";
    private static final String CONNECT_ROOT = "/connect/";
    private static final String MOCK_TESTS = "/mock/tests";
    private static final Set<String> MOCK_API =
            Set.of(MOCK_TESTS, "/mock/users", "/mock/faults", "/mock/logout-tokens");
    private static final Set<String> PROTOCOL_PATHS = Set.of("/local/openid/token", "/logout/back-channel");

    /**
     * @param path normalised, as {@link RoutingContext#normalizedPath()} gives it. What could be read in two ways (encoded
     *     separators, path parameters, dot segments) is refused before anybody asks
     */
    public static Edge of(String path) {
        if (isBelow(API_ROOT, path) || isOfMockApi(path)) {
            return API;
        }
        if (isBelow(TOOL_ROOT, path)) {
            return TOOL;
        }
        return PROTOCOL_PATHS.contains(path) || isOfMock(path) || isOfKeySets(path) || isOfConnect(path)
                ? PROTOCOL
                : PAGE;
    }

    private static boolean isBelow(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }

    /** Whether what is sent and answered are documents for programs: refusals are problem documents (RFC 9457). */
    public boolean exchangesDocuments() {
        return this == API || this == TOOL;
    }

    /** Whether a log-in says who calls. */
    boolean knowsCallers() {
        return this != PROTOCOL;
    }

    /** What programs ask the mock for beside logging in: as the API in all but that it takes no log-in. */
    private static boolean isOfMockApi(String path) {
        return MOCK_API.contains(path) || path.startsWith(MOCK_TESTS + "/");
    }

    /** Whether a path is that of a key set that the portal publishes for a team. */
    static boolean isOfKeySets(String path) {
        return path.startsWith("/" + KeySetHost.ROOT + "/");
    }

    /** Whether a path is one of client registration by RFC 7591 and RFC 7592. */
    static boolean isOfConnect(String path) {
        return path.startsWith(CONNECT_ROOT);
    }

    /** Whether a path is one of the mock authorisation service. */
    static boolean isOfMock(String path) {
        return isBelow(MockSettings.ROOT, path);
    }

    /** The edge that a request came by. */
    public static Edge of(RoutingContext request) {
        return of(request.normalizedPath());
    }
}
