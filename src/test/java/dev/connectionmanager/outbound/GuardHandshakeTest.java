package dev.connectionmanager.outbound;

import static dev.connectionmanager.outbound.OneServer.HOST;
import static dev.connectionmanager.outbound.OneServer.LEAF;
import static dev.connectionmanager.outbound.OneServer.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.outbound.Outcome.Answered;
import dev.connectionmanager.outbound.Outcome.Stopped;
import dev.connectionmanager.outbound.Outcome.TlsFailed;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard shows of TLS. */
class GuardHandshakeTest {
    private final OneServer server = new OneServer();

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }

    @Test
    void showsTheHandshakeBeforeAnythingIsSent() throws Exception {
        var requests = new AtomicInteger();
        server.laboratory.tls(
                HOST,
                socket -> {},
                connection -> requests.addAndGet(Answers.request(connection).size()),
                LEAF,
                ROOT);
        var outcome = server.guard.ask(Call.get(null, URI.create("https://" + HOST + "/"), "*/*"), seen -> {
            assertThat(seen.chain()).containsExactly(LEAF.certificate(), ROOT.certificate());
            assertThat(seen.protocol()).isEqualTo("TLSv1.3");
            assertThat(seen.cipherSuite()).startsWith("TLS_AES");
            assertThat(seen.clientCertificateAsked()).isFalse();
            return false;
        });
        assertThat(outcome).isInstanceOf(Stopped.class);
        Thread.sleep(50);
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void seesTheChainEachTime(String protocol) {
        for (int i = 0; i < 2; i++) {
            var outcome = server.served(
                    socket -> socket.setEnabledProtocols(new String[] {protocol}), Answers.of("200 OK", "", "{}"));
            assertThat(outcome).isInstanceOfSatisfying(Answered.class, answered -> {
                assertThat(answered.handshake().chain()).hasSize(2);
                assertThat(answered.handshake().protocol()).isEqualTo(protocol);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void noticesThatAClientCertificateIsAskedFor(String protocol) {
        server.laboratory.tls(
                HOST,
                socket -> {
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.setNeedClientAuth(true);
                },
                Answers.of("200 OK", "", "{}"),
                LEAF);
        var outcome = server.guard.ask(Call.get(null, URI.create("https://" + HOST + "/"), "*/*"), seen -> false);
        var handshake = ((Outcome.Connected) outcome).handshake();
        assertThat(handshake.clientCertificateAsked()).isTrue();
        assertThat(handshake.chain()).containsExactly(LEAF.certificate());
    }

    @Test
    void doesNotWaitForAHandshakeThatStalls() {
        server.laboratory.raw(HOST, Answers.silent());
        long started = System.nanoTime();
        assertThat(server.ask(HOST)).isInstanceOfSatisfying(TlsFailed.class, failed -> assertThat(
                        failed.handshake().failure())
                .startsWith("not finished within"));
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    static Stream<Named<Behaviour>> notTls() {
        return Stream.of(
                Named.of("a web server without TLS", Answers.wire("HTTP/1.1 400 Bad Request\r\n\r\n")),
                Named.of("a server that hangs up", connection -> {}),
                Named.of("a mail server", connection -> Answers.send(connection, "220 mail ESMTP\r\n")));
    }

    @ParameterizedTest
    @MethodSource("notTls")
    void reportsWhatIsNotTls(Behaviour behaviour) {
        server.laboratory.raw(HOST, behaviour);
        assertThat(server.ask(HOST)).isInstanceOf(TlsFailed.class);
    }
}
