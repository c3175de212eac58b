package dev.connectionmanager.registration;

import com.google.common.hash.Hashing;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcType;
import org.hibernate.dialect.type.PostgreSQLJsonPGObjectJsonType;

/** A half-finished registration, or change of one, of a team. Never issues anything by itself. */
@Entity
public class Draft {
    @Id
    private UUID id;

    private UUID applicationId;
    private String environment;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private Candidate candidate;

    /** Of what the draft held when it was last checked; {@code null} where it never was. */
    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private List<CheckReport> reports;

    private List<String> answered = List.of();
    private String base;
    private Integer baseRevision;
    private String updatedBy;
    private Instant updatedAt;

    @Version
    private int version;

    protected Draft() {}

    Draft(UUID applicationId, String environment) {
        this.id = UUID.randomUUID();
        this.applicationId = applicationId;
        this.environment = environment;
    }

    /** @param questions that have their answers in it from now on, by the last part of their pages' addresses */
    void answered(Collection<String> questions) {
        answered =
                Stream.concat(answered.stream(), questions.stream()).distinct().toList();
    }

    /** The questions that somebody has answered here, be it that nothing is wanted. */
    public List<String> answered() {
        return answered;
    }

    /** Whether it is a change of a registration into which nobody has typed anything. */
    public boolean untouched() {
        return changesRegistration() && answered.isEmpty();
    }

    void save(Candidate candidate, String updatedBy, Instant now) {
        if (reports != null) {
            var before = this.candidate;
            reports = reports.stream()
                    .filter(report -> !ClientEndpoint.changed(report.field(), candidate, before))
                    .toList();
        }
        this.candidate = candidate;
        this.updatedBy = updatedBy;
        this.updatedAt = now;
    }

    /** Says which state of the registration this draft is a change of. */
    void basedOn(Registration registration) {
        base = registration.tag();
        baseRevision = registration.revision();
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

    public Candidate candidate() {
        return candidate;
    }

    /** Keeps what was seen; not of an endpoint that another person has changed in the meantime. */
    void checked(Candidate checked, List<CheckReport> seen) {
        reports = seen.stream()
                .filter(report -> !ClientEndpoint.changed(report.field(), candidate, checked))
                .toList();
    }

    /** What was seen of the endpoints that this draft names, where they have been checked. */
    public List<CheckReport> reports() {
        return reports == null ? List.of() : reports;
    }

    /** Moves with what the draft holds and with what it changes, not with what was seen of its endpoints. */
    public String tag() {
        return Hashing.sha256()
                .hashString(StoredJson.write(candidate) + "\n" + base, StandardCharsets.UTF_8)
                .toString();
    }

    /** Whether this draft changes a registration, rather than makes one. */
    public boolean changesRegistration() {
        return base != null;
    }

    public String updatedBy() {
        return updatedBy;
    }

    public Instant updatedAt() {
        return updatedAt;
    }

    Integer baseRevision() {
        return baseRevision;
    }

    Precondition precondition() {
        return base == null ? Precondition.absent() : Precondition.matching(base);
    }
}
