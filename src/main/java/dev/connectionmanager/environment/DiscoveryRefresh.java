package dev.connectionmanager.environment;

import dev.connectionmanager.policy.Refusal;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Reads the discovery documents again before they are an hour old, by the clock: no request waits for an OpenID
 * Provider. Each node does so for itself, but not while what another one has read is young enough.
 */
@Singleton
public class DiscoveryRefresh {
    private static final Logger LOG = Logger.getLogger(DiscoveryRefresh.class);
    /** At most so long after a failure, and at least half of it. */
    private static final Duration RETRY = Duration.ofMinutes(5);

    private final Environments environments;
    private final DiscoveryProbe probe;
    private final Clock clock;
    /** From 45 to 55 minutes, so that nodes which started together do not all read at the same time. */
    private final Duration age = Duration.ofMinutes(45).plus(random(Duration.ofMinutes(10)));

    /** By address; only after a failure. */
    private final Map<URI, Instant> notBefore = new HashMap<>();
    /** What was logged last, by address: only changes are. */
    private final Map<URI, Boolean> readable = new HashMap<>();

    DiscoveryRefresh(Environments environments, DiscoveryProbe probe, Clock clock) {
        this.environments = environments;
        this.probe = probe;
        this.clock = clock;
    }

    /** The last good documents are there before the first request; new ones come when they come. */
    void start(@Observes StartupEvent starting) {
        recall();
    }

    /** Reads what is due, one document after another. Blocks its thread, for some 17 seconds a document at most. */
    @Scheduled(identity = "discovery-refresh", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void refreshDue() {
        recall();
        for (var environment : environments.all()) {
            environment
                    .discovery()
                    // That of the portal's own provider says what is configured here.
                    .filter(address -> environment.kind() != EnvironmentKind.SELF_SERVICE)
                    .filter(address -> isDue(environment, address))
                    .ifPresent(address -> {
                        try {
                            refresh(environment, address);
                        } catch (RuntimeException e) {
                            notBefore.put(address, clock.instant().plus(RETRY));
                            LOG.errorf(e, "The discovery document of %s was not refreshed", environment.id());
                        }
                    });
        }
    }

    /** What is in memory serves on when the database does not. */
    private void recall() {
        try {
            environments.recall();
        } catch (RuntimeException e) {
            LOG.error("Discovery documents cannot be taken from the database", e);
        }
    }

    private boolean isDue(Environment environment, URI address) {
        var now = clock.instant();
        var origin = environment.origin();
        var old = origin.source() == MetadataSource.CONFIGURED
                || !origin.since().plus(age).isAfter(now);
        return old && !notBefore.getOrDefault(address, now).isAfter(now);
    }

    private void refresh(Environment environment, URI address) {
        var at = clock.instant();
        try {
            var published = probe.read(address, environment.issuer());
            environments.keep(address, published, at);
            notBefore.remove(address);
            if (!Boolean.TRUE.equals(readable.put(address, true))) {
                LOG.infof(
                        "%s: the discovery document %s is read and its lists are in force", environment.id(), address);
            }
        } catch (Refusal.TooMany busy) {
            // The portal’s own limits say nothing of the document; it is tried again after the next pause.
            LOG.debugf("%s: too busy to read the discovery document", environment.id());
        } catch (DiscoveryRules.NotGood e) {
            notBefore.put(address, at.plus(RETRY.dividedBy(2)).plus(random(RETRY.dividedBy(2))));
            environments.markUnreadable(address, at);
            if (!Boolean.FALSE.equals(readable.put(address, false))) {
                LOG.warnf(
                        "%s: the discovery document %s cannot be used (%s); %s",
                        environment.id(), address, e.getMessage(), instead(environment));
            }
        }
    }

    private static String instead(Environment environment) {
        return environment.origin().source() == MetadataSource.CONFIGURED
                ? "the configured lists are in force"
                : "the lists read at " + environment.origin().since() + " stay in force";
    }

    private static Duration random(Duration below) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(below.toMillis()));
    }
}
