package dev.connectionmanager.registration.check;

import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.endpoint.CheckProgress;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.check.AskedCheck.Subject;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs the live checks that people asked for. Each is taken by one node, as a rule by the one that was asked; what a node left
 * undone when it died is done by the others when its lease ends.
 */
@Singleton
class AskedCheckRuns {
    private static final Logger LOG = Logger.getLogger(AskedCheckRuns.class);
    /** At the same time on one node; who finds none free waits for the next one. */
    private static final int MOST = 16;
    /** A check that has taken its nodes with it is not tried for ever. */
    private static final int TRIES = 3;

    private final Stores.AskedCheckStore store;
    private final List<CheckSubject> subjects;
    private final ApplicationStore applications;
    private final Teams teams;
    private final Clock clock;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            MOST,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            AskedCheckRuns::thread,
            new ThreadPoolExecutor.DiscardPolicy());
    private volatile boolean stopping;

    AskedCheckRuns(
            Stores.AskedCheckStore store,
            @All List<CheckSubject> subjects,
            ApplicationStore applications,
            Teams teams,
            Clock clock) {
        this.store = store;
        this.subjects = subjects;
        this.applications = applications;
        this.teams = teams;
        this.clock = clock;
    }

    static CheckSubject of(List<CheckSubject> subjects, Subject subject) {
        return subjects.stream()
                .filter(one -> one.subject() == subject)
                .findFirst()
                .orElseThrow();
    }

    /** Something was asked: a free thread takes it. */
    void wake() {
        threads.execute(this::runAll);
    }

    /** Takes what other nodes have left, and forgets what nobody will read any more. */
    @Scheduled(identity = "asked-checks", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void takePart() {
        QuarkusTransaction.requiringNew().run(() -> store.forgetOld(clock.instant()));
        if (QuarkusTransaction.requiringNew().call(() -> store.anyDue(clock.instant()))) {
            wake();
        }
    }

    void stop(@Observes ShutdownEvent shutdown) {
        stopping = true;
        threads.shutdownNow();
    }

    private void runAll() {
        // Reads outside of transactions are the request's, and here is none.
        var context = Arc.container().requestContext();
        context.activate();
        try {
            runDue();
        } finally {
            context.terminate();
        }
    }

    private void runDue() {
        var more = true;
        while (more && !stopping) {
            var lease = UUID.randomUUID();
            var taken = QuarkusTransaction.requiringNew().call(() -> store.take(lease, clock.instant()));
            taken.ifPresent(asked -> end(asked, lease, run(asked, lease)));
            more = taken.isPresent();
        }
    }

    /** @return why nothing came of it; {@code null} where something did */
    private Refusal run(AskedCheck asked, UUID lease) {
        if (asked.tries() > TRIES) {
            return new Refusal.Conflict(Reason.LIVE_CHECK_BROKE_OFF);
        }
        try {
            return CheckProgress.watch(new KeptProgress(asked.id(), lease), () -> {
                of(subjects, asked.subject())
                        .check(QuarkusTransaction.requiringNew().call(() -> actor(asked)), asked);
                return null;
            });
        } catch (Refusal refusal) {
            return refusal;
        } catch (RuntimeException e) {
            LOG.error("A live check that somebody asked for failed.", e);
            return new Refusal.Conflict(Reason.LIVE_CHECK_BROKE_OFF);
        }
    }

    /** Whoever asked, with the role that they have now. */
    private Actor actor(AskedCheck asked) {
        var application = applications.existing(asked.applicationId()).orElseThrow(Refusal.NotFound::new);
        return teams.withCurrentRole(asked.askedBy(), application.teamId());
    }

    private void end(AskedCheck asked, UUID lease, Refusal refusal) {
        QuarkusTransaction.requiringNew()
                .run(() -> store.leased(asked.id(), lease).ifPresent(held -> held.end(refusal, clock.instant())));
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "asked-check");
        thread.setDaemon(true);
        return thread;
    }

    private void opens(UUID id, UUID lease, List<String> members) {
        QuarkusTransaction.requiringNew().run(() -> store.opens(id, lease, members));
    }

    private void checked(UUID id, UUID lease, String member) {
        QuarkusTransaction.requiringNew().run(() -> store.checked(id, lease, member));
    }

    /** Stores the steps as they end, for whichever node is asked about them. */
    private final class KeptProgress implements CheckProgress {
        private final UUID id;
        private final UUID lease;

        KeptProgress(UUID id, UUID lease) {
            this.id = id;
            this.lease = lease;
        }

        @Override
        public void opens(List<String> members) {
            AskedCheckRuns.this.opens(id, lease, members);
        }

        @Override
        public void checked(String member) {
            AskedCheckRuns.this.checked(id, lease, member);
        }
    }
}
