package dev.connectionmanager.application;

import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Reminds the owners of each team by mail, once for each due date. All nodes check; the one that writes the row that says
 * so posts the mail, in the same transaction.
 */
@Singleton
class AttestationReminders {
    private static final int AT_ONCE = 100;

    private final Stores.AttestationStatusStore statuses;
    private final Teams teams;
    private final Outbox outbox;
    private final Clock clock;

    AttestationReminders(Stores.AttestationStatusStore statuses, Teams teams, Outbox outbox, Clock clock) {
        this.statuses = statuses;
        this.teams = teams;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Posts every reminder that is due. */
    @Scheduled(
            identity = "attestation-reminders",
            every = "1h",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
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
}
