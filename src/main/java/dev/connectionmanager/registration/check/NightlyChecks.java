package dev.connectionmanager.registration.check;

import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.EndpointHealthLog;
import dev.connectionmanager.endpoint.RecheckQueue;
import dev.connectionmanager.endpoint.RecheckQueue.Claim;
import dev.connectionmanager.endpoint.RecheckWindow;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.EndpointReports;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.RegistrationWriter;
import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Checks every registration's endpoints again each night, on the portal's own account. All nodes do, each takes what no
 * other has taken, and what a node left undone when it died is done by the others. A client is never switched off for
 * what is seen here, and nobody is told that an endpoint broke while it is rather the portal's own network that did.
 */
@Singleton
class NightlyChecks {
    private static final Logger LOG = Logger.getLogger(NightlyChecks.class);
    private static final String PAUSE = "{connection-manager.checks.nightly-pause}";

    /** When the portal, or a share of its calls, was busy. */
    private static final Duration LATER = Duration.ofMinutes(5);

    /** So far back it is judged whether it is the portal's own network that fails. */
    private static final Duration OUTAGE = Duration.ofMinutes(30);

    private final RecheckQueue plan;
    private final RegistrationWriter registrations;
    private final EndpointChecks endpoints;
    private final EndpointHealthLog log;
    private final EndpointReports kept;
    private final Environments environments;
    private final Clock clock;
    private final boolean wanted;

    private volatile boolean stopping;

    /** @param wanted whether this node takes part: another one may have the way to the internet */
    NightlyChecks(
            RecheckQueue plan,
            RegistrationWriter registrations,
            EndpointChecks endpoints,
            EndpointHealthLog log,
            EndpointReports kept,
            Environments environments,
            Clock clock,
            @ConfigProperty(name = "connection-manager.checks.nightly") boolean wanted) {
        this.plan = plan;
        this.registrations = registrations;
        this.endpoints = endpoints;
        this.log = log;
        this.kept = kept;
        this.environments = environments;
        this.clock = clock;
        this.wanted = wanted;
    }

    /** Four registrations at the same time; the rest of the guard's 32 calls is for people who wait. */
    @Scheduled(identity = "nightly-checks-1", every = PAUSE, concurrentExecution = ConcurrentExecution.SKIP)
    @Scheduled(identity = "nightly-checks-2", every = PAUSE, concurrentExecution = ConcurrentExecution.SKIP)
    @Scheduled(identity = "nightly-checks-3", every = PAUSE, concurrentExecution = ConcurrentExecution.SKIP)
    @Scheduled(identity = "nightly-checks-4", every = PAUSE, concurrentExecution = ConcurrentExecution.SKIP)
    void takePart() {
        if (wanted) {
            checkDue();
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        stopping = true;
    }

    /**
     * Checks what is due, one registration after another, until nothing is. What goes wrong with one is tried again when
     * its lease ends; the others go on at the next turn.
     */
    void checkDue() {
        boolean more = true;
        while (more && !stopping) {
            var claim = QuarkusTransaction.requiringNew().call(() -> plan.claim(clock.instant()));
            claim.ifPresent(this::check);
            more = claim.isPresent();
        }
    }

    private void check(Claim claim) {
        var found = QuarkusTransaction.requiringNew().call(() -> registrations.existing(claim.registrationId()));
        if (found.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> plan.forget(claim));
            return;
        }
        var registered = found.get();
        try {
            var reports = environments
                    .find(registered.registration().environment())
                    .map(environment -> endpoints.recheck(registered.metadata(), environment));
            keep(claim, registered, reports.orElseGet(List::of));
        } catch (Refusal.TooMany busy) {
            QuarkusTransaction.requiringNew().run(() -> putOff(claim));
        }
    }

    private void keep(Claim claim, RegistrationSnapshot registered, List<CheckReport> reports) {
        QuarkusTransaction.requiringNew().run(() -> {
            if (reports.stream().anyMatch(CheckReport::blocks)
                    && log.mostFailSince(clock.instant().minus(OUTAGE))) {
                LOG.warn(
                        "Most endpoints have begun to fail at once: checking again later, in case it is this portal's network");
                putOff(claim);
                return;
            }
            kept.lock(registered);
            // In one transaction: after a crash, what was kept is not checked again, and what was not kept is.
            if (plan.giveBack(claim, RecheckWindow.next(claim.registrationId(), clock.instant()))) {
                kept.keep(registered, reports);
            }
        });
    }

    private void putOff(Claim claim) {
        var wait = LATER.plusMillis(ThreadLocalRandom.current().nextLong(LATER.toMillis()));
        plan.giveBack(claim, clock.instant().plus(wait));
    }
}
