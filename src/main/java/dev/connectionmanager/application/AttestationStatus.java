package dev.connectionmanager.application;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** When a team was last attested, and when it is due again; a view of the database says it. */
@Entity
@Immutable
public class AttestationStatus {
    /** Time enough to do it before the operators see the team on their list. */
    static final Duration AHEAD = Duration.ofDays(14);

    @Id
    private UUID teamId;

    private String name;
    private Instant attestedAt;
    private String attestedByName;
    private Instant dueAt;

    protected AttestationStatus() {}

    public UUID teamId() {
        return teamId;
    }

    /** The team's name. */
    public String name() {
        return name;
    }

    /** {@code null} = never. */
    public Instant attestedAt() {
        return attestedAt;
    }

    /** Who did it last; {@code null} = nobody yet. */
    public String attestedBy() {
        return attestedByName;
    }

    public Instant dueAt() {
        return dueAt;
    }

    /** Whether it is due soon, or overdue: owners are reminded from then on. */
    public boolean nearAt(Instant now) {
        return !dueAt.isAfter(now.plus(AHEAD));
    }

    public boolean overdueAt(Instant now) {
        return !dueAt.isAfter(now);
    }
}
