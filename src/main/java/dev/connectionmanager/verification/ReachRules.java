package dev.connectionmanager.verification;

import dev.connectionmanager.outbound.Outcome;
import dev.connectionmanager.outbound.Outcome.AddressNotPublic;
import dev.connectionmanager.outbound.Outcome.ConnectionFailed;
import dev.connectionmanager.outbound.Outcome.DnsFailed;
import dev.connectionmanager.outbound.Outcome.ResponseMalformed;
import dev.connectionmanager.outbound.Outcome.ResponseTooLarge;
import dev.connectionmanager.outbound.Outcome.ResponseTooSlow;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;

/** Names what stood in the way of a complete response. */
final class ReachRules {
    private ReachRules() {}

    static Violation dns(String path, String host, DnsFailed failed) {
        Rule rule =
                switch (failed.reason()) {
                    case NO_ANSWER -> Rule.DNS_FAILED;
                    case TIMEOUT -> Rule.DNS_TIMEOUT;
                    case TOO_MANY_ANSWERS -> Rule.DNS_TOO_MANY_ANSWERS;
                };
        return Violation.of(path, rule, host);
    }

    static Violation address(String path, String host, AddressNotPublic seen) {
        return Violation.of(path, Rule.ADDRESS_NOT_PUBLIC, host, seen.refused().getHostAddress());
    }

    static Violation connection(String path, ConnectionFailed failed) {
        return Violation.of(
                path,
                Rule.CONNECTION_FAILED,
                failed.address().getHostAddress(),
                Integer.toString(failed.port()),
                ShownName.plain(failed.detail()));
    }

    static Violation tooLarge(String path, ResponseTooLarge seen) {
        String part = seen.part() == ResponseTooLarge.Part.BODY ? "content" : "headers";
        return Violation.of(path, Rule.RESPONSE_TOO_LARGE, part, Integer.toString(seen.limit()));
    }

    static Violation tooSlow(String path, ResponseTooSlow seen) {
        return Violation.of(
                path, Rule.RESPONSE_TOO_SLOW, Long.toString(seen.limit().toSeconds()));
    }

    static Violation malformed(String path, ResponseMalformed seen) {
        return Violation.of(path, Rule.RESPONSE_MALFORMED, ShownName.plain(seen.detail()));
    }

    /** Where a redirect would have led; cut short, in visible ASCII. */
    static String target(Response response) {
        return ShownName.plain(response.header("Location").orElse("-"));
    }

    /** The one outcome that has nothing wrong with it is left to whoever asked. */
    static Violation unusable(String path, Outcome.Connected outcome) {
        if (outcome instanceof ResponseTooLarge large) {
            return tooLarge(path, large);
        }
        if (outcome instanceof ResponseTooSlow slow) {
            return tooSlow(path, slow);
        }
        if (outcome instanceof ResponseMalformed malformed) {
            return malformed(path, malformed);
        }
        throw new IllegalArgumentException(outcome.toString());
    }
}
