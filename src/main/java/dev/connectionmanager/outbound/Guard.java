package dev.connectionmanager.outbound;

import dev.connectionmanager.outbound.CallResult.AddressNotPublic;
import dev.connectionmanager.outbound.CallResult.ConnectionFailed;
import dev.connectionmanager.outbound.CallResult.DnsFailed;
import dev.connectionmanager.policy.Refusal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The only door to the outside. It resolves a name once, refuses it when any answer is not a public address, dials
 * exactly one of the addresses that it checked, and shows the handshake to whoever asked before anything is sent.
 * Redirects are reported, never followed; there is no proxy, no cookie, no other scheme than https.
 *
 * <p>A call runs on its caller’s thread, 32 at the same time, which teams share as {@link FairPlaces} has it. It ends within 15 seconds (TCP within 5) and reads at
 * most 32 KiB of headers and 64 KiB of body, whatever the other side does. No setting loosens any of this, and none
 * opens a way to an address that is not public (server-side request forgery, CWE-918).
 */
@Singleton
public final class Guard {
    private static final int MOST_TRIED = 3;
    /** A lookup may outlast the call that gave up on it. */
    private static final int LOOKUPS_PER_CALL = 2;

    private final Resolver resolver;
    private final Limits limits;
    private final Dialer dialer;
    private final Clock clock;
    private final String contact;
    private final Lookups lookups;
    private final TargetShares shares;
    private final HttpExchange http;
    private final FairPlaces places;
    private final ScheduledExecutorService watchdog;

    /** How a socket gets connected; the seam where tests lead public addresses to a laboratory. */
    @FunctionalInterface
    interface Dialer {
        void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException;
    }

    /** @param contact where whoever finds us in his log can ask: an address on the web or of email */
    @Inject
    Guard(Clock clock, @ConfigProperty(name = "connection-manager.checks.contact") String contact) {
        this(Resolver.OF_JVM, Socket::connect, Limits.STANDARD, clock, contact);
    }

    Guard(Resolver resolver, Dialer dialer, Limits limits, Clock clock, String contact) {
        this(resolver, dialer, limits, clock, contact, watchdog());
    }

    /** @param watchdog ends calls whose time is up */
    Guard(
            Resolver resolver,
            Dialer dialer,
            Limits limits,
            Clock clock,
            String contact,
            ScheduledExecutorService watchdog) {
        if (!contact.matches("[\\x21-\\x7e&&[^()\\\\]]{3,200}")) {
            throw new IllegalArgumentException(
                    "connection-manager.checks.contact must be an address of the web or of email: " + contact);
        }
        this.resolver = resolver;
        this.limits = limits;
        this.dialer = dialer;
        this.clock = clock;
        this.contact = contact;
        this.lookups = new Lookups(resolver, limits.answers(), LOOKUPS_PER_CALL * limits.calls());
        this.shares = new TargetShares(clock);
        this.http = new HttpExchange("Connection-Manager/1 (endpoint check; " + contact + ")", limits);
        this.places = new FairPlaces(limits.calls());
        this.watchdog = watchdog;
    }

    /**
     * The same door with places and shares of its own, so that what goes out through one takes nothing from the other.
     *
     * @param calls at the same time
     */
    public Guard apart(int calls) {
        return new Guard(resolver, dialer, limits.with(calls), clock, contact);
    }

    private static ScheduledExecutorService watchdog() {
        var watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "outbound-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
        return watchdog;
    }

    /**
     * Makes one call. Blocks, for some 17 seconds at most.
     *
     * @param goOn sees the completed handshake and says whether to send the request; must not block
     * @return what came of it; never null
     * @throws Refusal.TooMany when the portal is busy, or the team, host or address has used up its share
     */
    public CallResult ask(OutboundRequest call, Predicate<Handshake> goOn) {
        shares.take(call.caller(), call.host());
        // Else teams with endpoints that hang would keep all others from being checked.
        if (!places.take(call.caller(), call.host(), limits.patience())) {
            throw new Refusal.TooMany((int) limits.whole().toSeconds() + 1);
        }
        try (var deadline = new Deadline(limits.whole(), watchdog)) {
            return resolved(call, goOn, deadline);
        } finally {
            places.free(call.caller());
        }
    }

    @PreDestroy
    void close() {
        watchdog.shutdownNow();
        lookups.close();
    }

    private CallResult resolved(OutboundRequest call, Predicate<Handshake> goOn, Deadline deadline) {
        long started = System.nanoTime();
        List<InetAddress> answers;
        try {
            answers = lookups.resolve(call.caller(), call.host(), deadline.atMost(limits.resolve()));
        } catch (Lookups.Failed failed) {
            return new DnsFailed(failed.reason, Deadline.since(started));
        }
        Duration resolving = Deadline.since(started);
        for (InetAddress answer : answers) {
            if (!AddressRules.isPublic(answer)) {
                return new AddressNotPublic(answer, answers, resolving);
            }
        }
        return connected(call, answers, goOn, deadline, resolving);
    }

    /** Some addresses may be dead, and our own network may lack IPv6: the next one is tried within the same limit. */
    private CallResult connected(
            OutboundRequest call,
            List<InetAddress> answers,
            Predicate<Handshake> goOn,
            Deadline deadline,
            Duration resolving) {
        long started = System.nanoTime();
        var tried = answers.subList(0, Math.min(answers.size(), MOST_TRIED));
        CallResult last = null;
        for (int i = 0; i < tried.size(); i++) {
            InetAddress address = tried.get(i);
            Duration share = limits.connect().minus(Deadline.since(started)).dividedBy(tried.size() - i);
            try {
                Socket socket = dial(call, address, deadline.atMost(share));
                var conversation =
                        new TlsExchange(call, http, deadline, resolving, Deadline.since(started), limits.objection());
                CallResult outcome = conversation.hold(socket, address, TlsExchange.STRONG, goOn);
                return conversation.leavesOpen(outcome)
                        ? again(call, conversation, address, goOn, deadline).orElse(outcome)
                        : outcome;
            } catch (IOException e) {
                last = new ConnectionFailed(
                        address, call.port(), String.valueOf(e.getMessage()), resolving, Deadline.since(started));
            }
        }
        return last;
    }

    /** A server that shares nothing strong with us is met once more, so that a report can say what it does offer. */
    private Optional<CallResult> again(
            OutboundRequest call,
            TlsExchange conversation,
            InetAddress address,
            Predicate<Handshake> goOn,
            Deadline deadline) {
        try {
            Socket socket = dial(call, address, deadline.atMost(limits.connect()));
            return Optional.of(conversation.hold(socket, address, TlsExchange.ANY, goOn));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Socket dial(OutboundRequest call, InetAddress address, Duration within) throws IOException {
        shares.take(call.caller(), call.host(), address);
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            dialer.connect(socket, new InetSocketAddress(address, call.port()), Math.max(1, (int) within.toMillis()));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            Deadline.closeQuietly(socket);
            throw e;
        }
    }
}
