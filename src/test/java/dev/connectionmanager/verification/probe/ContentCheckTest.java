package dev.connectionmanager.verification.probe;

import static dev.connectionmanager.verification.probe.OneEndpoint.URI;
import static dev.connectionmanager.verification.probe.OneEndpoint.codes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeySetVerdict;
import dev.connectionmanager.verification.probe.CheckStep.Name;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Live checks of what endpoints answer. */
class ContentCheckTest {
    private final OneEndpoint endpoint = new OneEndpoint();

    @AfterEach
    void tearDown() throws Exception {
        endpoint.close();
    }

    @ParameterizedTest
    @CsvSource({
        "301 Moved Permanently, https://other.example.com/jwks, redirect-not-followed",
        "302 Found, http://169.254.169.254/, redirect-not-followed",
        "307 Temporary Redirect, /elsewhere, redirect-not-followed",
        "204 No Content,, response-status",
        "401 Unauthorized,, response-status",
        "403 Forbidden,, response-status",
        "404 Not Found,, response-status",
        "500 Internal Server Error,, response-status"
    })
    void wantsStatus200(String status, String location, String code) {
        endpoint.serve(Answers.of(status, location == null ? "" : "Location: " + location + "\r\n", ""));
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly(code);
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CONTENT);
        assertThat(report.violations().all().get(0).arguments())
                .startsWith(status.substring(0, 3))
                .satisfies(arguments -> {
                    if (location != null) {
                        assertThat(arguments.get(1)).isEqualTo(location);
                    }
                });
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("response-too-large", Answers.of("200 OK", "", "x".repeat(5 << 20))),
                Arguments.of("response-too-large", Answers.of("200 OK", "X: " + "x".repeat(1 << 20) + "\r\n", "{}")),
                Arguments.of("response-malformed", Answers.wire("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void refusesContentThatExceedsTheLimits(String code, Behaviour behaviour) {
        endpoint.serve(behaviour);
        assertThat(codes(endpoint.jwks())).containsExactly(code);
    }

    @Test
    void refusesContentThatComesTooSlowly() {
        endpoint.hurry();
        endpoint.serve(Answers.endless("HTTP/1.1 200 OK\r\n\r\n", "x", 50));
        assertThat(codes(endpoint.jwks())).containsExactly("response-too-slow");
    }

    @Test
    void handsContentToTheRulesOnKeys() {
        endpoint.serve(Answers.of("200 OK", "Content-Type: text/html\r\n", "<html>"));
        var report = new JwksProbe(endpoint.probe).check(Endpoint.jwks(URI, null), response -> {
            assertThat(response.header("content-type")).contains("text/html");
            assertThat(response.body()).asString().isEqualTo("<html>");
            return KeySetVerdict.unread(
                    new Violations(List.of(Violation.of("jwks_uri", dev.connectionmanager.policy.Rule.WRONG_TYPE))));
        });
        assertThat(report.failed()).map(CheckStep::name).contains(Name.CONTENT);
    }

    @Test
    void warnsWhenASecondLookGivesOtherKeys() {
        var answers = new AtomicInteger();
        endpoint.serve(
                connection -> Answers.of("200 OK", "", "{\"keys\":[{\"kid\":\"" + answers.incrementAndGet() + "\"}]}")
                        .serve(connection));
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("jwks-differs");
        assertThat(report.blocks()).isFalse();
    }

    @Test
    void warnsWhenASecondLookFails() {
        var answers = new AtomicInteger();
        endpoint.serve(connection -> (answers.incrementAndGet() == 1
                        ? OneEndpoint.KEYS
                        : Answers.of("503 Service Unavailable", "Retry-After: 30\r\n", ""))
                .serve(connection));
        var report = endpoint.jwks();
        assertThat(codes(report)).containsExactly("jwks-second-fetch-fails");
        assertThat(report.violations().all().get(0).arguments()).containsExactly("response-status", "503", "30");
        assertThat(report.blocks()).isFalse();
    }

    @Test
    void doesNotMindAnotherOrderOfTheSameKeys() {
        var answers = new AtomicInteger();
        endpoint.serve(connection -> Answers.of(
                        "200 OK",
                        "",
                        answers.getAndIncrement() == 0
                                ? "{\"keys\":[{\"kid\":\"a\",\"kty\":\"EC\"},{\"kid\":\"b\"}]}"
                                : "{ \"keys\": [ {\"kid\":\"b\"}, {\"kty\":\"EC\",\"kid\":\"a\"} ] }")
                .serve(connection));
        assertThat(codes(endpoint.jwks())).isEmpty();
        assertThat(answers).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 Bad Request | no-store |",
                "400 Bad Request | no-cache, NO-STORE |",
                "400 Bad Request | no-cache | logout-response-cacheable",
                "200 OK | no-store | logout-token-not-required",
                "204 No Content | no-store | logout-token-not-required",
                "302 Found | no-store | logout-response-redirect",
                "401 Unauthorized | no-store | logout-response-status",
                "404 Not Found | no-store | logout-endpoint-fails",
                "405 Method Not Allowed | no-store | logout-endpoint-fails",
                "500 Internal Server Error | no-store | logout-endpoint-fails"
            })
    void failsALogoutEndpointOnlyWhereNothingIsThereToTakeARequest(String status, String cacheControl, String code) {
        endpoint.serve(Answers.of(
                status, "Location: https://login.example.com/\r\nCache-Control: " + cacheControl + "\r\n", ""));
        var report = endpoint.logoutPost();
        assertThat(codes(report)).isEqualTo(code == null ? List.of() : List.of(code));
        assertThat(report.blocks()).isEqualTo("logout-endpoint-fails".equals(code));
        assertThat(report.content().orElseThrow().state() == CheckStep.State.PASSED)
                .isEqualTo(!report.blocks());
        assertThat(report.seen().status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    }

    @Test
    void postsAnEmptyForm() {
        var sent = new java.util.concurrent.atomic.AtomicReference<List<String>>();
        endpoint.serve(connection -> {
            sent.set(Answers.request(connection));
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes());
        });
        endpoint.logoutPost();
        assertThat(sent.get())
                .startsWith("POST /path HTTP/1.1")
                .contains("Content-Type: application/x-www-form-urlencoded", "Content-Length: 0");
    }

    @Test
    void warnsWhenTheLogoutEndpointGivesNoAnswer() {
        endpoint.serve(connection -> Answers.request(connection));
        assertThat(codes(endpoint.logoutPost())).containsExactly("logout-response-unusable");
    }
}
