package dev.connectionmanager.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.outbound.Laboratory.Behaviour;
import dev.connectionmanager.outbound.Outcome.AddressNotPublic;
import dev.connectionmanager.outbound.Outcome.Answered;
import dev.connectionmanager.outbound.Outcome.ConnectionFailed;
import dev.connectionmanager.outbound.Outcome.DnsFailed;
import dev.connectionmanager.outbound.Outcome.DnsFailed.Reason;
import dev.connectionmanager.outbound.Outcome.ResponseMalformed;
import dev.connectionmanager.outbound.Outcome.ResponseTooLarge;
import dev.connectionmanager.outbound.Outcome.ResponseTooSlow;
import dev.connectionmanager.outbound.Outcome.Stopped;
import dev.connectionmanager.outbound.Outcome.TlsFailed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.verification.TestPki;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final String HOST = "app.supplier.co.uk";
    private static final TestPki.Issued ROOT = TestPki.root("Laboratory Root");
    private static final TestPki.Issued LEAF = TestPki.leaf(HOST).issuedBy(ROOT);
    private static final Laboratory LABORATORY = new Laboratory();
    private static Guard guard;

    @BeforeAll
    static void build() {
        guard = LABORATORY.guard();
    }

    @AfterAll
    static void tearDown() throws Exception {
        LABORATORY.close();
    }

    private static Outcome ask(String host) {
        return guard.ask(Call.get(null, URI.create("https://" + host + "/keys?a=b"), "application/json"), seen -> true);
    }

    private static Outcome answered(Behaviour behaviour) {
        return served(socket -> {}, behaviour);
    }

    private static Outcome served(Consumer<SSLSocket> setUp, Behaviour behaviour) {
        LABORATORY.tls(HOST, LEAF.keyStore(ROOT.certificate()), setUp, behaviour);
        return ask(HOST);
    }

    // Names and addresses

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
        LABORATORY.name(HOST, addresses.toArray(String[]::new));
        assertThat(ask(HOST)).isInstanceOfSatisfying(DnsFailed.class, failed -> assertThat(failed.reason())
                .isEqualTo(reason));
    }

    @Test
    void refusesAnUnknownName() {
        assertThat(ask("unknown.supplier.co.uk"))
                .isInstanceOfSatisfying(
                        DnsFailed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.NO_ANSWER));
    }

    @Test
    void doesNotWaitForAResolverThatHangs() {
        var hanging = LABORATORY.guard(
                host -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        // As a native resolver would not.
                    }
                    return List.of();
                },
                Laboratory.QUICK);
        var call = Call.get(null, URI.create("https://" + HOST + "/"), "*/*");
        assertThat(hanging.ask(call, seen -> true)).isInstanceOfSatisfying(DnsFailed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failed.taken()).isLessThan(Duration.ofSeconds(1));
        });
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
        LABORATORY.name("mixed.supplier.co.uk", "51.140.9.9", address);
        assertThat(ask("mixed.supplier.co.uk")).isInstanceOf(AddressNotPublic.class);
    }

    @Test
    void refusesLoopbackWithTheResolverOfTheJvm() {
        var real = LABORATORY.guard(Resolver.OF_JVM, Limits.STANDARD);
        var call = Call.get(null, URI.create("https://localhost:8443/"), "*/*");
        assertThat(real.ask(call, seen -> true)).isInstanceOf(AddressNotPublic.class);
    }

    @Test
    void dialsWhatItCheckedAlthoughASecondAnswerWouldBePrivate() throws Exception {
        LABORATORY.tls(HOST, LEAF.keyStore(), socket -> {}, Answers.of("200 OK", "", "{}"));
        var good = LABORATORY.addressesOf(HOST);
        var asked = new AtomicInteger();
        var rebinding = LABORATORY.guard(
                host -> asked.incrementAndGet() == 1 ? good : List.of(InetAddress.getByName("10.0.0.1")),
                Laboratory.QUICK);
        var call = Call.get(null, URI.create("https://" + HOST + "/"), "*/*");
        assertThat(rebinding.ask(call, seen -> true)).isInstanceOf(Answered.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void reportsARefusedConnection() {
        LABORATORY.name("closed.supplier.co.uk", "51.140.8.8");
        assertThat(ask("closed.supplier.co.uk"))
                .isInstanceOfSatisfying(ConnectionFailed.class, failed -> assertThat(failed.detail())
                        .contains("refused"));
    }

    @Test
    void triesTheNextAddressWhenOneIsDead() {
        LABORATORY.tls(HOST, LEAF.keyStore(), socket -> {}, Answers.of("200 OK", "", "{}"));
        var alive = LABORATORY.addressesOf(HOST).get(0).getHostAddress();
        LABORATORY.name(HOST, "51.140.8.8", alive);
        assertThat(ask(HOST)).isInstanceOf(Answered.class);
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
        assertThatThrownBy(() -> Call.get(null, URI.create(uri), "*/*")).isInstanceOf(IllegalArgumentException.class);
    }

    // TLS

    @Test
    void showsTheHandshakeBeforeAnythingIsSent() throws Exception {
        var requests = new AtomicInteger();
        LABORATORY.tls(HOST, LEAF.keyStore(ROOT.certificate()), socket -> {}, connection -> {
            requests.addAndGet(Answers.request(connection).size());
        });
        var outcome = guard.ask(Call.get(null, URI.create("https://" + HOST + "/"), "*/*"), seen -> {
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
            var outcome = served(
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
        LABORATORY.tls(
                HOST,
                LEAF.keyStore(),
                socket -> {
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.setNeedClientAuth(true);
                },
                Answers.of("200 OK", "", "{}"));
        var outcome = guard.ask(Call.get(null, URI.create("https://" + HOST + "/"), "*/*"), seen -> false);
        var handshake = ((Outcome.Connected) outcome).handshake();
        assertThat(handshake.clientCertificateAsked()).isTrue();
        assertThat(handshake.chain()).containsExactly(LEAF.certificate());
    }

    @Test
    void doesNotWaitForAHandshakeThatStalls() {
        LABORATORY.raw(HOST, Answers.silent());
        long started = System.nanoTime();
        assertThat(ask(HOST)).isInstanceOfSatisfying(TlsFailed.class, failed -> assertThat(
                        failed.handshake().failure())
                .startsWith("not finished within"));
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(2));
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
        LABORATORY.raw(HOST, behaviour);
        assertThat(ask(HOST)).isInstanceOf(TlsFailed.class);
    }

    // HTTP

    @Test
    void sendsItsOwnNameAndNothingPersonal() {
        var sent = new AtomicReference<List<String>>();
        answered(Answers.wire(Answers.text("200 OK", "Set-Cookie: a=b\r\n", "{}"), sent::set));
        assertThat(sent.get())
                .containsExactly(
                        "GET /keys?a=b HTTP/1.1",
                        "Host: app.supplier.co.uk",
                        "User-Agent: Connection-Manager/1 (endpoint check; https://portal.example/contact)",
                        "Accept: application/json",
                        "Accept-Encoding: identity",
                        "Connection: close");
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
        assertThat(answered(Answers.wire(wire))).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.response().status()).isEqualTo(200);
            assertThat(answered.response().body()).asString().isEqualTo("{}");
        });
    }

    @Test
    void doesNotFollowARedirect() {
        LABORATORY.name("other.supplier.co.uk", "51.140.7.7");
        var outcome = answered(Answers.of("302 Found", "Location: https://other.supplier.co.uk/\r\n", ""));
        assertThat(outcome).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.response().redirects()).isTrue();
            assertThat(answered.response().header("Location")).contains("https://other.supplier.co.uk/");
        });
        assertThat(LABORATORY.lookupsOf("other.supplier.co.uk")).isZero();
    }

    @Test
    void readsABodyOf64KiB() {
        var body = "x".repeat(64 * 1024);
        assertThat(answered(Answers.of("200 OK", "", body)))
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
        assertThat(answered(behaviour)).isInstanceOfSatisfying(ResponseTooLarge.class, large -> assertThat(large.part())
                .isEqualTo(part));
    }

    static Stream<Named<Behaviour>> tooSlow() {
        return Stream.of(
                Named.of("no answer", Answers.endless("", "", 60_000)),
                Named.of("headers one octet at a time", Answers.endless("HTTP/1.1 200 OK\r\nX: ", "x", 50)),
                Named.of("a body one octet at a time", Answers.endless("HTTP/1.1 200 OK\r\n\r\n", "x", 50)),
                Named.of(
                        "chunks of one octet",
                        Answers.endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", 50)),
                Named.of(
                        "less than the length promises",
                        Answers.endless("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "", 60_000)));
    }

    @ParameterizedTest
    @MethodSource("tooSlow")
    void endsWhatIsTooSlow(Behaviour behaviour) {
        long started = System.nanoTime();
        assertThat(answered(behaviour)).isInstanceOf(ResponseTooSlow.class);
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(2));
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
        assertThat(answered(Answers.wire(wire))).isInstanceOf(ResponseMalformed.class);
    }

    // How much

    @Test
    void keepsToTheLimitsThatAreWrittenDown() {
        assertThat(Limits.STANDARD.connect()).hasSeconds(5);
        assertThat(Limits.STANDARD.whole()).hasSeconds(15);
        assertThat(Limits.STANDARD.headerBytes()).isEqualTo(32 * 1024);
        assertThat(Limits.STANDARD.bodyBytes()).isEqualTo(64 * 1024);
    }

    @Test
    void spends200HangingEndpointsOnABoundedNumberOfCalls() throws Exception {
        var limits = new Limits(
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofMillis(500),
                1024,
                1024,
                8,
                8,
                Duration.ofMillis(50));
        var bounded = LABORATORY.guard(limits);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            LABORATORY.raw("hanging%d.supplier.co.uk".formatted(i), connection -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                connection.getInputStream().readAllBytes();
                now.decrementAndGet();
            });
        }
        var refused = new AtomicInteger();
        var ended = new CountDownLatch(200);
        var callers = Executors.newFixedThreadPool(200);
        long started = System.nanoTime();
        for (int i = 0; i < 200; i++) {
            var call = Call.get(null, URI.create("https://hanging%d.supplier.co.uk/".formatted(i)), "*/*");
            callers.submit(() -> {
                try {
                    bounded.ask(call, seen -> true);
                } catch (Refusal.TooMany tooMany) {
                    refused.incrementAndGet();
                } finally {
                    ended.countDown();
                }
            });
        }
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - started).isLessThan(TimeUnit.SECONDS.toNanos(3));
        callers.shutdown();
        assertThat(most.get()).isBetween(1, 9);
        assertThat(refused.get()).isGreaterThan(150);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("outbound-watchdog")))
                .hasSizeLessThan(10);
    }

    @Test
    void refusesToBeAimedAtOneHost() {
        LABORATORY.name("victim.supplier.co.uk", "51.140.6.6");
        for (int i = 0; i < 60; i++) {
            ask("victim.supplier.co.uk");
        }
        assertThatThrownBy(() -> ask("victim.supplier.co.uk"))
                .isInstanceOfSatisfying(Refusal.TooMany.class, refusal -> assertThat(refusal.retryAfterSeconds())
                        .isBetween(1, 10));
    }

    @Test
    void refusesToBeAimedAtOneAddressByManyNames() {
        var hosts = Stream.iterate(0, i -> i + 1)
                .limit(241)
                .map("alias%d.supplier.co.uk"::formatted)
                .toList();
        hosts.forEach(host -> LABORATORY.name(host, "51.140.5.5"));
        hosts.subList(0, 240).forEach(GuardTest::ask);
        assertThatThrownBy(() -> ask(hosts.get(240))).isInstanceOf(Refusal.TooMany.class);
    }

    @Test
    void refusesATeamThatAsksTooOften() {
        var calls = Stream.iterate(0, i -> i + 1)
                .limit(121)
                .map("unknown%d.supplier.co.uk"::formatted)
                .map(host -> Call.get("busy team", URI.create("https://" + host + "/"), "*/*"))
                .toList();
        calls.subList(0, 120).forEach(call -> guard.ask(call, seen -> true));
        assertThatThrownBy(() -> guard.ask(calls.get(120), seen -> true)).isInstanceOf(Refusal.TooMany.class);
        var another = Call.get("another team", calls.get(120).uri(), "*/*");
        assertThat(guard.ask(another, seen -> true)).isInstanceOf(DnsFailed.class);
    }

    @Test
    void hasNoSettingButItsContact() {
        assertThat(Arrays.stream(Guard.class.getDeclaredConstructors())
                        .flatMap(constructor -> Arrays.stream(constructor.getParameters()))
                        .map(parameter ->
                                parameter.getAnnotation(org.eclipse.microprofile.config.inject.ConfigProperty.class))
                        .filter(java.util.Objects::nonNull)
                        .map(setting -> setting.name()))
                .containsExactly("connection-manager.checks.contact");
    }
}
