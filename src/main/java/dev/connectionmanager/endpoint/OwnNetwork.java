package dev.connectionmanager.endpoint;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.environment.MetadataSource;
import dev.connectionmanager.keyset.KeySetChecks;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.Endpoint;
import dev.connectionmanager.verification.probe.EndpointProbe;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Whether it is rather the network of this node that fails than what it checks. Two things tell: that most of what was
 * checked lately does not answer, and that nothing answers of what must, which is asked as soon as one check fails: the discovery
 * addresses that could be read before, and some endpoints on other hosts that worked when they were last checked.
 */
@Singleton
public class OwnNetwork {
    private static final Logger LOG = Logger.getLogger(OwnNetwork.class);
    private static final int DISCOVERIES = 2;
    private static final int OTHERS = 3;
    /** Two endpoints that break in one night are no outage; three on different hosts, with nothing that answers, are. */
    private static final int ENOUGH = 2;
    /** If most of what there is fails for so long, and the rest does not, then it is not the network. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Stores.HealthStore healths;
    private final Environments environments;
    private final EndpointProbe probe;
    private final KeySetChecks keySets;
    private final RecentLooks looks = new RecentLooks();
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean recovered = new AtomicBoolean();
    private final ThreadPoolExecutor askers = new ThreadPoolExecutor(
            0,
            2 * (DISCOVERIES + OTHERS),
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            OwnNetwork::asker,
            new ThreadPoolExecutor.CallerRunsPolicy());

    /** Nothing answers. */
    private volatile boolean down;
    /** Something does, but most of what is checked fails, and did so first at this moment. */
    private volatile Instant odd;

    OwnNetwork(Stores.HealthStore healths, Environments environments, EndpointProbe probe, KeySetChecks keySets) {
        this.keySets = keySets;
        this.healths = healths;
        this.environments = environments;
        this.probe = probe;
    }

    /** While it is, no endpoint is marked as failing, and nobody is told that one does. */
    public boolean inDoubt() {
        return down || odd != null;
    }

    /**
     * Whether checking makes sense at all. Where nothing answered, what must answer is asked again. Blocks for some 15
     * seconds at most; must not be called in a transaction.
     */
    public boolean usable() {
        if (!down) {
            return true;
        }
        if (!asking.tryLock()) {
            return false;
        }
        try {
            if (down && ask(Set.of()).reachable()) {
                end();
            }
        } finally {
            asking.unlock();
        }
        return !down;
    }

    /** Whether a doubt has ended since this was last asked. */
    public boolean recovered() {
        return recovered.getAndSet(false);
    }

    /**
     * Takes down what was just seen of endpoints that are registered. Blocks for some 15 seconds at most, where one fails;
     * must not be called in a transaction.
     */
    void saw(List<CheckReport> reports) {
        var failing = reports.stream()
                .filter(OwnNetwork::unanswered)
                .map(CheckReport::uri)
                .collect(Collectors.toSet());
        // What is known to be broken tells nothing: some are for months.
        var known = failing.isEmpty()
                ? Set.<String>of()
                : QuarkusTransaction.requiringNew().call(() -> healths.broken(failing));
        var telling =
                reports.stream().filter(report -> !known.contains(report.uri())).toList();
        if (telling.stream().noneMatch(OwnNetwork::unanswered)) {
            passed(telling);
        } else {
            failed(telling, ask(hosts(failing)));
        }
    }

    private synchronized void passed(List<CheckReport> reports) {
        reports.forEach(this::add);
        if (inDoubt() && !reports.isEmpty() && (down || looks.mostPass())) {
            end();
        }
    }

