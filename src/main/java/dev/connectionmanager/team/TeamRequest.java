package dev.connectionmanager.team;

import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.team.rules.TeamRequestCandidate;
import dev.connectionmanager.team.rules.TeamRules;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Somebody's wish that their team be given access, and what became of it. */
@Entity
public class TeamRequest {
    /** Where a request stands. */
    public enum State {
        PENDING,
        ACCEPTED,
        DECLINED;

        /** The word used in the API: {@code pending}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> ofCode(String code) {
            return Stream.of(values())
                    .filter(state -> state.code().equals(code))
                    .findFirst();
        }
    }

    @Id
    private UUID id;

    private UUID teamId;
    private String name;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> categories;

    private String contact;
    private String subject;
    private String requesterName;
    private String requesterEmail;

    @Enumerated(EnumType.STRING)
    private State state;

    private String reason;
    private String decidedBy;
    private Instant decidedAt;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private int version;

    protected TeamRequest() {}

    TeamRequest(TeamRequestCandidate accepted, Actor requester, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.teamId = UUID.fromString(accepted.teamId());
        this.name = TeamRules.name(accepted.name());
        this.categories = TeamRules.categories(accepted.categories()).stream()
                .map(Category::name)
                .toList();
        this.contact = accepted.contact();
        this.subject = requester.subject();
        this.requesterName = requester.name();
        this.requesterEmail = requester.email();
        this.state = State.PENDING;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public String name() {
        return name;
    }

    public List<Category> categories() {
        return categories.stream().map(Category::valueOf).toList();
    }

    /** The email address that the decision is sent to; nobody has verified it. */
    public String contact() {
        return contact;
    }

    /** Who asked, as the OpenID Provider names them. */
    public String requesterName() {
        return requesterName;
    }

    /** Their verified address; empty where the OpenID Provider gives none. */
    public String requesterEmail() {
        return requesterEmail;
    }

    public State state() {
        return state;
    }

    public boolean pending() {
        return state == State.PENDING;
    }

    /** What the operator said to it; empty where nothing was said. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason).filter(said -> !said.isEmpty());
    }

    public Optional<String> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decidedAt);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Whether the actor made it. */
    public boolean isOf(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON && actor.subject().equals(subject);
    }

    int version() {
        return version;
    }

    void decide(State outcome, String why, Actor operator, Instant now) {
        state = outcome;
        reason = why;
        decidedBy = operator.name();
        decidedAt = now;
    }

    /** The place of whoever asked in the team that is given access; theirs only with a verified email address. */
    Member firstOwner(Instant now) {
        if (requesterEmail.isEmpty()) {
            return new Member(teamId, contact, Role.OWNER, now);
        }
        var owner = new Member(teamId, requesterEmail, Role.OWNER, now);
        owner.join(Actor.person(subject, requesterEmail, requesterName, false, Map.of()), now);
        return owner;
    }

    /** What the trail keeps of it. */
    Object trace() {
        return new AuditSnapshot(teamId, name, categories, contact, state.code(), reason);
    }

    private record AuditSnapshot(
            UUID teamId, String name, List<String> categories, String contact, String state, String reason) {}
}
