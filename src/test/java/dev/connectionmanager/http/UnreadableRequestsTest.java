package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.testing.PortalTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server cannot read as a request, or refuses by its address alone, is a problem document all the same. */
@PortalTest
class UnreadableRequestsTest {
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    @Test
    void anAddressThatIsTooLongIsAProblem() throws IOException {
        problem("GET /api/v1/teams?search=" + "x".repeat(5_000) + HOST + "\r\n", 414, "address-too-long");
        problem("GET /api/v1/" + "x".repeat(50_000) + HOST + "\r\n", 414, "address-too-long");
    }

    @Test
    void headersThatAreTooLargeAreAProblem() throws IOException {
        problem("GET /api/v1/teams" + HOST + "X: " + "x".repeat(20_000) + "\r\n\r\n", 431, "headers-too-large");
        assertThat(ask("GET /teams" + HOST + "Cookie: a=" + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431")
                .containsIgnoringCase("content-type: text/plain")
                .contains("too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "GET /api/v1/teams",
                "NONSENSE\0 /api/v1/teams HTTP/1.1",
                "GET /api/v1/teams HTTP/9.9.9",
                "\u0001\u0002\u0003"
            })
    void whatIsNoHttpIsAProblem(String line) throws IOException {
        problem(line + "\r\nHost: localhost\r\n\r\n", 400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/teams;x=1",
                "/api;x=1/v1/teams",
                "/api%2fv1/teams",
                "/api/v1%5cteams",
                "/api\\v1/teams",
                "/api/v1/%",
                "/api/v1/%z",
                "/api/v1/%zz",
                "/api/v1/%2",
                "/api/v1/a%00",
                "/api/v1//teams",
                "//api/v1/teams",
                "/api/../api/v1/teams",
                "/api/./v1/teams",
                "/api/%2e%2e/teams",
                "/api/v1/teams?search=%",
                "/api/v1/teams?search=%zz",
                "/api/v1/teams?search=%00",
                "/api/v1/teams?%f"
            })
    void anOddAddressIsAProblem(String address) throws IOException {
        problem("GET " + address + HOST + "\r\n", 400, "address-malformed");
        problem("POST " + address + HOST + "Content-Length: 2\r\n\r\n{}", 400, "address-malformed");
    }

    /** None of these is more than an address that nobody has, or one that asks for a log-in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e9",
                "\u00ff\u00fe",
                "%ff",
                "%C3%28",
                "a|b",
                "a{b}",
                "a^b",
                "a`b",
                "a\"b",
                "<b>",
                "a[b]",
                "~",
                "+",
                "'",
                "@",
                ":",
                "$",
                "!",
                "*",
                "(",
                ",",
                "%7f",
                "%0a",
                "%20"
            })
    void anUnusualAddressNeverFails(String segment) throws IOException {
        for (var path : new String[] {
            "/api/v1/" + segment,
            "/api/v1/teams/" + segment,
            "/api/v1/environments/" + segment,
            "/api/v1/teams?search=" + segment,
            "/api/v1/teams?" + segment + "=1"
        }) {
            for (var method : new String[] {"GET", "POST", "OPTIONS"}) {
                var answer = ask(method + " " + path + HOST + "Content-Length: 0\r\nIdempotency-Key: x\r\n\r\n");
                assertThat(answer).as(method + " " + path).matches("(?s)HTTP/1.1 (204|400|401|404|405) .*");
                if (!answer.startsWith("HTTP/1.1 204")) {
                    assertThat(answer).as(method + " " + path).containsIgnoringCase("application/problem+json");
                }
            }
        }
    }

    @Test
    void theWholeServerIsNoAddress() throws IOException {
        assertThat(ask("OPTIONS *" + HOST + "\r\n"))
                .matches("(?s)HTTP/1.1 (204|40.) .*")
                .containsIgnoringCase("x-request-id");
    }

    private static void problem(String request, int status, String code) throws IOException {
        var answer = ask(request);
        assertThat(answer)
                .matches("(?s)HTTP/1.. " + status + " .*")
                .containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .containsIgnoringCase("\r\ndate: ");
        var problem = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.path("code").textValue()).isEqualTo(code);
        assertThat(problem.path("status").intValue()).isEqualTo(status);
        assertThat(problem.path("title").textValue()).isNotEmpty();
        assertThat(answer.toLowerCase())
                .contains(
                        "x-request-id: " + problem.path("instance").textValue().substring("urn:uuid:".length()));
    }

    private static String ask(String request) throws IOException {
        try (var raw = RawConnection.open()) {
            return raw.send(request).answer();
        }
    }
}
