package dev.connectionmanager.verification.uri;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Another address within an address, where software that redirects reads its target: the mark of an open redirector. */
final class CarriedAddress {
    /** With a scheme, or without one as browsers take it; a backslash is a slash to them. WHATWG URL section 4.4. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[/\\\\]{2}.*|[/\\\\]{2}[^/\\\\].*");

    private static final Pattern IN_PATH = Pattern.compile(".*/https?:/.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private CarriedAddress() {}

    /** @param query empty for none */
    static boolean in(String path, String query) {
        return IN_PATH.matcher(decoded(path)).matches()
                || Stream.of(query.split("&"))
                        .flatMap(parameter -> Stream.of(parameter, parameter.substring(parameter.indexOf('=') + 1)))
                        .anyMatch(value -> ADDRESS.matcher(decoded(value)).lookingAt());
    }

    /** Twice, since what passes it on may have encoded it again; ASCII is all that matters here. */
    private static String decoded(String text) {
        var once = once(text);
        return once(once);
    }

    private static String once(String text) {
        return ESCAPE.matcher(text).replaceAll(match -> {
            var c = (char) Integer.parseInt(match.group(1), 16);
            return java.util.regex.Matcher.quoteReplacement(c < 0x80 ? Character.toString(c) : match.group());
        });
    }
}
