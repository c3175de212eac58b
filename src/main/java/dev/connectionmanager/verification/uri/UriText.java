package dev.connectionmanager.verification.uri;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI exactly as typed, cut into its parts as RFC 3986 appendix B does, repairing nothing. {@code java.net.URI} is not
 * used: it gives a null host without an error for several hostile spellings.
 *
 * @param scheme as typed, without the colon; {@code null} = none
 * @param authority as typed; {@code null} = none
 * @param query as typed, without the question mark; {@code null} = none
 * @param fragment as typed, without the number sign; {@code null} = none, empty = an empty one
 */
public record UriText(String text, String scheme, String authority, String path, String query, String fragment) {
    /** RFC 3986 appendix B, with section 3.1 for the scheme. */
    private static final Pattern PARTS = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

    /** As people paste lists, or two addresses without anything between; not one that stands in a query or after a slash. */
    private static final Pattern SEVERAL = Pattern.compile(
            ":/.*?[,;|\\s\"'<>][a-z][a-z0-9+.-]*:/|://[^?#]*[a-z0-9._~-]https?://",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})?");
    private static final String UNRESERVED_MARKS = "-._~";
    private static final String DELIMITERS = ":/?#[]@!$&'()*+,;=";

    public static UriText of(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException("The pattern matches every text");
        }
        return new UriText(text, parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
    }

    /** What RFC 3986 does not allow in this text, each kind once, as a code and its arguments; empty when all is well. */
    public List<List<String>> malformations() {
        var found = new ArrayList<List<String>>();
        text.codePoints().filter(c -> !allowed(c)).findFirst().ifPresent(odd -> found.add(named(odd)));
        // Section 3.2.2: brackets enclose an IP literal and stand nowhere else.
        var afterAuthority = path + Objects.requireNonNullElse(query, "") + Objects.requireNonNullElse(fragment, "");
        if (afterAuthority.indexOf('[') >= 0 || afterAuthority.indexOf(']') >= 0) {
            found.add(List.of("bracket"));
        }
        var escapes = ESCAPE.matcher(text).results().toList();
        if (escapes.stream().anyMatch(escape -> escape.group(1) == null)) {
            found.add(List.of("percent"));
        }
        escapes.stream()
                .filter(escape -> escape.group(1) != null && control(Integer.parseInt(escape.group(1), 16)))
                .findFirst()
                .ifPresent(escape -> found.add(List.of("control", escape.group())));
        return found;
    }

    private static boolean control(int octet) {
        return octet < 0x20 || octet == 0x7f;
    }

    /** Whether another address follows the first in the same text: behind a separator, or right behind it. */
    public boolean several() {
        return SEVERAL.matcher(text).find();
    }

    /** Whether it is a web address, whatever the case of its scheme. */
    public boolean web() {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }

    /** Whether a user name or password stands before the host. */
    public boolean hasUserinfo() {
        return authority != null && authority.indexOf('@') >= 0;
    }

    /** The host as typed; empty without one. */
    public String host() {
        return cutAuthority()[0];
    }

    /** The port as typed; {@code null} without a colon, empty with nothing after it. */
    public String port() {
        return cutAuthority()[1];
    }

    private String[] cutAuthority() {
        var hostAndPort = authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
        var colon = hostAndPort.lastIndexOf(':');
        return colon < 0 || hostAndPort.indexOf(']', colon) >= 0
                ? new String[] {hostAndPort, null}
                : new String[] {hostAndPort.substring(0, colon), hostAndPort.substring(colon + 1)};
    }

    private static boolean allowed(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '%'
                || UNRESERVED_MARKS.indexOf(c) >= 0
                || DELIMITERS.indexOf(c) >= 0;
    }

    private static List<String> named(int c) {
        if (c == ' ') {
            return List.of("space");
        }
        var code = String.format("U+%04X", c);
        if (Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || !Character.isDefined(c)
                || Character.getType(c) == Character.SURROGATE) {
            return List.of("invisible", code);
        }
        return List.of("character", code, Character.toString(c));
    }
}
