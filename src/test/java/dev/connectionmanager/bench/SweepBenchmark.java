package dev.connectionmanager.bench;

import dev.connectionmanager.outbound.CallResult.Connected;
import dev.connectionmanager.outbound.Guard;
import dev.connectionmanager.outbound.Laboratory;
import dev.connectionmanager.outbound.OutboundRequest;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import dev.connectionmanager.verification.probe.Endpoint;
import dev.connectionmanager.verification.probe.EndpointProbe;
import dev.connectionmanager.verification.probe.Probes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * How long a sweep over 10,000 endpoints takes, as ratios measured in one run, since figures of one machine say nothing
 * on another: to bare loops of JDK handshakes, one that trusts whatever it is shown and one that has the JDK verify chain
 * and name, and to {@code openssl s_time -new}. The contenders take turns of 500 endpoints against one and the same server
 * on loopback, each on one thread; the server is {@code openssl s_server} where there is one, and else the JDK's.
 *
 * <pre>mvn -B verify -Pbench -Dbench=Sweep [-Dbench.arguments=endpoints]</pre>
 *
 * It ends by itself: after the endpoints, or five minutes.
 */
public final class SweepBenchmark {
    private static final int MOST_ENDPOINTS = 10_000;
    private static final int TURN = 500;
    private static final int WARMING_UP = 3;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String DOMAIN = ".sweep.supplier.co.uk";

    private final TestPki.Issued root = TestPki.root("Sweep Root");
    private final TestPki.Issued middle = TestPki.intermediate("Sweep Middle").issuedBy(root);
    private final TestPki.Issued leaf = TestPki.leaf("*" + DOMAIN)
            .valid(Instant.now().minus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(90)))
            .issuedBy(middle);
    private final TrustAnchors anchors = TrustAnchors.of(List.of(root.certificate()));
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private final int endpoints;

    private SweepBenchmark(int endpoints) {
        this.endpoints = endpoints;
    }

    public static void main(String... arguments) throws Exception {
        int endpoints = arguments.length == 0 ? MOST_ENDPOINTS : Integer.parseInt(arguments[0]);
        new SweepBenchmark(Math.max(TURN, Math.min(endpoints, MOST_ENDPOINTS))).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (var laboratory = new Laboratory();
                var openssl = OpenSsl.serve(leaf, middle)) {
            int port = openssl.port().orElseGet(() -> {
                laboratory.tls("server" + DOMAIN, socket -> {}, connection -> {}, leaf, middle);
                return laboratory.portOf("server" + DOMAIN);
            });
            IntStream.range(0, endpoints).forEach(i -> laboratory.lead(host(i), port));
            Guard guard = laboratory.patientGuard();
            EndpointProbe probe = Probes.of(guard, anchors, Clock.systemUTC());
            Map<String, Contender> contenders = new LinkedHashMap<>();
            SSLContext trusting = context(new TrustManager[] {new Anybody()});
            SSLContext verifying = context(verifiers());
            contenders.put("sweep", i -> sweep(probe, host(i)));
            contenders.put("JDK handshakes that verify", i -> handshake(verifying, "HTTPS", host(i), port));
            contenders.put("bare JDK handshakes", i -> handshake(trusting, null, host(i), port));
            say("server: %s", openssl);
            for (int i = 0; i < WARMING_UP; i++) {
                for (Contender each : contenders.values()) {
                    turn(each, 0);
                }
            }
            double ours = compare(contenders);
            openssl.handshakesPerSecond()
                    .ifPresentOrElse(
                            rate -> say("openssl s_time -new: %.0f/s, ratio %.2f", rate, ours / rate),
                            () -> say("no openssl here: no ratio to openssl s_time"));
            parts(guard);
        }
    }

    /** Does with one endpoint what it is about. */
    private interface Contender {
        void meet(int endpoint) throws Exception;
    }

    /** @return endpoints per second of the first contender */
    private double compare(Map<String, Contender> contenders) throws Exception {
        var names = new ArrayList<>(contenders.keySet());
        var taken = new HashMap<String, Taken>();
        int met = 0;
        for (int from = 0; from + TURN <= endpoints && System.nanoTime() < end; from += TURN) {
            for (String name : names) {
                taken.merge(name, turn(contenders.get(name), from), Taken::and);
            }
            // Who begins changes, so that whatever drifts favours nobody.
            Collections.rotate(names, 1);
            met += TURN;
        }
        Taken ours = taken.get("sweep");
        for (String name : contenders.keySet()) {
            Taken other = taken.get(name);
            say(
                    "%d endpoints, %s: %.0f/s, ratio %.2f, by processor time of its thread %.2f",
                    met,
                    name,
                    rate(met, other.wall()),
                    other.wall() / (double) ours.wall(),
                    other.processor() / (double) ours.processor());
        }
        return rate(met, ours.wall());
    }

    /** Nanoseconds. On a machine with other work the processor time tells more. */
    private record Taken(long wall, long processor) {
        Taken and(Taken more) {
            return new Taken(wall + more.wall, processor + more.processor);
        }
    }

    private static Taken turn(Contender contender, int from) throws Exception {
        var thread = ManagementFactory.getThreadMXBean();
        long processor = thread.getCurrentThreadCpuTime();
        long started = System.nanoTime();
        for (int i = from; i < from + TURN; i++) {
            contender.meet(i);
        }
        return new Taken(System.nanoTime() - started, thread.getCurrentThreadCpuTime() - processor);
    }

    private static void sweep(EndpointProbe probe, String host) {
        var report = probe.check(Endpoint.backchannelLogout("https://" + host + "/logout", null));
        if (!report.violations().all().isEmpty()) {
            throw new IllegalStateException(report.toString());
        }
    }

    /** No session is resumed: what would offer it is not read. */
    private static void handshake(SSLContext context, String identify, String host, int port) throws Exception {
        try (var raw = new Socket()) {
            raw.setTcpNoDelay(true);
            raw.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            try (var socket = (SSLSocket) context.getSocketFactory().createSocket(raw, host, port, true)) {
                var parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(host)));
                parameters.setEndpointIdentificationAlgorithm(identify);
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        }
    }

    private static SSLContext context(TrustManager[] trust) throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust, null);
        return context;
    }

    private TrustManager[] verifiers() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("root", root.certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }

    /** Where the time of a sweep goes. */
    private void parts(Guard guard) {
        var judging = new AtomicLong();
        long resolving = 0;
        long connecting = 0;
        long handshaking = 0;
        long started = System.nanoTime();
        for (int i = 0; i < TURN; i++) {
            var call = OutboundRequest.get(null, URI.create("https://" + host(i) + "/"), "*/*");
            var outcome = (Connected) guard.ask(call, seen -> {
                long began = System.nanoTime();
                Probes.judge(seen, anchors, Instant.now());
                judging.addAndGet(System.nanoTime() - began);
                return false;
            });
            resolving += outcome.handshake().resolving().toNanos();
            connecting += outcome.handshake().connecting().toNanos();
            handshaking += outcome.handshake().handshaking().toNanos();
        }
        long whole = System.nanoTime() - started;
        say(
                "per endpoint %.2f ms: name %.2f, TCP %.2f, TLS %.2f, judging %.2f, closing and the rest %.2f",
                millis(whole),
                millis(resolving),
                millis(connecting),
                millis(handshaking),
                millis(judging.get()),
                millis(whole - resolving - connecting - handshaking - judging.get()));
    }

    private static double millis(long nanos) {
        return nanos / 1e6 / TURN;
    }

    private static double rate(int met, long nanos) {
        return met * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
    }

    private static String host(int endpoint) {
        return "e" + endpoint + DOMAIN;
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
