package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are framed and arrive, over sockets. How long that may take is tried in {@link ConnectionTimesTest}. */
@PortalTest
class RequestArrivalsTest {
    private static final String POST = "POST /logout/back-channel HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
    private static final String CHUNKS = "5\r\na=bcd\r\n0\r\n\r\n";
    private static final String HIDDEN = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chunked, xchunked",
                "identity, chunked",
                "chunked, chunked",
                "gzip, chunked",
                "chunked, identity",
                "chunked;q=1",
                "chunked,",
                ",chunked",
                "xchunked",
                "identity",
                "gzip",
                "Chunked",
                "CHUNKED",
                "\"chunked\"",
                "\u000bchunked",
                "chunked\u000b",
                "chunked\u0000",
                "\r\n chunked",
                "",
                "chunked\r\nTransfer-Encoding: chunked",
                "chunked\r\nTransfer-Encoding: identity",
                "identity\r\nTransfer-Encoding: chunked",
                "chunked\r\nContent-Length: 5",
                "chunked;q=1\r\nContent-Length: 5",
                "gzip\r\nContent-Length: 5",
                "chunked\nX: y"
            })
    void refusesWhatIsNotExactlyChunked(String encoding) throws IOException {
        assertRefused(POST + "Transfer-Encoding: " + encoding + "\r\n\r\n" + CHUNKS + HIDDEN);
    }

    static Stream<String> framings() {
        return Stream.concat(
                Stream.of(
                                "5, 5",
                                "5,6",
                                "+5",
                                "-5",
                                "0x5",
                                "1e1",
                                "5;a",
                                "",
                                "5 5",
                                "99999999999999999999",
                                "5\r\nContent-Length: 5")
                        .map(length -> POST + "Content-Length: " + length + "\r\n\r\na=bcd" + HIDDEN),
                Stream.of(
                        POST + "Content-Length: 5\r\n" + CHUNKED + "\r\n" + CHUNKS + HIDDEN,
                        POST + "Content-Length : 5\r\n\r\na=bcd" + HIDDEN,
                        POST + "Transfer-Encoding : chunked\r\n\r\n" + CHUNKS + HIDDEN,
                        POST + "X: y\rTransfer-Encoding: chunked\r\n\r\n" + CHUNKS + HIDDEN,
                        POST.replace("1.1", "1.0") + CHUNKED + "\r\n" + CHUNKS + HIDDEN,
                        POST.replace("1.1", "1.0") + "Connection: keep-alive\r\n" + CHUNKED + "\r\n" + CHUNKS + HIDDEN,
                        POST.replace("1.1", "1.2") + CHUNKED + "\r\n" + CHUNKS + HIDDEN,
                        // Netty awaits eight bytes behind these.
                        "GET / HTTP/1.1\r\nHost: localhost\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 1\r\n\r\n"
                                + HIDDEN,
                        // What is refused by its address alone is no way round.
                        POST.replace("/logout", "/;x/logout") + "Content-Length: 500\r\n\r\n" + HIDDEN));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void refusesWhatTwoServersCouldReadDifferently(String request) throws IOException {
        assertRefused(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5\na=bcd\r\n0\r\n\r\n",
                "5;x\na=bcd\r\n0\r\n\r\n",
                "2;\nxx\r\n3a\r\n0\r\n\r\n",
                "5;x=\r\n",
                "5;x=\"\r\n\"\r\na=bcd\r\n0\r\n\r\n",
                "5;x\ry\r\na=bcd\r\n0\r\n\r\n",
                "5\ra=bcd\r\n0\r\n\r\n",
                "5\r\na=bcd0\r\n\r\n",
                "5\r\na=bcd\n0\r\n\r\n",
                "+5\r\na=bcd\r\n0\r\n\r\n",
                "-5\r\na=bcd\r\n0\r\n\r\n",
                "0x5\r\na=bcd\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFF5\r\na=bcd\r\n0\r\n\r\n",
                "\r\na=bcd\r\n0\r\n\r\n",
                "0\n\n",
                "0\r\nX: y\n\r\n"
            })
    void answersNothingThatIsHiddenInChunks(String chunks) throws IOException {
        try (var connection = RawConnection.open()) {
            assertThat(connection
                            .send(POST + CHUNKED + "\r\n" + chunks + HIDDEN)
                            .answer())
                    .doesNotContain("200");
        }
    }

    @Test
    void takesAnOrdinaryBodyEitherWayAndWhatIsSentBehindIt() throws IOException {
        try (var connection = RawConnection.open()) {
            connection
                    .send(POST + "Transfer-Encoding: chunked\r\n\r\n5;ok=1\r\na=bcd\r\n0\r\n\r\n")
                    .send(POST + "Content-Length: 5\r\n\r\na=bcd")
                    .send("GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    // The last one: its answer ends the connection, and the test.
                    .send(POST + "Transfer-Encoding: identity\r\n\r\n");
            assertThat(connection.answer().split("HTTP/1.1 ", -1))
                    .extracting(answer -> answer.length() < 3 ? answer : answer.substring(0, 3))
                    .containsExactly("", "400", "400", "200", "400");
        }
    }

    /** More than the worker threads, of which there are 200. The oldest make room; nobody else waits for them. */
    @Test
    void bodiesThatDoNotArriveHoldNobodyUp() throws Exception {
        var stalled = new ArrayList<RawConnection>();
        try {
            for (int i = 0; i < 205; i++) {
                stalled.add(RawConnection.open().send(POST + "Content-Length: 100\r\n\r\nl"));
            }
            assertThat(stalled.get(0).answer()).startsWith("HTTP/1.1 429");
            for (var path : List.of("/", "/q/health/ready")) {
                assertThat(Persons.send(
                                        HttpClient.newHttpClient(),
                                        HttpRequest.newBuilder(URI.create(Persons.address() + path))
                                                .build())
                                .statusCode())
                        .isEqualTo(200);
            }
            var form = HttpRequest.newBuilder(URI.create(Persons.address() + "/logout/back-channel"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("logout_token=x"))
                    .build();
            assertThat(Persons.send(HttpClient.newHttpClient(), form).statusCode())
                    .isEqualTo(400);
        } finally {
            for (var connection : stalled) {
                connection.close();
            }
        }
        assertThat(log()).contains("its body made room for others of its address");
    }

    @Test
    void aClientThatBreaksOffLeavesNoStackTrace() throws IOException {
        for (var path : List.of("/", "/q/openapi", "/docs/registrations")) {
            try (var connection = RawConnection.open()) {
                connection.reset("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
        }
        try (var connection = RawConnection.open()) {
            connection.reset(POST + "Content-Length: 100\r\n\r\nl");
        }
        try (var connection = RawConnection.open()) {
            // The portal is at work again when it answers this.
            connection.send(
                    "GET /q/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n" + POST + "Transfer-Encoding: x\r\n\r\n");
            assertThat(connection.answer()).contains("HTTP/1.1 200");
        }
        assertThat(log()).doesNotContain("ConnectionBase", "HttpClosedException", "ClosedChannelException");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsSentAndWhenItSaysNoLength() {
        for (var length : List.of(true, false)) {
            var body = HttpRequest.BodyPublishers.ofByteArray(new byte[300_000]);
            var request = HttpRequest.newBuilder(URI.create(Persons.address() + "/api/v1/teams"))
                    .header("Content-Type", "application/json")
                    .POST(length ? body : HttpRequest.BodyPublishers.fromPublisher(body))
                    .build();
            HttpResponse<String> answer = Persons.send(HttpClient.newHttpClient(), request);
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("content-too-large");
        }
    }

    /** There are a hundred labels for paths, and they are kept until the portal stops. */
    @Test
    void whatSomebodyMakesUpIsNoLabelOfAMetric() throws IOException {
        try (var connection = RawConnection.open()) {
            for (var line : List.of(
                    "GET /api/v1/teams/%00/made-up",
                    "GET /made-up",
                    "GET /;made-up",
                    "GET /made-up/../x",
                    "GET /assets/made-up",
                    "GET /docs/made-up",
                    "GET /q/made-up",
                    "GET /api/v1/made-up",
                    "MADE-UP /",
                    "POST /made-up",
                    "OPTIONS /made-up",
                    "DELETE /api/v1/applications/made-up")) {
                try (var other = RawConnection.open()) {
                    other.send(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n" + POST + "Transfer-Encoding: x\r\n\r\n")
                            .answer();
                }
            }
            try (var other = RawConnection.open()) {
                other.reset("POST /made-up HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx");
            }
            connection.send(
                    "GET /q/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n" + POST + "Transfer-Encoding: x\r\n\r\n");
            assertThat(connection.answer())
                    .contains("http_server_requests_seconds_count", "uri=\"/unknown\"", "method=\"OTHER\"")
                    .doesNotContainIgnoringCase("made-up");
        }
    }

    private static void assertRefused(String request) throws IOException {
        try (var connection = RawConnection.open()) {
            var answer = connection.send(request).answer();
            var answers = answer.split("HTTP/1\\.(?=\\d \\d{3} )", -1);
            assertThat(answers).as(answer).hasSize(2);
            assertThat(answers[1].substring(1)).startsWith(" 400 ");
        }
    }

    private static String log() throws IOException {
        return Files.readString(Path.of(ConfigProvider.getConfig().getValue("quarkus.log.file.path", String.class)));
    }
}
