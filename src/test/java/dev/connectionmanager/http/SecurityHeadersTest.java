package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer carries, and which addresses are refused before anybody reads them. */
@PortalTest
public class SecurityHeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/teams",
                "/login",
                "/nothing",
                "/teams;x",
                "/api/v1/teams",
                "/api/nothing",
                "/q/health",
                "/q/openapi",
                "/local/openid/jwks",
                "/local/openid/authorize"
            })
    void everyAnswerIsClosedToOtherSites(String path) {
        var answer = Persons.get(HttpClient.newHttpClient(), path);
        assertClosed(answer);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    /** Once on every answer, whatever it is; cookies are for this site's own requests and no script. */
    public static void assertClosed(HttpResponse<String> answer) {
        var headers = answer.headers();
        assertThat(headers.allValues("Content-Security-Policy"))
                .as("%s %s", answer.statusCode(), answer.uri())
                .singleElement()
                .satisfies(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action"))
                .satisfies(policy -> assertThat(policy).doesNotContain("unsafe"));
        assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        // An invitation's address is told to nobody, not even to the portal's own pages.
        assertThat(headers.allValues("Referrer-Policy")).singleElement().isIn("same-origin", "strict-origin");
        assertThat(headers.allValues("Set-Cookie"))
                .filteredOn(cookie -> !cookie.contains("=;"))
                .allSatisfy(cookie -> assertThat(cookie)
                        .containsIgnoringCase("; HttpOnly")
                        // Of programs, which follow no link from another site.
                        .containsIgnoringCase(
                                cookie.startsWith("__Host-session=") ? "; SameSite=Strict" : "; SameSite=Lax"));
    }

    /** Only announced: the server does not wait for a body that it will not read. */
    @Test
    void theAnswerToATooLargeBodyCarriesThemToo() throws IOException {
        var answer = raw("PUT /api/v1/teams HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: 3000000\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413").containsIgnoringCase("x-content-type-options: nosniff");
    }

    @Test
    void aFormThatIsTooLargeIsRefusedUnread() throws IOException {
        var answer = raw("POST /logout HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413").contains("too large");
    }

    /** By an upgrade, a client would speak past a proxy that only passes on what it has judged. */
    @Test
    void noConnectionIsUpgraded() throws IOException {
        var address = URI.create(Persons.address());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) Patience.LONG.toMillis());
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                                    + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    /** What is broken is refused, and fills no log with failures. */
    @Test
    void brokenRequestsAreNoFailures() throws IOException {
        for (var hosts : List.of("", "Host: localhost\r\nHost: other\r\n")) {
            assertThat(raw("GET / HTTP/1.0\r\n" + hosts + "\r\n")).matches("(?s)HTTP/1.. 400 .*");
        }
        assertThat(raw("GET /q/health HTTP/1.0\r\n\r\n")).matches("(?s)HTTP/1.. 200 .*");
        for (var path : List.of("/logout/back-channel", "/teams/" + Api.FIRST_TEAM + "/applications/new")) {
            var broken = HttpRequest.newBuilder(URI.create(Persons.address() + path))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", Persons.address())
                    .POST(HttpRequest.BodyPublishers.ofString("logout_token=%zz"))
                    .build();
            assertThat(Persons.send(Persons.browser("owner"), broken).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void pagesOfAPersonAreKeptByTheirBrowserAlone() {
        var answer = Persons.get(Persons.browser("owner"), "/teams");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    }

    /** Sent as they are: clients would repair or refuse them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/teams;x=1",
                "/;/teams",
                "/api;x=1/v1/teams",
                "/api%3bx/v1/teams",
                "/api%3Bx/v1/teams",
                "/api%2fv1/teams",
                "/api%2Fv1/teams",
                "/api%5cv1/teams",
                "/api%5Cv1/teams",
                "/api\\v1\\teams",
                "//api/v1/teams",
                "/api/./v1/teams",
                "/teams/../api/v1/teams",
                "/local;x/openid/jwks",
                "http://localhost/api;x=1/v1/teams"
            })
    void refusesOddAddressesBeforeAskingWhoCalls(String target) throws IOException {
        var answer = raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("www-authenticate");
    }

    private static String raw(String request) throws IOException {
        var address = URI.create(Persons.address());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout((int) Patience.LONG.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
