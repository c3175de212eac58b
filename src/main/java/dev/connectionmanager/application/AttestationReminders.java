package dev.connectionmanager.application;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reminds the owners of each team by email, once for each due date. All nodes check; the one that writes the row that says
 * so posts the email, in the same transaction.
 */
@Singleton
public class AttestationReminders {
    private static final int AT_ONCE = 100;
    /** Nobody is reminded of the same more often. Policy. */
    private static final Duration APART = Duration.ofDays(1);

    private final Stores.AttestationStatusStore statuses;
    private final Teams teams;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    AttestationReminders(
            Stores.AttestationStatusStore statuses, Teams teams, Outbox outbox, AuditTrail trail, Clock clock) {
        this.statuses = statuses;
        this.teams = teams;
        this.outbox = outbox;
        this.trail = trail;
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
            post(status, teams.addresses(status.teamId(), Role.OWNER));
        }
    }

    private void post(AttestationStatus status, List<String> owners) {
        var arguments = Map.of(
                "team", status.name(),
                "team_id", status.teamId().toString(),
                "due", status.dueAt().toString());
        outbox.post(new Letter("attestation-due", status.teamId(), arguments, "attestation"), owners);
    }

    /** What became of a reminder that an operator asked for. */
    public enum Result {
        SENT,
        /** The team was reminded less than a day ago. */
        JUST_REMINDED,
        /** An owner has confirmed, or it is not due yet. */
        NOT_OVERDUE,
        /** No owner has joined, so there is nobody to write to. */
        NO_OWNER,
        /** There is no such team. */
        UNKNOWN
    }

    /** @param team its name; its id where there is no such team */
    public record Reminded(UUID teamId, String team, Result outcome) {}

    /**
     * Reminds the owners of these teams once more, each by itself: what cannot be done holds up nothing else.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public List<Reminded> remindAgain(Actor actor, List<UUID> ids) {
        actor.mustBeOperator();
        return ids.stream()
                .distinct()
                .map(id -> QuarkusTransaction.requiringNew().call(() -> remindAgain(actor, id)))
                .toList();
    }

    private Reminded remindAgain(Actor actor, UUID id) {
        var status = statuses.findByIdOptional(id).orElse(null);
        return status == null
                ? new Reminded(id, id.toString(), Result.UNKNOWN)
                : new Reminded(id, status.name(), remindAgain(actor, status));
    }

    private Result remindAgain(Actor actor, AttestationStatus status) {
        var now = clock.instant();
        if (!status.overdueAt(now)) {
            return Result.NOT_OVERDUE;
        }
        var owners = teams.addresses(status.teamId(), Role.OWNER);
        if (owners.isEmpty()) {
            return Result.NO_OWNER;
        }
        if (!statuses.noteReminder(status, now, now.minus(APART))) {
            return Result.JUST_REMINDED;
        }
        post(status, owners);
        trail.write(actor.auditEntry(
                "team-reminded", status.teamId(), "team", status.teamId().toString(), null, null, null));
        return Result.SENT;
    }
}
