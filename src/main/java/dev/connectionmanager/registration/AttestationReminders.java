package dev.connectionmanager.registration;

import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reminds the owners of each team by mail, once for each due date. All nodes look; the one that writes the row that says
 * so posts the mail, in the same transaction.
 */
@Singleton
class AttestationReminders {
    private static final Logger LOG = Logger.getLogger(AttestationReminders.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 100;

    private final Stores.AttestationStatusStore statuses;
    private final Teams teams;
    private final Outbox outbox;
    private final Clock clock;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var daemon = new Thread(task, "attestation-reminders");
        daemon.setDaemon(true);
        return daemon;
    });

    AttestationReminders(Stores.AttestationStatusStore statuses, Teams teams, Outbox outbox, Clock clock) {
        this.statuses = statuses;
        this.teams = teams;
        this.outbox = outbox;
        this.clock = clock;
    }

    void start(@Observes StartupEvent starting) {
        thread.scheduleWithFixedDelay(this::guarded, 1, PAUSE.toMinutes(), TimeUnit.MINUTES);
    }

    @PreDestroy
    void close() {
        thread.shutdownNow();
    }

    /** Posts every reminder that is due. */
    void remind() {
        List<AttestationStatus> due;
        do {
            due = QuarkusTransaction.requiringNew()
                    .call(() -> statuses.toRemind(clock.instant().plus(AttestationStatus.AHEAD), AT_ONCE));
            due.forEach(status -> QuarkusTransaction.requiringNew().run(() -> remind(status)));
        } while (due.size() == AT_ONCE);
    }

    private void remind(AttestationStatus status) {
        if (statuses.noteReminder(status)) {
            var arguments = Map.of(
                    "team", status.name(),
                    "team_id", status.teamId().toString(),
                    "due", status.dueAt().toString());
            outbox.post(
                    new Letter("attestation-due", status.teamId(), arguments, "attestation"),
                    teams.addresses(status.teamId(), Role.OWNER));
        }
    }

    private void guarded() {
        try {
            remind();
        } catch (RuntimeException e) {
            LOG.error("Reminders of attestations were not posted; they will be in an hour", e);
        }
    }
}
