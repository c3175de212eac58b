package dev.connectionmanager.verification.uri;

import com.google.common.net.InetAddresses;
import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.ConnectionFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.outbound.CallResult.ResponseEncoded;
import dev.connectionmanager.outbound.CallResult.ResponseMalformed;
import dev.connectionmanager.outbound.CallResult.ResponseTooLarge;
import dev.connectionmanager.outbound.CallResult.ResponseTooSlow;
import dev.connectionmanager.outbound.Handshake;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.probe.LogoutResponseRules;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What endpoints do that breaks each of the rules on reaching them, for the catalogue of all rules. */
public final class ReachExamples {
    private static final String PATH = "jwks_uri";
    private static final Duration SHORT = Duration.ofMillis(3);
    private static final InetAddress ADDRESS = InetAddresses.forString("10.0.0.1");
    private static final Handshake HANDSHAKE = new Handshake(
            "app.supplier.co.uk",
            ADDRESS,
            443,
            List.of(),
            "TLSv1.3",
            "TLS_AES_128_GCM_SHA256",
            List.of(),
            false,
            null,
            SHORT,
            SHORT,
            SHORT);

    private ReachExamples() {}

    public static Stream<Violations> all() {
        return Stream.concat(unreached(), answered());
    }

    private static Stream<Violations> unreached() {
        var dns = Arrays.stream(DnsFailed.Reason.values())
                .map(reason -> ReachRules.dns(PATH, "app.supplier.co.uk", new DnsFailed(reason, SHORT)));
        var others = Stream.of(
                ReachRules.address(PATH, "app.supplier.co.uk"),
                ReachRules.connection(PATH, new ConnectionFailed(ADDRESS, 443, "refused", SHORT, SHORT)),
                ReachRules.unusable(PATH, new ResponseTooLarge(HANDSHAKE, ResponseTooLarge.Part.BODY, 9)),
                ReachRules.unusable(PATH, new ResponseTooSlow(HANDSHAKE, SHORT)),
                ReachRules.unusable(PATH, new ResponseMalformed(HANDSHAKE, "gibberish")),
                ReachRules.unusable(PATH, new ResponseEncoded(HANDSHAKE, "br")),
                ReachRules.secondFetchFails(
                        PATH, ReachRules.unusable(PATH, new ResponseMalformed(HANDSHAKE, "gibberish"))),
                ReachRules.slow(PATH, new Response(200, Map.of(), new byte[0], Duration.ofSeconds(12)))
                        .orElseThrow());
        return Stream.concat(dns, others).map(violation -> new Violations(List.of(violation)));
    }

    private static Stream<Violations> answered() {
        var redirect = response(302, Map.of("location", List.of("https://login.supplier.co.uk/")));
        var missing = response(404, Map.of());
        var forbidden = response(403, Map.of());
        var fine = response(200, Map.of());
        return Stream.of(
                        ReachRules.status(PATH, redirect),
                        ReachRules.status(PATH, missing),
                        ReachRules.keysDiffer(PATH, "[1]".getBytes(), "nothing".getBytes()).stream()
                                .toList(),
                        LogoutResponseRules.check(PATH, new ResponseTooSlow(HANDSHAKE, SHORT)),
                        LogoutResponseRules.check(PATH, new Answered(HANDSHAKE, redirect)),
                        LogoutResponseRules.check(PATH, new Answered(HANDSHAKE, missing)),
                        LogoutResponseRules.check(PATH, new Answered(HANDSHAKE, forbidden)),
                        LogoutResponseRules.check(PATH, new Answered(HANDSHAKE, fine)))
                .map(Violations::new);
    }

    private static Response response(int status, Map<String, List<String>> headers) {
        return new Response(status, headers, new byte[0], SHORT);
    }
}
