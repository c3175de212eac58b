package dev.connectionmanager.registration.check;

import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.OwnNetwork;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks every registration's endpoints again each night, on the portal's own account. All nodes do, each takes what no
 * other has taken, and what a node left undone when it died is done by the others. A client is never switched off for
 * what is seen here, and nobody is told that an endpoint broke while it is rather the portal's own network that did.
 */
@Singleton
class NightlyChecks {
    private static final String PAUSE = "{connection-manager.checks.nightly-pause}";

    /** When the portal, or a share of its calls, was busy. */
    private static final Duration LATER = Duration.ofMinutes(5);

    private final RecheckQueue plan;
    private final RegistrationWriter registrations;
    private final EndpointChecks endpoints;
    private final OwnNetwork network;
    private final EndpointReports kept;
    private final Environments environments;
    private final Clock clock;
    private final boolean wanted;

    /** What failed while it was in doubt whose fault that is. */
    private final Set<UUID> doubtful = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    /** @param wanted whether this node takes part: another one may have the way to the internet */
    NightlyChecks(
            RecheckQueue plan,
            RegistrationWriter registrations,
            EndpointChecks endpoints,
            OwnNetwork network,
            EndpointReports kept,
            Environments environments,
            Clock clock,
            @ConfigProperty(name = "connection-manager.checks.nightly") boolean wanted) {
        this.plan = plan;
        this.registrations = registrations;
        this.endpoints = endpoints;
        this.network = network;
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
     * its lease ends; the others go on at the next turn. While nothing answers that must, nothing is checked; as soon as
     * something does, all that failed meanwhile is.
     */
    void checkDue() {
        boolean more = true;
        while (more && !stopping && network.usable()) {
            if (network.recovered()) {
                QuarkusTransaction.requiringNew().run(this::checkDoubtfulNow);
            }
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
            if (reports.stream().anyMatch(CheckReport::blocks) && network.inDoubt()) {
                doubtful.add(claim.registrationId());
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

    private void checkDoubtfulNow() {
        var now = clock.instant();
        plan.hastenUnsure(now);
        doubtful.removeIf(id -> {
            plan.hasten(id, now);
            return true;
        });
    }

    private void putOff(Claim claim) {
        var wait = LATER.plusMillis(ThreadLocalRandom.current().nextLong(LATER.toMillis()));
        plan.giveBack(claim, clock.instant().plus(wait));
    }
}
