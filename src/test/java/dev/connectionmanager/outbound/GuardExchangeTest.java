package dev.connectionmanager.outbound;

import static dev.connectionmanager.outbound.OneServer.HOST;
import static dev.connectionmanager.outbound.OneServer.LEAF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.ResponseEncoded;
import dev.connectionmanager.outbound.CallResult.ResponseMalformed;
import dev.connectionmanager.outbound.CallResult.ResponseTooLarge;
import dev.connectionmanager.outbound.CallResult.ResponseTooSlow;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request and its response, whatever the server makes of it. */
class GuardExchangeTest {
    private final OneServer server = new OneServer();

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }

    @Test
    void sendsItsOwnNameAndNothingPersonal() {
        var sent = new AtomicReference<List<String>>();
        server.answered(Answers.wire(Answers.text("200 OK", "Set-Cookie: a=b\r\n", "{}"), sent::set));
        assertThat(sent.get())
                .containsExactly(
                        "GET /keys?a=b HTTP/1.1",
                        "Host: app.supplier.co.uk",
                        "User-Agent: Connection-Manager/1 (endpoint check; https://portal.example/contact)",
                        "Accept: application/json",
                        "Accept-Encoding: identity",
                        "Connection: close");
    }

    @Test
    void postsAFormWholeAndTellsNobodyElseWhatIsInIt() {
        var form = "logout_token=" + "x".repeat(2_000);
        var sent = new AtomicReference<String>();
        server.laboratory.tls(
                HOST,
                socket -> {},
                connection -> {
                    sent.set(Answers.form(connection));
                    Answers.send(connection, Answers.text("200 OK", "", ""));
                },
                LEAF);
        var request = OutboundRequest.post(null, URI.create("https://" + HOST + "/logout"), form);
        assertThat(server.guard.ask(request, seen -> true)).isInstanceOf(Answered.class);
        assertThat(sent.get()).isEqualTo(form);
        assertThat(request.toString()).doesNotContain("xxx");
    }

    static Stream<Named<String>> complete() {
        return Stream.of(
                Named.of("with a length", Answers.text("200 OK", "", "{}")),
                Named.of(
                        "in chunks",
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\n{\r\n1\r\n}\r\n0\r\n\r\n"),
                Named.of("as far as the end", "HTTP/1.1 200 OK\r\n\r\n{}"),
                Named.of(
                        "after interim responses",
                        "HTTP/1.1 103 Early Hints\r\n\r\n" + Answers.text("200 OK", "", "{}")));
    }

    @ParameterizedTest
    @MethodSource("complete")
    void readsAResponse(String wire) {
        assertThat(server.answered(Answers.wire(wire))).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.response().status()).isEqualTo(200);
            assertThat(answered.response().body()).asString().isEqualTo("{}");
        });
    }

    @Test
    void doesNotFollowARedirect() {
        server.laboratory.name("other.supplier.co.uk", "51.140.7.7");
        var outcome = server.answered(Answers.of("302 Found", "Location: https://other.supplier.co.uk/\r\n", ""));
        assertThat(outcome).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.response().redirects()).isTrue();
            assertThat(answered.response().header("Location")).contains("https://other.supplier.co.uk/");
        });
        assertThat(server.laboratory.lookupsOf("other.supplier.co.uk")).isZero();
    }

    @Test
    void readsABodyOf64KiB() {
        var body = "x".repeat(64 * 1024);
        assertThat(server.answered(Answers.of("200 OK", "", body)))
                .isInstanceOfSatisfying(
                        Answered.class,
                        answered -> assertThat(answered.response().body()).hasSize(64 * 1024));
    }

    static Stream<Arguments> tooLarge() {
        var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "BODY",
                        Named.of(
                                "a length of 5 MiB",
                                Answers.wire("HTTP/1.1 200 OK\r\nContent-Length: 5242880\r\n\r\n"))),
                Arguments.of(
                        "BODY",
                        Named.of(
                                "5 MiB as far as the end",
                                Answers.wire("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(5 << 20)))),
                Arguments.of(
                        "BODY",
                        Named.of("endless chunks", Answers.endless(chunked, "400\r\n" + "x".repeat(1024) + "\r\n", 0))),
                Arguments.of(
                        "BODY",
                        Named.of(
                                "endless chunk extensions",
                                Answers.endless(chunked, "1;" + "x".repeat(9000) + "\r\ny\r\n", 0))),
                Arguments.of(
                        "BODY",
                        Named.of("an endless chunk header", Answers.endless(chunked + "1;", "x".repeat(1000), 0))),
                Arguments.of(
                        "HEADERS",
                        Named.of(
                                "headers of 1 MiB",
                                Answers.endless("HTTP/1.1 200 OK\r\n", "X: " + "x".repeat(4000) + "\r\n", 0))),
                Arguments.of(
                        "HEADERS",
                        Named.of(
                                "one header of 1 MiB", Answers.endless("HTTP/1.1 200 OK\r\nX: ", "x".repeat(4000), 0))),
                Arguments.of(
                        "HEADERS",
                        Named.of(
                                "33 KiB of headers",
                                Answers.of("200 OK", ("X: " + "x".repeat(1000) + "\r\n").repeat(33), "{}"))),
                Arguments.of(
                        "HEADERS", Named.of("countless headers", Answers.of("200 OK", "X: y\r\n".repeat(1000), "{}"))),
                Arguments.of(
                        "HEADERS",
                        Named.of("an endless status line", Answers.endless("HTTP/1.1 200 ", "x".repeat(4000), 0))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("tooLarge")
    void stopsReadingWhatIsTooLarge(ResponseTooLarge.Part part, Behaviour behaviour) {
        assertThat(server.answered(behaviour))
                .isInstanceOfSatisfying(ResponseTooLarge.class, large -> assertThat(large.part())
                        .isEqualTo(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", "identity, gzip"})
    void unpacksGzipAlthoughItAskedForNone(String encoding) {
        assertThat(server.answered(packed(encoding, "{\"keys\":[]}")))
                .isInstanceOfSatisfying(Answered.class, answered -> assertThat(
                                answered.response().body())
                        .asString()
                        .isEqualTo("{\"keys\":[]}"));
    }

    @Test
    void stopsUnpackingWhatBecomesTooLarge() {
        assertThat(server.answered(packed("gzip", "x".repeat(5 << 20))))
                .isInstanceOfSatisfying(ResponseTooLarge.class, large -> assertThat(large.part())
                        .isEqualTo(ResponseTooLarge.Part.BODY));
    }

    @ParameterizedTest
    @CsvSource({"br, br", "deflate, deflate", "zstd, zstd", "'gzip, gzip', 'gzip, gzip'"})
    void namesAnEncodingThatItDoesNotRead(String encoding, String named) {
        assertThat(server.answered(packed(encoding, "{}")))
                .isInstanceOfSatisfying(ResponseEncoded.class, encoded -> assertThat(encoded.encoding())
                        .isEqualTo(named));
    }

    private static Behaviour packed(String encoding, String text) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answers.of(
                "200 OK", "Content-Encoding: " + encoding + "\r\n", packed.toString(StandardCharsets.ISO_8859_1));
    }

    static Stream<Named<Behaviour>> tooSlow() {
        return Stream.of(
                Named.of("no answer", Answers.silentAfter("")),
                Named.of("headers one octet at a time", Answers.endless("HTTP/1.1 200 OK\r\nX: ", "x", 50)),
                Named.of("a body one octet at a time", Answers.endless("HTTP/1.1 200 OK\r\n\r\n", "x", 50)),
                Named.of(
                        "chunks of one octet",
                        Answers.endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", 50)),
                Named.of(
                        "less than the length promises",
                        Answers.silentAfter("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")));
    }

    @ParameterizedTest
    @MethodSource("tooSlow")
    void endsWhatIsTooSlow(Behaviour behaviour) {
        server.laboratory.tls(HOST, socket -> {}, behaviour, LEAF);
        assertThat(server.askInAHurry(HOST)).isInstanceOf(ResponseTooSlow.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            })
    void refusesMalformedResponses(String wire) {
        assertThat(server.answered(Answers.wire(wire))).isInstanceOf(ResponseMalformed.class);
    }
}
