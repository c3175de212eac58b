package dev.connectionmanager.registration;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One application in one environment, under one client ID. Its metadata is in its revisions.
 *
 * <p>Its life: active or suspended, back and forth, as operators say; deleted from either, and for {@link #RESTORABLE}
 * restored to the one that it was.
 */
@Entity
public class Registration {
    /** For how long after its deletion a registration can be restored. */
    public static final Duration RESTORABLE = Duration.ofDays(30);

    @Id
    private UUID id;

    private UUID applicationId;

    /** Kept by the database, for statements to ask by. */
    @Column(insertable = false, updatable = false)
    private UUID teamId;

    private String environment;
    private String clientId;

    @Enumerated(EnumType.STRING)
    private State state;

    private int revision;
    private Instant issuedAt;
    private Instant deletedAt;
    private Instant suspendedAt;
    private String suspensionReason;

    @Version
    private int version;

    protected Registration() {}

    Registration(UUID applicationId, String environment, String clientId, Instant now) {
        this.id = UUID.randomUUID();
        this.applicationId = applicationId;
        this.environment = environment;
        this.clientId = clientId;
        this.state = State.ACTIVE;
        this.revision = 1;
        this.issuedAt = now;
    }

    /** One that is there, as a row of {@link RegistrationStatements} has it; what is changed of it is not written. */
    static Registration of(ResultSet row) throws SQLException {
        var registration = new Registration();
        registration.id = row.getObject("id", UUID.class);
        registration.applicationId = row.getObject("application_id", UUID.class);
        registration.environment = row.getString("environment");
        registration.clientId = row.getString("client_id");
        registration.state = State.valueOf(row.getString("state"));
        registration.revision = row.getInt("revision");
        registration.issuedAt = row.getObject("issued_at", OffsetDateTime.class).toInstant();
        var since = row.getObject("suspended_at", OffsetDateTime.class);
        registration.suspendedAt = since == null ? null : since.toInstant();
        registration.suspensionReason = row.getString("suspension_reason");
        registration.version = row.getInt("version");
        return registration;
    }

    /** The same with its next revision, as {@link RegistrationStatements} writes it. */
    Registration revised() {
        var next = new Registration();
        next.id = id;
        next.applicationId = applicationId;
        next.environment = environment;
        next.clientId = clientId;
        next.state = state;
        next.revision = revision + 1;
        next.issuedAt = issuedAt;
        next.suspendedAt = suspendedAt;
        next.suspensionReason = suspensionReason;
        next.version = version + 1;
        return next;
    }

    public UUID id() {
        return id;
    }

    public UUID applicationId() {
        return applicationId;
    }

    public String environment() {
        return environment;
    }

    public String clientId() {
        return clientId;
    }

    public State state() {
        return state;
    }

    /** The number of the revision in force. */
    public int revision() {
        return revision;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    int version() {
        return version;
    }

    /** Why operators keep this client out, and since when. */
    public Optional<Suspension> suspension() {
        return Optional.ofNullable(suspendedAt).map(since -> new Suspension(suspensionReason, since));
    }

    /** Keeps the client out, or gives another reason for doing so. */
    void suspend(String reason, Instant now) {
        state = State.SUSPENDED;
        suspensionReason = reason;
        suspendedAt = suspendedAt == null ? now : suspendedAt;
    }

    /** @throws Refusal.Conflict when it is not suspended */
    void resume() {
        if (state != State.SUSPENDED) {
            throw new Refusal.Conflict(Reason.NOT_SUSPENDED);
        }
        state = State.ACTIVE;
        suspensionReason = null;
        suspendedAt = null;
    }

    /** A suspended client is deleted as suspended: so it comes back. */
    void delete(Instant now) {
        deletedAt = now;
    }

    public Instant deletedAt() {
        return deletedAt;
    }

    /** Until when its deletion can be undone; only of a deleted one. */
    public Instant restorableUntil() {
        return deletedAt.plus(RESTORABLE);
    }

    public boolean restorableAt(Instant now) {
        return deletedAt != null && restorableUntil().isAfter(now);
    }

    /** Undoes its deletion. */
    void restore() {
        deletedAt = null;
    }

    /**
     * The entity tag, as in the header. It begins with the registration's own id: after a deletion, a new registration
     * of the same application must not match a tag of the old one.
     */
    public String tag() {
        return "\"" + id.toString().substring(0, 8) + "-" + version + "\"";
    }

    /**
     * @param reason as an operator gave it
     * @param since when it was suspended first, whatever the reason was then
     */
    public record Suspension(String reason, Instant since) {}

    /** Whether the OpenID Provider lets this client in. */
    public enum State {
        ACTIVE,
        SUSPENDED;

        /** The word used in the API: {@code active}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> ofCode(String code) {
            return Stream.of(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst();
        }
    }
}
