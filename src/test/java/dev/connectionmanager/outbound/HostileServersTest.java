package dev.connectionmanager.outbound;

import static dev.connectionmanager.outbound.OneServer.HOST;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.ResponseMalformed;
import dev.connectionmanager.outbound.CallResult.ResponseTooLarge;
import dev.connectionmanager.outbound.CallResult.TlsFailed;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that were built to do harm: each costs its own call, briefly, and nothing else. */
class HostileServersTest {
    /** TLS 1.2, with a suite that any client takes. */
    private static final String SERVER_HELLO =
            record(22, "\u0002\0\0\u0026\u0003\u0003" + "r".repeat(32) + "\0\u00c0\u002f\0");

    private final OneServer server = new OneServer();

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }

    static Stream<Named<Behaviour>> handshakes() {
        var certificates = "\u000b\u00ff\u00ff\u00ff" + "\u00ff\u00ff\u00fc" + "\u00ff\u00ff\u00f9";
        return Stream.of(
                flood("one octet at a time", "\u0016\u0003\u0003\u003f\u00ff", "\u0002", 20),
                flood("empty records without end", "", record(22, ""), 0),
                flood("warnings without end", "", record(21, "\u0001\u005a"), 0),
                flood("changes of cipher without end", "", record(20, "\u0001"), 0),
                flood(
                        "a certificate of 16 MiB",
                        SERVER_HELLO + record(22, certificates),
                        record(22, "c".repeat(16_000)),
                        0),
                flood("server hellos without end", "", SERVER_HELLO, 0),
                flood("requests to begin anew", SERVER_HELLO, record(22, "\0\0\0\0"), 0),
                flood("a record of 64 KiB", "\u0016\u0003\u0003\u00ff\u00ff", "x".repeat(1_000), 0),
                flood("noise", "", "\u00a5\u0000\u00ff", 0),
                Named.of("an alert amid the handshake", connection -> {
                    connection.getInputStream().read(new byte[4_096]);
                    Answers.send(connection, SERVER_HELLO + record(21, "\u0002\u0050"));
                }),
                Named.of("half of a hello, and the end", connection -> {
                    connection.getInputStream().read(new byte[4_096]);
                    Answers.send(connection, SERVER_HELLO.substring(0, 20));
                    connection.shutdownOutput();
                    connection.getInputStream().readAllBytes();
                }));
    }

    @ParameterizedTest
    @MethodSource("handshakes")
    void endsHandshakesThatLeadNowhere(Behaviour behaviour) {
        server.laboratory.raw(HOST, behaviour);
        assertThat(server.askInAHurry(HOST)).isInstanceOf(TlsFailed.class);
    }

    static Stream<Arguments> responses() {
        var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n";
        return Stream.of(
                malformed("HTTP/0.9", Answers.wire("<html>hello</html>")),
                malformed("the preface of HTTP/2", Answers.wire("\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0d\r\n\r\n")),
                malformed("its version", Answers.wire("HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\n{}")),
                malformed("another status than a number", Answers.wire("HTTP/1.1 2x0 OK\r\n\r\n{}")),
                malformed("status 99", Answers.wire("HTTP/1.1 99 OK\r\n\r\n{}")),
                malformed("to be continued without end", Answers.endless("", "HTTP/1.1 100 Continue\r\n\r\n", 0)),
                malformed("a list of lengths", Answers.wire("HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\n{}")),
                malformed("a signed length", Answers.wire("HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\n{}")),
                malformed(
                        "two codings",
                        Answers.wire("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
                                + "Transfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n")),
                malformed(
                        "a second encoding",
                        Answers.wire("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Encoding: gzip\r\n"
                                + "Content-Length: 2\r\n\r\n{}")),
                malformed("a negative chunk", Answers.wire(chunked + "-1\r\n")),
                tooLarge(
                        "trailers without end",
                        Answers.endless(chunked + "0\r\n", "X: " + "x".repeat(900) + "\r\n", 0)),
                tooLarge("a chunk of 2 GiB", Answers.endless(chunked + "7fffffff\r\n", "x".repeat(9_000), 0)),
                tooLarge("spaces before the size of a chunk", Answers.endless(chunked, " ".repeat(9_000), 0)),
                tooLarge(
                        "hints without end",
                        Answers.endless("", "HTTP/1.1 103 Early Hints\r\nX: " + "x".repeat(9_000) + "\r\n\r\n", 0)),
                tooLarge("line ends without end", Answers.endless("HTTP/1.1 200 OK\r\nX: y\r\n", " folded\r\n", 0)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("responses")
    void makesNothingOfHostileResponses(Class<?> outcome, Behaviour behaviour) {
        // Else it would be too slow, in the end.
        assertThat(server.answered(behaviour)).isInstanceOf(outcome);
    }

    @Test
    void doesNotListenToWhatFollowsAResponse() {
        var outcome = server.answered(Answers.endless(Answers.text("200 OK", "", "{}"), "x".repeat(9_000), 0));
        assertThat(outcome).isInstanceOf(Answered.class);
    }

    private static Named<Behaviour> flood(String what, String first, String again, long pauseMillis) {
        var once = first.getBytes(ISO_8859_1);
        // Many at once: a system call for each would be slow, and harmless.
        var more = (pauseMillis == 0 ? again.repeat(1 + 9_000 / again.length()) : again).getBytes(ISO_8859_1);
        return Named.of(what, connection -> {
            connection.getInputStream().read(new byte[4_096]);
            connection.getOutputStream().write(once);
            while (true) {
                connection.getOutputStream().write(more);
                Thread.sleep(pauseMillis);
            }
        });
    }

    private static String record(int type, String content) {
        return (char) type + "\u0003\u0003" + (char) (content.length() >> 8) + (char) (content.length() & 0xff)
                + content;
    }

    private static Arguments malformed(String what, Behaviour behaviour) {
        return Arguments.of(ResponseMalformed.class, Named.of(what, behaviour));
    }

    private static Arguments tooLarge(String what, Behaviour behaviour) {
        return Arguments.of(ResponseTooLarge.class, Named.of(what, behaviour));
    }
}
