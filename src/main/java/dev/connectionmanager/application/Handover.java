package dev.connectionmanager.application;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A team's offer of one of its applications to another team. */
@Entity
public class Handover {
    /** After that an offer lapses: nobody should wake up to one that its makers have forgotten. */
    public static final Duration OPEN_FOR = Duration.ofDays(30);

    @Id
    private UUID id;

    private UUID applicationId;
    private UUID fromTeam;
    private UUID toTeam;
    private String offeredBy;
    private Instant offeredAt;

    @Enumerated(EnumType.STRING)
    private State state;

    private Instant endedAt;

    protected Handover() {}

    Handover(Application application, UUID toTeam, String offeredBy, Instant now) {
        this.id = UUID.randomUUID();
        this.applicationId = application.id();
        this.fromTeam = application.teamId();
        this.toTeam = toTeam;
        this.offeredBy = offeredBy;
        this.offeredAt = now;
        this.state = State.OPEN;
    }

    /** What became of an offer. One that nobody answered in time may be open still: it has lapsed all the same. */
    public enum State {
        OPEN,
        ACCEPTED,
        DECLINED,
        WITHDRAWN,
        LAPSED
    }

    public UUID id() {
        return id;
    }

    public UUID applicationId() {
        return applicationId;
    }

    public UUID fromTeam() {
        return fromTeam;
    }

    /** To which Team ID, as it was typed; whether there is such a team is not for its makers to know. */
    public UUID toTeam() {
        return toTeam;
    }

    /** The name of who made it. */
    public String offeredBy() {
        return offeredBy;
    }

    public Instant offeredAt() {
        return offeredAt;
    }

    public Instant lapsesAt() {
        return offeredAt.plus(OPEN_FOR);
    }

    public State stateAt(Instant now) {
        return state == State.OPEN && !openAt(now) ? State.LAPSED : state;
    }

    public boolean withdrawn() {
        return state == State.WITHDRAWN;
    }

    /** When it was answered or withdrawn; {@code null} for neither. */
    public Instant endedAt() {
        return endedAt;
    }

    boolean openAt(Instant now) {
        return state == State.OPEN && lapsesAt().isAfter(now);
    }

    void end(State how, Instant now) {
        state = how;
        endedAt = now;
    }
}
