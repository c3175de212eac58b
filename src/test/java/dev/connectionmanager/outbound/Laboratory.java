package dev.connectionmanager.outbound;

import com.google.common.net.InetAddresses;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.verification.certificate.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * An internet of our own: names with public addresses that lead to servers on loopback, each as bad as a test wants it.
 * Guards made here judge addresses like any other; only the last hop of the dialling is bent.
 */
public final class Laboratory implements AutoCloseable {
    /** The limits of the real thing, but with more time than any call takes that comes to an end: a busy machine changes no outcome. */
    static final Limits PATIENT = limits(Patience.LONG, Patience.LONG);
    /** For names that are never answered. */
    static final Limits SHORT_LOOKUPS = limits(Duration.ofMillis(500), Patience.LONG);
    /** For addresses where nobody takes the connection. */
    static final Limits SHORT_DIALS = limits(Patience.LONG, Duration.ofMillis(500));

    private static final String CONTACT = "https://portal.example/contact";

    private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> ports = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> lookups = new ConcurrentHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "laboratory");
        thread.setDaemon(true);
        return thread;
    });
    /** That a server was given a connection to serve: over TLS, where it has that. */
    private final CountDownLatch serving = new CountDownLatch(1);

    private int next = 1;

    /** What a server does with a connection. */
    @FunctionalInterface
    public interface Behaviour {
        void serve(Socket connection) throws IOException, InterruptedException;
    }

    /** Time stands still at {@link TestPki#NOW}. */
    public static Clock clock() {
        return Clock.fixed(TestPki.NOW, ZoneOffset.UTC);
    }

    private static Limits limits(Duration resolve, Duration connect) {
        return new Limits(
                resolve,
                connect,
                Patience.LONG,
                Limits.STANDARD.headerBytes(),
                Limits.STANDARD.bodyBytes(),
                Limits.STANDARD.answers(),
                Limits.STANDARD.calls(),
                Duration.ofMillis(100),
                Duration.ofMillis(300));
    }

    public Guard guard() {
        return guard(PATIENT);
    }

    /**
     * For servers that let a call run out of time: it does so soon after one of them was given a connection to serve, and
     * never on the way there, however busy the machine is.
     */
    public Guard hurriedGuard() {
        var guard = new Guard(this::resolve, this::dial, PATIENT, clock(), CONTACT, new Hurry());
        open.add(guard::close);
        return guard;
    }

    /** Waits for as long as it takes for a server to insist on a client certificate. */
    public Guard guardThatAwaitsObjections() {
        return guard(new Limits(
                Patience.LONG,
                Patience.LONG,
                Patience.LONG,
                Limits.STANDARD.headerBytes(),
                Limits.STANDARD.bodyBytes(),
                Limits.STANDARD.answers(),
                Limits.STANDARD.calls(),
                Patience.LONG,
                Patience.LONG));
    }

    /** For names that are never answered. */
    public Guard guardOfShortLookups() {
        return guard(SHORT_LOOKUPS);
    }

    /** With the limits of the real thing. */
    public Guard patientGuard() {
        return guard(Limits.STANDARD);
    }

    Guard guard(Limits limits) {
        return guard(this::resolve, limits);
    }

    Guard guard(Resolver resolver, Limits limits) {
        return guard(resolver, limits, clock());
    }

    Guard guard(Resolver resolver, Limits limits, Clock clock) {
        var guard = new Guard(resolver, this::dial, limits, clock, CONTACT);
        open.add(guard::close);
        return guard;
    }

    /** Publishes a name with these addresses. */
    public void name(String host, String... addresses) {
        names.put(
                host, List.of(addresses).stream().map(InetAddresses::forString).toList());
    }

    /** A name whose name servers never answer. */
    public void unanswered(String host) {
        unanswered.add(host);
    }

    List<InetAddress> addressesOf(String host) {
        return names.get(host);
    }

    /** How often the name was asked for. */
    int lookupsOf(String host) {
        return lookups.getOrDefault(host, new AtomicInteger()).get();
    }

    /** A server without TLS, under a name of its own. */
    public void raw(String host, Behaviour behaviour) {
        listen(host, connection -> {
            serving.countDown();
            behaviour.serve(connection);
        });
    }

    private void listen(String host, Behaviour behaviour) {
        try {
            var server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
            open.add(server);
            lead(host, server.getLocalPort());
            threads.submit(() -> accept(server, behaviour));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a name with an address of its own that leads to a port on loopback. */
    public void lead(String host, int port) {
        var address = InetAddresses.forString("51.140.%d.%d".formatted(next / 250, 1 + next++ % 250));
        ports.put(address, port);
        names.put(host, List.of(address));
    }

    /** Where on loopback a name leads. */
    public int portOf(String host) {
        return ports.get(names.get(host).get(0));
    }

    /** A TLS server that presents a chain, under a name of its own. */
    public void tls(
            String host, Consumer<SSLSocket> setUp, Behaviour behaviour, TestPki.Issued leaf, TestPki.Issued... rest) {
        var chain = Stream.concat(Stream.of(leaf), Stream.of(rest))
                .map(TestPki.Issued::certificate)
                .toArray(X509Certificate[]::new);
        SSLContext context = context(leaf.key(), chain);
        listen(host, connection -> {
            var secure =
                    (SSLSocket) context.getSocketFactory().createSocket(connection, null, connection.getPort(), true);
            secure.setUseClientMode(false);
            setUp.accept(secure);
            secure.startHandshake();
            serving.countDown();
            behaviour.serve(secure);
            secure.close();
        });
    }

    List<InetAddress> resolve(String host) throws UnknownHostException {
        lookups.computeIfAbsent(host, unused -> new AtomicInteger()).incrementAndGet();
        if (unanswered.contains(host)) {
            Uninterruptibles.sleepUninterruptibly(Duration.ofSeconds(30));
        }
        if (!names.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return names.get(host);
    }

    private void dial(Socket socket, InetSocketAddress address, int timeout) throws IOException {
        int port = ports.getOrDefault(address.getAddress(), 1);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
    }

    private void accept(ServerSocket server, Behaviour behaviour) {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connection.setTcpNoDelay(true);
                threads.submit(() -> {
                    try (connection) {
                        behaviour.serve(connection);
                    } catch (IOException | InterruptedException gone) {
                        // The other side gave up, as it should.
                    }
                });
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static SSLContext context(PrivateKey key, X509Certificate... chain) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OneKey(key, chain)}, new TrustManager[] {new AnyClient()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        threads.shutdownNow();
    }

    /** Time for a call is up shortly after a server got to serve it. */
    private final class Hurry extends ScheduledThreadPoolExecutor {
        Hurry() {
            super(4, task -> {
                var thread = new Thread(task, "hurry");
                thread.setDaemon(true);
                return thread;
            });
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable strike, long delay, TimeUnit unit) {
            return super.schedule(
                    () -> {
                        Uninterruptibles.awaitUninterruptibly(serving, Patience.LONG);
                        Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(300));
                        strike.run();
                    },
                    0,
                    TimeUnit.NANOSECONDS);
        }
    }

    private static final class AnyClient implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Presents any chain in any order; key stores insist on sound ones. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        OneKey(PrivateKey key, X509Certificate... chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keyType.startsWith(key.getAlgorithm()) ? "server" : null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"server"};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }
    }
}
