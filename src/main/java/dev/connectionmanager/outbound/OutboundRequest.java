package dev.connectionmanager.outbound;

import java.net.URI;
import java.util.Locale;
import javax.net.ssl.SNIHostName;

/**
 * One request to make. Its URI has been judged before; the conditions here are the guard’s own last line.
 *
 * @param caller on whose account it goes; null = {@link Caller#PORTAL}
 * @param uri absolute, https, with a host name, without user information or fragment
 * @param accept the media types wanted, as in the Accept header
 * @param form what is posted, as {@code application/x-www-form-urlencoded}; it may hold a token, and is told nobody else
 */
public record OutboundRequest(Caller caller, URI uri, Method method, String accept, String form) {
    private static final int HTTPS_PORT = 443;
    private static final int LOWEST_FREE_PORT = 1_024;

    /** What may be sent: a question, or a form of our own making. */
    public enum Method {
        GET,
        POST
    }

    /** @throws IllegalArgumentException when the URI is none that the guard opens */
    public OutboundRequest {
        caller = caller == null ? Caller.PORTAL : caller;
        uri = URI.create(uri.toASCIIString());
        require("https".equals(uri.getScheme()), "not https", uri);
        // java.net.URI leaves the host null, without an error, for much that browsers read as a host.
        require(uri.getHost() != null && !uri.getHost().endsWith("."), "no host name", uri);
        new SNIHostName(uri.getHost());
        require(uri.getRawUserInfo() == null && uri.getRawFragment() == null, "user information or fragment", uri);
        int port = uri.getPort();
        require(port == -1 || port == HTTPS_PORT || port >= LOWEST_FREE_PORT && port <= 65_535, "port", uri);
    }

    public static OutboundRequest get(Caller caller, URI uri, String accept) {
        return new OutboundRequest(caller, uri, Method.GET, accept, "");
    }

    /** An empty form. */
    public static OutboundRequest post(Caller caller, URI uri) {
        return post(caller, uri, "");
    }

    /** @param form encoded, in ASCII */
    public static OutboundRequest post(Caller caller, URI uri, String form) {
        return new OutboundRequest(caller, uri, Method.POST, "*/*", form);
    }

    /** Without the form. */
    @Override
    public String toString() {
        return method + " " + uri;
    }

    String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    SNIHostName serverName() {
        return new SNIHostName(host());
    }

    int port() {
        return uri.getPort() == -1 ? HTTPS_PORT : uri.getPort();
    }

    /** The request target of RFC 9112 section 3.2.1. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    String authority() {
        return port() == HTTPS_PORT ? host() : host() + ":" + port();
    }

    private static void require(boolean condition, String what, URI uri) {
        if (!condition) {
            throw new IllegalArgumentException("Not to be opened (" + what + "): " + uri);
        }
    }
}
