package dev.connectionmanager.registration.check;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A live check that a person asked for: how far it is, and whether anything came of it. The result stands with its subject. */
@Entity
public class AskedCheck {
    /** What is checked. */
    public enum Subject {
        REGISTRATION,
        DRAFT,
        REQUEST
    }

    /** The refusals that an act of checking can meet. */
    enum Refused {
        NOT_FOUND,
        NOT_ALLOWED,
        CONFLICT,
        TOO_MANY
    }

    /**
     * What is asked.
     *
     * @param subjectId the draft or the request; {@code null} for what is registered
     * @param page with the result, relative to the portal
     */
    public record Details(Subject subject, UUID subjectId, UUID applicationId, String environment, String page) {}

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private Subject subject;

    private UUID subjectId;
    private UUID applicationId;
    private String environment;
    private String page;
    private String askedBy;
    private String askedByName;
    private boolean askedByOperator;
    private Instant askedAt;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> opened;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> checked;

    private UUID lease;
    private Instant leasedUntil;
    private int tries;
    private Instant endedAt;

    @Enumerated(EnumType.STRING)
    private Refused refused;

    @Enumerated(EnumType.STRING)
    private Reason refusedReason;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> refusedArguments;

    private Integer retryAfter;

    protected AskedCheck() {}

    AskedCheck(Actor actor, Details details, Instant now) {
        this.id = UUID.randomUUID();
        this.subject = details.subject();
        this.subjectId = details.subjectId();
        this.applicationId = details.applicationId();
        this.environment = details.environment();
        this.page = details.page();
        this.askedBy = actor.subject();
        this.askedByName = actor.name();
        this.askedByOperator = actor.operator();
        this.askedAt = now;
        this.opened = List.of();
        this.checked = List.of();
    }

    /** Where the result is to be read now: whoever asks again may have typed something since. */
    void leadTo(String newPage) {
        page = newPage;
    }

    void lease(UUID holder, Instant until) {
        lease = holder;
        leasedUntil = until;
        tries++;
        opened = List.of();
        checked = List.of();
    }

    void end(Refusal refusal, Instant now) {
        endedAt = now;
        lease = null;
        leasedUntil = null;
        if (refusal != null) {
            refused = kind(refusal);
            refusedReason = refusal.reason();
            refusedArguments = refusal.arguments();
            retryAfter = refusal instanceof Refusal.TooMany busy ? busy.retryAfterSeconds() : null;
        }
    }

    private static Refused kind(Refusal refusal) {
        if (refusal instanceof Refusal.NotFound) {
            return Refused.NOT_FOUND;
        }
        if (refusal instanceof Refusal.NotAllowed) {
            return Refused.NOT_ALLOWED;
        }
        return refusal instanceof Refusal.TooMany ? Refused.TOO_MANY : Refused.CONFLICT;
    }

    /** Who asked, without any role: which they have is for the database to say. */
    Actor askedBy() {
        return Actor.person(askedBy, "", askedByName, askedByOperator, Map.of());
    }

    public UUID id() {
        return id;
    }

    public Subject subject() {
        return subject;
    }

    /** The draft or the request; {@code null} for what is registered. */
    public UUID subjectId() {
        return subjectId;
    }

    public UUID applicationId() {
        return applicationId;
    }

    public String environment() {
        return environment;
    }

    /** The page with the result, relative to the portal. */
    public String page() {
        return page;
    }

    /** Members whose endpoints are opened, in their order; empty before it begins. */
    public List<String> opened() {
        return List.copyOf(opened);
    }

    public boolean checked(String member) {
        return checked.contains(member);
    }

    public boolean ended() {
        return endedAt != null;
    }

    int tries() {
        return tries;
    }

    /** Why nothing came of it; empty where something did, and before its end. */
    public Optional<Refusal> refusal() {
        if (refused == null) {
            return Optional.empty();
        }
        var arguments = refusedArguments.toArray();
        return Optional.of(
                switch (refused) {
                    case NOT_FOUND -> new Refusal.NotFound(refusedReason, arguments);
                    case NOT_ALLOWED -> new Refusal.NotAllowed(refusedReason, arguments);
                    case CONFLICT -> new Refusal.Conflict(refusedReason, arguments);
                    case TOO_MANY -> new Refusal.TooMany(retryAfter, refusedReason, arguments);
                });
    }
}