    private synchronized void failed(List<CheckReport> reports, Answers answers) {
        reports.forEach(this::add);
        var now = reports.get(0).at();
        answers.ofOthers().forEach((host, answered) -> looks.add(host, now, !answered));
        boolean before = inDoubt();
        down = !answers.reachable();
        odd = odd == null && looks.mostFail() ? now : odd;
        if (odd != null && !down && odd.plus(LONGEST).isBefore(now)) {
            end();
            return;
        }
        if (inDoubt() && !before) {
            LOG.warnf(
                    "%s: no endpoint is marked as failing until that is over, in case it is this portal's network",
                    down ? "Nothing that must answer does" : "Most endpoints do not answer that were checked lately");
        }
    }

    private synchronized void end() {
        looks.forget();
        down = false;
        odd = null;
        recovered.set(true);
        LOG.info("It is no longer in doubt that this portal's network works: what failed meanwhile is checked now");
    }

    private void add(CheckReport report) {
        looks.add(host(report.uri()), report.at(), unanswered(report));
    }

    /** Whatever was wrong with an answer that came by TLS: the network let it through. */
    private static boolean unanswered(CheckReport report) {
        return report.blocks() && report.seen().status() == null;
    }

    /** @param failing hosts that are not asked: they are what is in question */
    private Answers ask(Set<String> failing) {
        var ofDiscoveries = ask(discoveries());
        var ofOthers = ask(others(failing));
        return new Answers(answers(ofDiscoveries), answers(ofOthers));
    }

    private Map<String, CompletableFuture<Optional<Boolean>>> ask(List<Endpoint> endpoints) {
        return endpoints.stream()
                .collect(Collectors.toMap(
                        endpoint -> host(endpoint.uri()),
                        endpoint -> CompletableFuture.supplyAsync(() -> answers(endpoint), askers),
                        (one, other) -> one));
    }

    private static Map<String, Boolean> answers(Map<String, CompletableFuture<Optional<Boolean>>> asked) {
        var answers = new HashMap<String, Boolean>();
        asked.forEach((host, answer) -> answer.join().ifPresent(answered -> answers.put(host, answered)));
        return answers;
    }

    /** @return empty where the portal is too busy to ask */
    private Optional<Boolean> answers(Endpoint endpoint) {
        try {
            return Optional.of(!unanswered(probe.check(endpoint)));
        } catch (Refusal.TooMany busy) {
            return Optional.empty();
        }
    }

    /** Whether they answered, by host. */
    private record Answers(Map<String, Boolean> ofDiscoveries, Map<String, Boolean> ofOthers) {
        boolean reachable() {
            boolean telling = !ofDiscoveries.isEmpty() || ofOthers.size() >= ENOUGH;
            return !telling || ofDiscoveries.containsValue(true) || ofOthers.containsValue(true);
        }
    }

    /** Only those that could ever be read: an address that never answered need not answer now. */
    private List<Endpoint> discoveries() {
        return environments.all().stream()
                .filter(environment -> environment.origin().source() != MetadataSource.CONFIGURED)
                .flatMap(environment -> environment.discovery().stream())
                .map(URI::toString)
                .distinct()
                .limit(DISCOVERIES)
                .map(Endpoint::discovery)
                .toList();
    }

    /** Any, so that they are not all of one supplier. */
    private List<Endpoint> others(Set<String> failing) {
        var working = new ArrayList<>(QuarkusTransaction.requiringNew().call(healths::working));
        Collections.shuffle(working);
        var hosts = new HashSet<>(failing);
        return working.stream()
                .filter(uri -> !keySets.hosts(uri))
                .filter(uri -> hosts.add(host(uri)))
                .limit(OTHERS)
                .map(Endpoint::registered)
                .toList();
    }

    private static Set<String> hosts(Set<String> uris) {
        return uris.stream().map(OwnNetwork::host).collect(Collectors.toSet());
    }

    private static String host(String uri) {
        return String.valueOf(URI.create(uri).getHost());
    }

    private static Thread asker(Runnable task) {
        var thread = new Thread(task, "own-network");
        thread.setDaemon(true);
        return thread;
    }

    @PreDestroy
    void close() {
        askers.shutdownNow();
    }
}
