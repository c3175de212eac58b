package dev.connectionmanager.mock.login;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.log.Exchange;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether an answer may go to a redirect URI: compared character by character, OpenID Connect Core 1.0 section 3.1.2.1. */
final class RedirectUris {
    private static final String CHECK = "redirect_uri";
    /** RFC 8252 section 7.3: of these the port is free. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1]))(?::[0-9]{1,5})?((?:[/?].*)?)");

    private static final Pattern OWN_COMPUTER =
            Pattern.compile("http://(?:127\\.0\\.0\\.1|\\[::1]|localhost)(?::[0-9]{1,5})?(?:[/?].*)?");

    private RedirectUris() {}

    /** Whether browsers stay on the computer that they run on. */
    static boolean stayOnTheComputer(String uri) {
        return OWN_COMPUTER.matcher(uri).matches();
    }

    static boolean passes(MockClient client, String sent, Exchange exchange) {
        var redirects = client.redirects();
        if (redirects.registered().contains(sent)) {
            exchange.passed(CHECK, "The redirect URI is registered");
            return true;
        }
        if (redirects.local().contains(sent)) {
            exchange.warned(
                    CHECK,
                    "The redirect URI is an address on a developer's own computer, for the mock alone: it is not registered");
            return true;
        }
        if (withoutPort(sent) != null
                && redirects.registered().stream()
                        .anyMatch(uri -> withoutPort(sent).equals(withoutPort(uri)))) {
            exchange.warned(
                    CHECK,
                    "The redirect URI is registered but for its port, which is free on loopback (RFC 8252). The real provider compares every character");
            return true;
        }
        tell(
                Stream.concat(redirects.registered().stream(), redirects.local().stream())
                        .toList(),
                sent,
                exchange);
        return false;
    }

    private static String withoutPort(String uri) {
        var loopback = LOOPBACK.matcher(uri);
        return loopback.matches() ? loopback.group(1) + loopback.group(2) : null;
    }

    private static void tell(List<String> registered, String sent, Exchange exchange) {
        registered.stream()
                .max(Comparator.comparingInt(uri -> common(uri, sent)))
                .ifPresentOrElse(
                        nearest -> exchange.differs(
                                CHECK,
                                registered.size() == 1
                                        ? "The redirect URI is not the registered one. It"
                                        : "The redirect URI is none of the " + registered.size()
                                                + " that are registered. From the nearest it",
                                sent,
                                nearest),
                        () -> exchange.failed(CHECK, "No redirect URI is registered"));
    }

    /** The nearest is the one with which most is shared, from both ends. */
    private static int common(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int front = 0;
        while (front < shorter && one.charAt(front) == other.charAt(front)) {
            front++;
        }
        int back = 0;
        while (back < shorter - front
                && one.charAt(one.length() - 1 - back) == other.charAt(other.length() - 1 - back)) {
            back++;
        }
        return front + back;
    }
}
