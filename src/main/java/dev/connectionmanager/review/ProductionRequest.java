package dev.connectionmanager.review;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.review.rules.TransitionRules;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcType;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.dialect.type.PostgreSQLJsonPGObjectJsonType;
import org.hibernate.type.SqlTypes;

/** What a team asks to have registered in production. Approved, it becomes a revision there; never by itself. */
@Entity
public class ProductionRequest {
    @Id
    private UUID id;

    /** {@code CM-2026-00042}; given by the database. */
    @Generated
    @Column(insertable = false, updatable = false)
    private String number;

    private UUID applicationId;
    private String environment;

    @Enumerated(EnumType.STRING)
    private RequestState state;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private Candidate candidate;

    /** With {@link #hosts} and the names of team and application what people search for; the database keeps the words. */
    private String clientName;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> hosts;

    private String note;
    private String conformanceReference;
    private String connectionAgreementReference;
    private String privateKeyJwtPlannedFor;

    /** Of what the request holds now; {@code null} where nobody has checked since it was last edited. */
    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private List<CheckReport> reports;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private Candidate compared;

    private String comparedWith;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private Returned returned;

    private int edition;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> editors;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<UUID> editorTeams;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> fieldsToChange;

    @Enumerated(EnumType.STRING)
    private Risk.Level risk;

    /** The greater the risk, the smaller; kept by the database, for its indexes. */
    @Column(insertable = false, updatable = false)
    private int riskRank;

    private String assignee;
    private String assigneeName;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant updatedAt;
    private String updatedBy;
    private Instant firstSubmittedAt;
    private Instant submittedAt;
    private Instant dueAt;
    private Instant decidedAt;
    private String decidedBy;
    private String decidedByName;

    @Version
    private int version;

    protected ProductionRequest() {}

    ProductionRequest(Contributors hands, UUID applicationId, String environment, Candidate candidate, Instant now) {
        this.id = UUID.randomUUID();
        this.applicationId = applicationId;
        this.environment = environment;
        this.state = RequestState.DRAFT;
        ask(candidate);
        this.editors = List.of();
        this.editorTeams = List.of();
        this.fieldsToChange = List.of();
        this.createdAt = now;
        touched(hands, now);
    }

    /** Whoever opened it was the first to have a hand in it. */
    boolean isOpenedBy(Actor actor) {
        return editors.get(0).equals(actor.subject());
    }

    /** Notes who had a hand in it: see {@link TransitionRules#mustHaveOtherEyes}. */
    private void touched(Contributors hands, Instant now) {
        editors = with(editors, hands.subjects());
        editorTeams = with(editorTeams, List.of(hands.team()));
        updatedAt = now;
        updatedBy = hands.actor().name();
        edition++;
    }

    private static <T> List<T> with(List<T> values, List<T> more) {
        return values.containsAll(more)
                ? values
                : Stream.concat(values.stream(), more.stream()).distinct().toList();
    }

    void edit(Contributors hands, Candidate asked, Answers answers, Instant now) {
        if (!asked.equals(candidate)) {
            ask(asked);
            reports = null;
        }
        note = answers.note();
        conformanceReference = answers.conformanceReference();
        connectionAgreementReference = answers.connectionAgreementReference();
        privateKeyJwtPlannedFor = answers.privateKeyJwtPlannedFor();
        touched(hands, now);
    }

    private void ask(Candidate asked) {
        candidate = asked;
        clientName = asked.clientName() == null ? null : storable(asked.clientName());
        hosts = ClientMember.hosts(asked).stream()
                .map(ProductionRequest::storable)
                .toList();
    }

    /** A text column cannot hold U+0000, which a candidate may: there it stands in JSON, which escapes it. */
    private static String storable(String text) {
        return text.replace('\0', ' ');
    }

    /** Keeps what was seen of the endpoints that this candidate names. */
    void checked(List<CheckReport> seen) {
        reports = seen;
    }

    void submit(Contributors hands, Risk.Level level, Instant now, Instant due) {
        state = RequestState.SUBMITTED;
        risk = level;
        firstSubmittedAt = firstSubmittedAt == null ? now : firstSubmittedAt;
        submittedAt = now;
        dueAt = due;
        fieldsToChange = List.of();
        touched(hands, now);
    }

