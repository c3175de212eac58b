package dev.connectionmanager.verification.uri;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.outbound.AddressRules;
import dev.connectionmanager.outbound.CallResult;
import dev.connectionmanager.outbound.CallResult.ConnectionFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.outbound.CallResult.ResponseEncoded;
import dev.connectionmanager.outbound.CallResult.ResponseMalformed;
import dev.connectionmanager.outbound.CallResult.ResponseTooLarge;
import dev.connectionmanager.outbound.CallResult.ResponseTooSlow;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.certificate.PrintableText;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Names what stood in the way of a complete response, or of the one that was wanted. */
public final class ReachRules {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<Integer> BUSY = Set.of(429, 503);
    /** What clients commonly wait for an answer. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private ReachRules() {}

    public static Violation dns(String path, String host, DnsFailed failed) {
        Rule rule =
                switch (failed.reason()) {
                    case NO_ANSWER -> Rule.DNS_FAILED;
                    case TIMEOUT -> Rule.DNS_TIMEOUT;
                    case TOO_MANY_ANSWERS -> Rule.DNS_TOO_MANY_ANSWERS;
                };
        return Violation.of(path, rule, host);
    }

    /** Not which address: whoever registers names could map an inner network by them. */
    public static Violation address(String path, String host) {
        return Violation.of(path, Rule.ADDRESS_NOT_PUBLIC, host);
    }

    public static Violation connection(String path, ConnectionFailed failed) {
        return Violation.of(
                path,
                Rule.CONNECTION_FAILED,
                AddressRules.shown(failed.address()),
                Integer.toString(failed.port()),
                PrintableText.plain(failed.detail()));
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
        return Violation.of(path, Rule.RESPONSE_MALFORMED, PrintableText.plain(seen.detail()));
    }

    /** 200, and nothing else: a redirect could lead anywhere, and what answers 204 has no content. */
    public static List<Violation> status(String path, Response response) {
        String status = Integer.toString(response.status());
        if (response.redirects()) {
            return List.of(Violation.of(path, Rule.REDIRECT_NOT_FOLLOWED, status, target(response)));
        }
        return response.status() == 200
                ? List.of()
                : List.of(new Violation(path, Rule.RESPONSE_STATUS, statusAndWhen(response)));
    }

    /** The status, and of one that asks for another try the time for it, if the server gave one (Retry-After). */
    public static List<String> statusAndWhen(Response response) {
        var status = Integer.toString(response.status());
        return response.header("Retry-After")
                .filter(unused -> BUSY.contains(response.status()))
                .map(when -> List.of(status, PrintableText.plain(when.strip())))
                .orElse(List.of(status));
    }

    /** Warns of an answer that takes so long that others may give it up. */
    public static Optional<Violation> slow(String path, Response response) {
        return response.taken().compareTo(SLOW) < 0
                ? Optional.empty()
                : Optional.of(Violation.of(
                        path, Rule.RESPONSE_SLOW, Long.toString(response.taken().toSeconds())));
    }

    /** That the first fetch worked and the one after it did not. */
    public static Violation secondFetchFails(String path, Violation why) {
        return new Violation(path, Rule.JWKS_SECOND_FETCH_FAILS, said(why));
    }

    /** The code of a finding and its arguments: what is needed to say it within another one. */
    public static List<String> said(Violation why) {
        return Stream.concat(Stream.of(why.rule().code()), why.arguments().stream())
                .toList();
    }

    /** Compares two key sets as sets: the order of keys and of their members means nothing. */
    public static Optional<Violation> keysDiffer(String path, byte[] one, byte[] other) {
        boolean same = Arrays.equals(one, other);
        try {
            same = same || keys(one).equals(keys(other));
        } catch (IOException notJson) {
            same = false;
        }
        return same ? Optional.empty() : Optional.of(Violation.of(path, Rule.JWKS_DIFFERS));
    }

    private static Set<JsonNode> keys(byte[] body) throws IOException {
        var keys = new HashSet<JsonNode>();
        JSON.readTree(body).path("keys").forEach(keys::add);
        return keys;
    }

    /** Where a redirect would have led; cut short, in visible ASCII. */
    public static String target(Response response) {
        return PrintableText.plain(response.header("Location").orElse("-"));
    }

    /** @param outcome any but {@code Answered}, of a request that was sent */
    public static Violation unusable(String path, CallResult.Connected outcome) {
        if (outcome instanceof ResponseTooLarge large) {
            return tooLarge(path, large);
        }
        if (outcome instanceof ResponseTooSlow slow) {
            return tooSlow(path, slow);
        }
        if (outcome instanceof ResponseMalformed malformed) {
            return malformed(path, malformed);
        }
        if (outcome instanceof ResponseEncoded encoded) {
            return Violation.of(path, Rule.RESPONSE_ENCODED, PrintableText.plain(encoded.encoding()));
        }
        throw new IllegalArgumentException(outcome.toString());
    }
}
