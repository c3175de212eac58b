package dev.connectionmanager.outbound;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.RsaKeys;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What the portal under test can reach: names of a laboratory and nothing else. {@code keys.laboratory.co.uk} serves a
 * sound key set, {@code expired.laboratory.co.uk} the same with a certificate of last year, {@code op.laboratory.co.uk} the
 * discovery document of an OpenID Provider; tests may publish more.
 */
@Singleton
public class LaboratoryInternet {
    /** The one at {@code keys.laboratory.co.uk}, with its private part. */
    public static final RSAKey KEY = key(0, "current");

    /** Of an OpenID Provider that supports little. */
    private static final String DISCOVERY = """
            {"issuer": "https://op.laboratory.co.uk:443/realm",
             "token_endpoint_auth_methods_supported": ["tls_client_auth", "client_secret_basic", "private_key_jwt"],
             "token_endpoint_auth_signing_alg_values_supported": ["PS512", "HS512", "ES256"],
             "userinfo_signing_alg_values_supported": ["HS256", "none", "ES256"]}""";

    private static final TestPki.Issued ROOT = TestPki.root("Laboratory Root");
    private static final Laboratory LABORATORY = new Laboratory();
    private static final Map<String, String> PUBLISHED = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> REQUESTS = new ConcurrentHashMap<>();
    private static final AtomicInteger HANGING = new AtomicInteger();
    private static final AtomicInteger MOST_HANGING = new AtomicInteger();
    /** As in the real thing, but for time: what hangs does so until it is let go. */
    private static final Limits LIMITS = new Limits(
            Patience.LONG,
            Patience.LONG,
            Patience.LONG,
            Limits.STANDARD.headerBytes(),
            Limits.STANDARD.bodyBytes(),
            Limits.STANDARD.answers(),
            Limits.STANDARD.calls(),
            Limits.STANDARD.patience(),
            Limits.STANDARD.objection());

    private static volatile boolean timeStands;
    private static volatile boolean cut;
    private static CountDownLatch end = new CountDownLatch(1);

    /**
     * For signatures with RS256.
     *
     * @param index of {@link RsaKeys}; 0 is {@link #KEY}
     */
    public static RSAKey key(int index, String kid) {
        return new RSAKey.Builder(RsaKeys.key(index))
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyID(kid)
                .build();
    }

    /**
     * Serves this body under a name of the laboratory, in place of what it served before.
     *
     * @return the address to register
     */
    public static synchronized String publish(String name, String body) {
        var host = name + ".laboratory.co.uk";
        if (PUBLISHED.put(host, body) == null) {
            serve(host, TestPki.leaf(host).valid(days(-1), days(200)).issuedBy(ROOT));
        }
        return "https://" + host + "/jwks";
    }

    /**
     * Serves a sound key set under a name of the laboratory once this has been done: whatever may happen while somebody
     * looks.
     *
     * @return the address to register
     */
    public static String meanwhile(String name, Runnable done) {
        var host = name + ".laboratory.co.uk";
        LABORATORY.tls(
                host,
                socket -> {},
                connection -> answer(connection, "application/jwk-set+json", new JWKSet(KEY).toString(), done),
                TestPki.leaf(host).valid(days(-1), days(200)).issuedBy(ROOT));
        return "https://" + host + "/jwks";
    }

    /** Gives a name a certificate that has lived for 300 days and ends in so many; negative: has ended. */
    public static synchronized void certify(String name, int daysLeft) {
        var host = name + ".laboratory.co.uk";
        serve(host, TestPki.leaf(host).valid(days(-300), days(daysLeft)).issuedBy(ROOT));
    }

    /** How many requests this name has answered. */
    public static int requestsOf(String name) {
        return REQUESTS.getOrDefault(name + ".laboratory.co.uk", new AtomicInteger())
                .get();
    }

    /**
     * Serves these responses in turn, as they go over the wire, the last for ever.
     *
     * @return the address to register
     */
    public static String answers(String name, String... responses) {
        var host = name + ".laboratory.co.uk";
        var asked = new AtomicInteger();
        LABORATORY.tls(
                host,
                socket -> {},
                connection -> Answers.wire(responses[Math.min(asked.getAndIncrement(), responses.length - 1)])
                        .serve(connection),
                TestPki.leaf(host).valid(days(-1), days(200)).issuedBy(ROOT));
        return "https://" + host + "/jwks";
    }

    /**
     * Hands what is posted to a name of the laboratory to the test, which says what is answered, as it goes over the wire.
     *
     * @return the address to register
     */
    public static String receive(String name, UnaryOperator<String> answer) {
        var host = name + ".laboratory.co.uk";
        LABORATORY.tls(
                host,
                socket -> {},
                connection -> {
                    var form = Answers.form(connection);
                    if (form != null) {
                        Answers.send(connection, answer.apply(form));
                    }
                },
                TestPki.leaf(host).valid(days(-1), days(200)).issuedBy(ROOT));
        return "https://" + host + "/logout";
    }

