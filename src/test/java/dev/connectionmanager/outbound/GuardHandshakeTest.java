package dev.connectionmanager.outbound;

import static dev.connectionmanager.outbound.OneServer.HOST;
import static dev.connectionmanager.outbound.OneServer.LEAF;
import static dev.connectionmanager.outbound.OneServer.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.Stopped;
import dev.connectionmanager.outbound.CallResult.TlsFailed;
import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.certificate.TestStaple;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
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
        var gone = new CountDownLatch(1);
        server.laboratory.tls(
                HOST,
                socket -> {},
                connection -> {
                    try {
                        requests.addAndGet(Answers.request(connection).size());
                    } finally {
                        gone.countDown();
                    }
                },
                LEAF,
                ROOT);
        var outcome = server.guard.ask(OutboundRequest.get(null, URI.create("https://" + HOST + "/"), "*/*"), seen -> {
            assertThat(seen.chain()).containsExactly(LEAF.certificate(), ROOT.certificate());
            assertThat(seen.protocol()).isEqualTo("TLSv1.3");
            assertThat(seen.cipherSuite()).startsWith("TLS_AES");
            assertThat(seen.clientCertificateAsked()).isFalse();
            return false;
        });
        assertThat(outcome).isInstanceOf(Stopped.class);
        Patience.await(gone);
        assertThat(requests).hasValue(0);
    }

    @Test
    void asksForTheNameAlthoughItDialsTheAddress() {
        var asked = new AtomicReference<List<SNIServerName>>();
        server.served(socket -> {}, connection -> {
            var session = (ExtendedSSLSession) ((SSLSocket) connection).getSession();
            asked.set(session.getRequestedServerNames());
            Answers.of("200 OK", "", "{}").serve(connection);
        });
        assertThat(asked.get()).containsExactly(new SNIHostName(HOST));
    }

    /** The laboratory's server is given a response to staple by a responder of its own, as a real one is. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void seesWhatTheServerStaples(String protocol) throws Exception {
        var response = TestStaple.response(LEAF, ROOT, ROOT, TestPki.NOW.minusSeconds(60));
        try (var stapling = new Stapling(response)) {
            var outcome = server.served(
                    socket -> socket.setEnabledProtocols(new String[] {protocol}), Answers.of("200 OK", "", "{}"));
            assertThat(((Answered) outcome).handshake().stapledResponses()).contains(response);
        }
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
        var outcome =
                server.guard.ask(OutboundRequest.get(null, URI.create("https://" + HOST + "/"), "*/*"), seen -> false);
        var handshake = ((CallResult.Connected) outcome).handshake();
        assertThat(handshake.clientCertificateAsked()).isTrue();
        assertThat(handshake.chain()).containsExactly(LEAF.certificate());
    }

    @Test
    void doesNotWaitForAHandshakeThatStalls() {
        server.laboratory.raw(HOST, Answers.silent());
        assertThat(server.askInAHurry(HOST)).isInstanceOfSatisfying(TlsFailed.class, failed -> assertThat(
                        failed.handshake().failure())
                .startsWith("not finished within"));
    }

    static Stream<Named<Behaviour>> notTls() {
        return Stream.of(
                Named.of("a web server without TLS", Answers.wire("HTTP/1.1 400 Bad Request\r\n\r\n")),
                Named.of("a server that hangs up", connection -> {}),
                Named.of("an email server", connection -> Answers.send(connection, "220 mail ESMTP\r\n")));
    }

    @ParameterizedTest
    @MethodSource("notTls")
    void reportsWhatIsNotTls(Behaviour behaviour) {
        server.laboratory.raw(HOST, behaviour);
        assertThat(server.askInAHurry(HOST)).isInstanceOf(TlsFailed.class);
    }
}
