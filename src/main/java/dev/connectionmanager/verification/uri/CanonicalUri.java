package dev.connectionmanager.verification.uri;

import dev.connectionmanager.policy.HostText;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The one normal spelling of a URI, to be offered to whoever typed another. RFC 3986 sections 6.2.2 and 6.2.3. */
final class CanonicalUri {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");
    private static final String PARAMETER = "(?:(?:;|%3B)(?:(?!%2F|%5C)[^/])*)";
    private static final Pattern ENDED_DOTS = Pattern.compile("(^|/)(\\.\\.?)" + PARAMETER + "?(?:%2F|%5C)");
    private static final Pattern DOTS_WITH_PARAMETER = Pattern.compile("(^|/)(\\.\\.?)" + PARAMETER + "(?=/|$)");
    private static final Pattern PORT = Pattern.compile("0*([0-9]*)");
    private static final Set<String> DEFAULT_PORTS = Set.of("https:443", "http:80");

    private CanonicalUri() {}

    /**
     * @param uri well formed, with a scheme and an authority
     * @param host how its host is spelled
     */
    static String of(UriText uri, HostText host) {
        var scheme = uri.scheme().toLowerCase(Locale.ROOT);
        var name = host.canonical() == null ? uri.host() : host.canonical();
        return scheme + "://" + name + port(scheme, uri.port()) + path(escapes(uri.path()))
                + (uri.query() == null ? "" : "?" + escapes(uri.query()))
                + (uri.fragment() == null ? "" : "#" + uri.fragment());
    }

    private static String port(String scheme, String port) {
        if (port == null) {
            return "";
        }
        var digits = PORT.matcher(port);
        var plain = digits.matches() ? digits.group(1) : port;
        return plain.isEmpty() || DEFAULT_PORTS.contains(scheme + ":" + plain) ? "" : ":" + plain;
    }

    /** Hexadecimal digits in upper case; letters, digits, hyphen, dot, underscore and tilde never encoded. */
    private static String escapes(String text) {
        return ESCAPE.matcher(text).replaceAll(CanonicalUri::escape);
    }

    private static String escape(MatchResult match) {
        var c = (char) Integer.parseInt(match.group().substring(1), 16);
        var unreserved = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
        return unreserved ? String.valueOf(c) : match.group().toUpperCase(Locale.ROOT);
    }

    /**
     * Without dot segments, also where an encoded slash or backslash ends one, since some servers decode it, or a
     * semicolon does, which some servers cut off with what follows.
     */
    private static String path(String path) {
        var cut = path;
        for (String before = ""; !before.equals(cut); ) {
            before = cut;
            cut = ENDED_DOTS.matcher(cut).replaceAll("$1$2/");
        }
        cut = DOTS_WITH_PARAMETER.matcher(cut).replaceAll("$1$2");
        if (!cut.matches("(.*/)?\\.\\.?(/.*)?")) {
            return path;
        }
        var kept = new ArrayDeque<String>();
        var segments = cut.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            var last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                kept.pollLast();
            }
            if (!segments[i].equals(".") && !segments[i].equals("..")) {
                kept.add(segments[i]);
            } else if (last) {
                kept.add("");
            }
        }
        return "/" + String.join("/", kept);
    }
}