    /** Keeps the greatest risk, as it is found now. */
    void weigh(Risk.Level level) {
        risk = level;
    }

    void withdraw(Instant now) {
        state = RequestState.WITHDRAWN;
        updatedAt = now;
        edition++;
    }

    void decide(Actor actor, RequestState outcome, List<String> fields, Instant now) {
        state = outcome;
        if (outcome == RequestState.CHANGES_REQUESTED) {
            returned = new Returned(candidate, answers(), fields);
        }
        fieldsToChange = new ArrayList<>(fields);
        decidedAt = now;
        decidedBy = actor.subject();
        decidedByName = actor.name();
        edition++;
    }

    /**
     * Keeps what it was about when it ended, whatever becomes of the application and its registrations.
     *
     * @param asked with what was taken from the application
     */
    void close(Candidate asked, Baseline with) {
        ask(asked);
        compared = with.candidate();
        comparedWith = with.environment();
    }

    /** What it was compared with when it ended; empty before, and where that was not kept. */
    Optional<Baseline> compared() {
        return Optional.ofNullable(compared).map(kept -> new Baseline(comparedWith, kept));
    }

    /** What it held when operators last asked for changes; empty where they never did. */
    public Optional<Returned> returned() {
        return Optional.ofNullable(returned);
    }

    /** @param operator {@code null} = nobody */
    void assign(Actor operator) {
        assignee = operator == null ? null : operator.subject();
        assigneeName = operator == null ? null : operator.name();
    }

    public UUID id() {
        return id;
    }

    /** What people call it: {@code CM-2026-00042}, with the year of its creation in Europe/London. */
    public String number() {
        return number;
    }

    public UUID applicationId() {
        return applicationId;
    }

    public String environment() {
        return environment;
    }

    public RequestState state() {
        return state;
    }

    public Candidate candidate() {
        return candidate;
    }

    public Answers answers() {
        return new Answers(note, conformanceReference, connectionAgreementReference, privateKeyJwtPlannedFor);
    }

    /** What was seen of the endpoints of exactly what is asked now; empty where nobody has checked. */
    public List<CheckReport> reports() {
        return reports == null ? List.of() : reports;
    }

    /** Which members the operators want changed; empty unless changes were requested. */
    public List<String> fieldsToChange() {
        return List.copyOf(fieldsToChange);
    }

    /** The greatest risk, as it was found last; empty for what was never submitted. */
    public Optional<Risk.Level> risk() {
        return Optional.ofNullable(risk);
    }

    /** The operator's subject. */
    public Optional<String> assignee() {
        return Optional.ofNullable(assignee);
    }

    public Optional<String> assigneeName() {
        return Optional.ofNullable(assigneeName);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    public String updatedBy() {
        return updatedBy;
    }

    /** When it was last submitted. */
    public Optional<Instant> submittedAt() {
        return Optional.ofNullable(submittedAt);
    }

    /** By when the service level wants the submission decided. */
    public Optional<Instant> dueAt() {
        return Optional.ofNullable(dueAt);
    }

    /** When it was last decided about. */
    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decidedAt);
    }

    /** The subject of whoever last decided about it. */
    public Optional<String> decidedBy() {
        return Optional.ofNullable(decidedBy);
    }

    public Optional<String> decidedByName() {
        return Optional.ofNullable(decidedByName);
    }

    int riskRank() {
        return riskRank;
    }

    /** As the database has it; {@code null} for {@code null}. */
    static Integer riskRank(Risk.Level level) {
        return level == null ? null : Risk.Level.HIGH.ordinal() - level.ordinal();
    }

    int version() {
        return version;
    }

    int edition() {
        return edition;
    }

    Set<String> editors() {
        return Set.copyOf(editors);
    }

    Set<UUID> editorTeams() {
        return Set.copyOf(editorTeams);
    }

    /** What the trail keeps of it. */
    AuditSnapshot trace() {
        return new AuditSnapshot(applicationId, environment, state.code(), candidate, answers());
    }

    /** The same without what is asked, for acts that leave that as it is. */
    AuditSnapshot standing() {
        return new AuditSnapshot(applicationId, environment, state.code(), null, null);
    }

    record AuditSnapshot(UUID applicationId, String environment, String state, Candidate metadata, Answers answers) {}
}
