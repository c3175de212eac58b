package dev.connectionmanager.outbound;

import static dev.connectionmanager.outbound.OneServer.HOST;
import static dev.connectionmanager.outbound.OneServer.LEAF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.connectionmanager.outbound.CallResult.AddressNotPublic;
import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.ConnectionFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guard dials, and what not. */
class GuardDialsTest {
    private final OneServer server = new OneServer();

    @AfterEach
    void tearDown() throws Exception {
        server.close();
    }

    static Stream<Arguments> unresolvable() {
        return Stream.of(
                Arguments.of(Reason.NO_ANSWER, List.of()),
                Arguments.of(
                        Reason.TOO_MANY_ANSWERS,
                        java.util.stream.IntStream.rangeClosed(1, 200)
                                .mapToObj(i -> "51.141.0." + i)
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("unresolvable")
    void refusesNamesWithoutUsableAnswers(Reason reason, List<String> addresses) {
        server.laboratory.name(HOST, addresses.toArray(String[]::new));
        assertThat(server.ask(HOST)).isInstanceOfSatisfying(DnsFailed.class, failed -> assertThat(failed.reason())
                .isEqualTo(reason));
    }

    @Test
    void refusesAnUnknownName() {
        assertThat(server.ask("unknown.supplier.co.uk"))
                .isInstanceOfSatisfying(
                        DnsFailed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.NO_ANSWER));
    }

    @Test
    void doesNotWaitForAResolverThatHangs() {
        var asked = new CountDownLatch(1);
        var hanging = server.laboratory.guard(
                host -> {
                    // A native resolver does not hear of an interruption either.
                    Uninterruptibles.awaitUninterruptibly(asked);
                    return List.of();
                },
                Laboratory.SHORT_LOOKUPS);
        var call = OutboundRequest.get(null, URI.create("https://" + HOST + "/"), "*/*");
        assertThat(hanging.ask(call, seen -> true)).isInstanceOfSatisfying(DnsFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failed.taken()).isGreaterThanOrEqualTo(Laboratory.SHORT_LOOKUPS.resolve());
        });
        asked.countDown();
    }

    @ParameterizedTest
    @CsvSource({
        "login.example: Name or service not known, NO_ANSWER",
        "login.example: Temporary failure in name resolution, TIMEOUT"
    })
    void tellsWhetherAnotherTryIsWorthIt(String words, Reason reason) {
        var failing = server.laboratory.guard(
                host -> {
                    throw new UnknownHostException(words);
                },
                Laboratory.PATIENT);
        var call = OutboundRequest.get(null, URI.create("https://" + HOST + "/"), "*/*");
        assertThat(failing.ask(call, seen -> true))
                .isInstanceOfSatisfying(
                        DnsFailed.class, failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    @Test
    void doesNotWaitForAConnectionThatNobodyTakes() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort());
                var second = new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort())) {
            server.laboratory.lead(HOST, full.getLocalPort());
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            // Left to itself, the system tries for more than two minutes, and says the same.
            assertThat(server.ask(server.laboratory.guard(Laboratory.SHORT_DIALS), HOST))
                    .isInstanceOfSatisfying(ConnectionFailed.class, failed -> assertThat(failed.detail())
                            .isEqualToIgnoringCase("Connect timed out"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "64:ff9b::a00:1",
                "::1",
                "fd00:ec2::254",
                "::ffff:10.0.0.1"
            })
    void refusesTheWholeNameForOneAddressThatIsNotPublic(String address) {
        server.laboratory.name("mixed.supplier.co.uk", "51.140.9.9", address);
        assertThat(server.ask("mixed.supplier.co.uk")).isInstanceOf(AddressNotPublic.class);
    }

    @Test
    void refusesLoopbackWithTheResolverOfTheJvm() {
        var real = server.laboratory.guard(Resolver.OF_JVM, Limits.STANDARD);
        var call = OutboundRequest.get(null, URI.create("https://localhost:8443/"), "*/*");
        assertThat(real.ask(call, seen -> true)).isInstanceOf(AddressNotPublic.class);
    }

    @Test
    void dialsWhatItCheckedAlthoughASecondAnswerWouldBePrivate() throws Exception {
        server.laboratory.tls(HOST, socket -> {}, Answers.of("200 OK", "", "{}"), LEAF);
        var good = server.laboratory.addressesOf(HOST);
        var asked = new AtomicInteger();
        var rebinding = server.laboratory.guard(
                host -> asked.incrementAndGet() == 1 ? good : List.of(InetAddress.getByName("10.0.0.1")),
                Laboratory.PATIENT);
        var call = OutboundRequest.get(null, URI.create("https://" + HOST + "/"), "*/*");
        assertThat(rebinding.ask(call, seen -> true)).isInstanceOf(Answered.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void reportsARefusedConnection() {
        server.laboratory.name("closed.supplier.co.uk", "51.140.8.8");
        assertThat(server.ask("closed.supplier.co.uk"))
                .isInstanceOfSatisfying(ConnectionFailed.class, failed -> assertThat(failed.detail())
                        .contains("refused"));
    }

    @Test
    void triesTheNextAddressWhenOneIsDead() {
        server.laboratory.tls(HOST, socket -> {}, Answers.of("200 OK", "", "{}"), LEAF);
        var alive = server.laboratory.addressesOf(HOST).get(0).getHostAddress();
        server.laboratory.name(HOST, "51.140.8.8", alive);
        assertThat(server.ask(HOST)).isInstanceOf(Answered.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.supplier.co.uk/",
                "https://a@app.supplier.co.uk/",
                "https://app.supplier.co.uk/#x",
                "https://app.supplier.co.uk:22/",
                "https://app.supplier.co.uk:80/",
                "https://[::1]/",
                "https://a@b@evil.com/x",
                "file:///etc/passwd",
                "https:///x",
                "https://app.supplier.co.uk./"
            })
    void opensNoOtherKindOfAddress(String uri) {
        assertThatThrownBy(() -> OutboundRequest.get(null, URI.create(uri), "*/*"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