    /** From now on a name of the laboratory has this address. */
    public static void move(String name, String address) {
        LABORATORY.name(name + ".laboratory.co.uk", address);
    }

    /**
     * A server under a name of the laboratory that comes to no end before {@link #letGo}: before TLS, before the answer, or
     * within it.
     *
     * @return the address to register
     */
    public static String hang(String name, Hanging where) {
        var host = name + ".laboratory.co.uk";
        var end = end();
        Laboratory.Behaviour counted = connection -> {
            MOST_HANGING.accumulateAndGet(HANGING.incrementAndGet(), Math::max);
            try {
                if (where != Hanging.BEFORE_TLS) {
                    Answers.request(connection);
                }
                if (where == Hanging.IN_THE_ANSWER) {
                    Answers.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n ");
                }
                end.await();
            } finally {
                HANGING.decrementAndGet();
            }
        };
        if (where == Hanging.BEFORE_TLS) {
            LABORATORY.raw(host, counted);
        } else {
            var leaf = TestPki.leaf(host).valid(days(-1), days(200)).issuedBy(ROOT);
            LABORATORY.tls(host, socket -> {}, counted, leaf);
        }
        return "https://" + host + "/jwks";
    }

    /** Where a server stops to go on. */
    public enum Hanging {
        BEFORE_TLS,
        BEFORE_THE_ANSWER,
        IN_THE_ANSWER
    }

    private static synchronized CountDownLatch end() {
        return end;
    }

    /** Ends all that hangs. */
    public static synchronized void letGo() {
        end.countDown();
        end = new CountDownLatch(1);
    }

    /** Connections that hang at this moment. */
    public static int hanging() {
        return HANGING.get();
    }

    /** The most that ever hung at the same time. */
    public static int mostHanging() {
        return MOST_HANGING.get();
    }

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Guard guard() {
        var keys = new JWKSet(KEY).toString();
        publish("keys", keys);
        publish("op", DISCOVERY);
        PUBLISHED.put("expired.laboratory.co.uk", keys);
        serve(
                "expired.laboratory.co.uk",
                TestPki.leaf("expired.laboratory.co.uk")
                        .valid(days(-400), days(-30))
                        .issuedBy(ROOT));
        return LABORATORY.guard(LaboratoryInternet::resolve, LIMITS, minuteByMinute());
    }

    /** Cuts the portal off from all of it, or connects it again. */
    public static void cut(boolean off) {
        cut = off;
    }

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        if (cut) {
            throw new UnknownHostException(host + ": Temporary failure in name resolution");
        }
        return LABORATORY.resolve(host);
    }

    /** A host that hangs up on whoever comes, in place of what it was before. */
    public static void raw(String host) {
        LABORATORY.raw(host, connection -> {});
    }

    /**
     * Serves a sound key set under many names at once, {@code 1.<name>} and so on.
     *
     * @return their hosts
     */
    public static List<String> publishMany(String name, int count) {
        var first = name + ".laboratory.co.uk";
        var leaf = TestPki.leaf("*." + first).valid(days(-1), days(200)).issuedBy(ROOT);
        LABORATORY.tls(
                first,
                socket -> {},
                connection -> answer(connection, "application/jwk-set+json", new JWKSet(KEY).toString(), () -> {}),
                leaf);
        var hosts =
                IntStream.rangeClosed(1, count).mapToObj(i -> i + "." + first).toList();
        hosts.forEach(host -> LABORATORY.lead(host, LABORATORY.portOf(first)));
        return hosts;
    }

    /** While it stands, shares that are used up stay so. */
    public static void time(boolean stands) {
        timeStands = stands;
    }

    /** Every look at it is a minute later: the whole suite asks for more in one minute than any team may. */
    private static Clock minuteByMinute() {
        var asked = new AtomicInteger();
        InstantSource source =
                () -> Instant.EPOCH.plus(Duration.ofMinutes(timeStands ? asked.get() : asked.incrementAndGet()));
        return source.withZone(ZoneOffset.UTC);
    }

    private static void serve(String host, TestPki.Issued leaf) {
        var type = host.startsWith("op.") ? "application/json" : "application/jwk-set+json";
        LABORATORY.tls(
                host,
                socket -> {},
                connection -> {
                    answer(connection, type, PUBLISHED.get(host), () -> {});
                    REQUESTS.computeIfAbsent(host, unused -> new AtomicInteger())
                            .incrementAndGet();
                },
                leaf);
    }

    private static Instant days(int fromNow) {
        return Instant.now().plus(Duration.ofDays(fromNow));
    }

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    TrustAnchors anchors() {
        return TrustAnchors.of(List.of(ROOT.certificate()));
    }

    private static void answer(Socket connection, String type, String body, Runnable before) throws IOException {
        var in = connection.getInputStream();
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            var octet = in.read();
            if (octet < 0) {
                return;
            }
            head.append((char) octet);
        }
        before.run();
        connection
                .getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }
}
