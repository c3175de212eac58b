package dev.connectionmanager.endpoint;

import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcType;
import org.hibernate.dialect.type.PostgreSQLJsonPGObjectJsonType;

/** A report of a live check, and which revision of which registration it is about. */
@Entity
@Table(name = "check_report")
@Immutable
public class CheckedEndpoint {
    @Id
    private UUID id;

    private UUID registrationId;
    private int revision;
    private String field;
    private Instant at;
    private boolean failed;
    private boolean sent;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private CheckReport report;

    protected CheckedEndpoint() {}

    CheckedEndpoint(UUID registrationId, int revision, CheckReport report) {
        this.id = UUID.randomUUID();
        this.registrationId = registrationId;
        this.revision = revision;
        this.field = report.field();
        this.at = report.at();
        this.failed = report.blocks();
        this.sent = report.content().isPresent();
        this.report = report;
    }

    public int revision() {
        return revision;
    }

    public CheckReport report() {
        return report;
    }
}
