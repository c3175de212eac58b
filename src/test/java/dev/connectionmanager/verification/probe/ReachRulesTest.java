package dev.connectionmanager.verification.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.Connected;
import dev.connectionmanager.outbound.CallResult.ConnectionFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.outbound.CallResult.ResponseEncoded;
import dev.connectionmanager.outbound.CallResult.ResponseMalformed;
import dev.connectionmanager.outbound.CallResult.ResponseTooLarge;
import dev.connectionmanager.outbound.CallResult.ResponseTooSlow;
import dev.connectionmanager.outbound.CallResult.Stopped;
import dev.connectionmanager.outbound.Handshake;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.verification.uri.ReachRules;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReachRulesTest {
    private static final String PATH = "jwks_uri";
    private static final String HOST = "app.supplier.co.uk";
    private static final Duration SHORT = Duration.ofMillis(3);
    private static final InetAddress ADDRESS = InetAddresses.forString("10.0.0.1");

    /** A completed handshake, of which nothing is asked here. */
    static final Handshake HANDSHAKE = new Handshake(
            HOST,
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

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER,        dns-failed app.supplier.co.uk",
        "TIMEOUT,          dns-timeout app.supplier.co.uk",
        "TOO_MANY_ANSWERS, dns-too-many-answers app.supplier.co.uk",
    })
    void saysWhyANameLedNowhere(DnsFailed.Reason reason, String expected) {
        assertThat(said(ReachRules.dns(PATH, HOST, new DnsFailed(reason, SHORT))))
                .isEqualTo(expected);
    }

    @Test
    void saysWhichAddressTookNoConnectionButNotWhichIsNotPublic() {
        assertThat(said(ReachRules.address(PATH, HOST))).isEqualTo("address-not-public app.supplier.co.uk");
        // The detail is the system's or the other side's.
        var failed = new ConnectionFailed(ADDRESS, 8443, "Connection\u202e refused", SHORT, SHORT);
        assertThat(said(ReachRules.connection(PATH, failed)))
                .isEqualTo("connection-failed 10.0.0.1 8443 Connection? refused");
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of(
                        new ResponseTooLarge(HANDSHAKE, ResponseTooLarge.Part.BODY, 65_536),
                        "response-too-large content 65536"),
                Arguments.of(
                        new ResponseTooLarge(HANDSHAKE, ResponseTooLarge.Part.HEADERS, 32_768),
                        "response-too-large headers 32768"),
                Arguments.of(new ResponseTooSlow(HANDSHAKE, Duration.ofSeconds(15)), "response-too-slow 15"),
                Arguments.of(new ResponseEncoded(HANDSHAKE, "br"), "response-encoded br"),
                Arguments.of(new ResponseMalformed(HANDSHAKE, "no\0status"), "response-malformed no?status"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void saysWhyAResponseIsOfNoUse(Connected outcome, String expected) {
        assertThat(said(ReachRules.unusable(PATH, outcome))).isEqualTo(expected);
    }

    @Test
    void callsNoOtherOutcomeUnusable() {
        assertThatThrownBy(() -> ReachRules.unusable(PATH, new Stopped(HANDSHAKE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "200, -,                             ",
                "200, https://other.supplier.co.uk/, ",
                "201, -,                             response-status 201",
                "204, -,                             response-status 204",
                "304, -,                             response-status 304",
                "404, -,                             response-status 404",
                "500, -,                             response-status 500",
                "302, https://other.supplier.co.uk/, redirect-not-followed 302 https://other.supplier.co.uk/",
                "307, http://169.254.169.254/,       redirect-not-followed 307 http://169.254.169.254/",
                "301, -,                             redirect-not-followed 301 -",
            })
    void takesStatus200AndNothingElse(int status, String location, String expected) {
        var headers = location == null ? Map.<String, List<String>>of() : Map.of("location", List.of(location));
        assertThat(ReachRules.status(PATH, new Response(status, headers, new byte[0], SHORT)))
                .extracting(ReachRulesTest::said)
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    /** Two looks at one key set: servers may order and space it as they like, but not serve other keys. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'keys':[{'kid':'a'}]}             | {'keys':[{'kid':'a'}]}               | false",
                "{'keys':[{'kid':'a'},{'kid':'b'}]} | {'keys': [{'kid':'b'}, {'kid':'a'}]} | false",
                "{'keys':[{'kid':'a','kty':'EC'}]}  | {'keys':[{'kty':'EC','kid':'a'}]}    | false",
                "{'keys':[],'n':1}                  | {'keys':[],'n':2}                    | false",
                "{'keys':[{'kid':'a'}]}             | {'keys':[{'kid':'b'}]}               | true",
                "{'keys':[{'kid':'a'}]}             | {'keys':[{'kid':'a'},{'kid':'b'}]}   | true",
                "{'keys':[{'kid':'a'}]}             | {'keys':[]}                          | true",
                "no JSON                            | no JSON                              | false",
                "{'keys':[]}                        | no JSON                              | true",
            })
    void comparesKeySetsAsSets(String one, String other, boolean differ) {
        assertThat(ReachRules.keysDiffer(PATH, json(one), json(other)).map(ReachRulesTest::said))
                .isEqualTo(differ ? Optional.of("jwks-differs") : Optional.empty());
    }

    /** OpenID Connect Back-Channel Logout 1.0 section 2.8: 400, and no copy is kept. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "400, no-store,             ",
                "400, 'max-age=0, NO-Store', ",
                "400, -,                    logout-response-cacheable",
                "400, 'no-cache, no-storex', logout-response-cacheable",
                "200, no-store,             logout-token-not-required 200",
                "204, no-store,             logout-token-not-required 204",
                "299, no-store,             logout-token-not-required 299",
                "200, -,                    logout-token-not-required 200 and logout-response-cacheable",
                "302, no-store,             logout-response-redirect 302 https://login.supplier.co.uk/",
                "304, no-store,             logout-response-status 304",
                "403, -,                    logout-response-status 403",
                "404, -,                    logout-endpoint-fails 404",
                "405, no-store,             logout-endpoint-fails 405",
                "401, no-store,             logout-response-status 401",
                "500, -,                    logout-endpoint-fails 500",
                "503, -,                    logout-endpoint-fails 503",
            })
    void warnsOfOddAnswersToALogoutRequest(int status, String cacheControl, String expected) {
        var location = Map.of("location", List.of("https://login.supplier.co.uk/"));
        var headers = cacheControl == null
                ? location
                : Map.of("location", location.get("location"), "cache-control", List.of(cacheControl));
        var answered = new Answered(HANDSHAKE, new Response(status, headers, new byte[0], SHORT));
        assertThat(LogoutResponseRules.check(PATH, answered))
                .extracting(ReachRulesTest::said)
                .isEqualTo(expected == null ? List.of() : List.of(expected.split(" and ")));
    }

    @Test
    void saysWhyALogoutRequestGotNoUsableAnswer() {
        assertThat(LogoutResponseRules.check(PATH, new ResponseTooSlow(HANDSHAKE, SHORT)))
                .extracting(ReachRulesTest::said)
                .containsExactly("logout-response-unusable response-too-slow 0");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "429, 120, response-status 429 120",
                "503, 'Tue, 01 Dec 2026 08:00:00 GMT', 'response-status 503 Tue, 01 Dec 2026 08:00:00 GMT'",
                "503, -, response-status 503",
                "404, 120, response-status 404"
            })
    void keepsWhenABusyServerAsksToComeBack(int status, String after, String expected) {
        var headers = after == null ? Map.<String, List<String>>of() : Map.of("retry-after", List.of(after));
        assertThat(ReachRules.status(PATH, new Response(status, headers, new byte[0], SHORT)))
                .extracting(ReachRulesTest::said)
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "4999, false", "5000, true", "12000, true"})
    void remarksOnAnAnswerThatTookLong(long millis, boolean remarked) {
        var response = new Response(200, Map.of(), new byte[0], Duration.ofMillis(millis));
        assertThat(ReachRules.slow(PATH, response).isPresent()).isEqualTo(remarked);
        assertThat(LogoutResponseRules.check(PATH, new Answered(HANDSHAKE, response)).stream()
                        .anyMatch(found -> found.rule().code().equals("response-slow")))
                .isEqualTo(remarked);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static String said(Violation violation) {
        assertThat(violation.path()).isEqualTo(PATH);
        return (violation.rule().code() + " " + String.join(" ", violation.arguments())).strip();
    }
}
