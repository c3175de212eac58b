package dev.connectionmanager.application;

import dev.connectionmanager.team.rules.Category;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** An application of a team: what its registrations in the environments have in common. */
@Entity
public class Application {
    @Id
    private UUID id;

    private UUID teamId;
    private String name;
    private String description;

    @Enumerated(EnumType.STRING)
    private Category category;

    @Enumerated(EnumType.STRING)
    private ApplicationType applicationType;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> contacts;

    private String framework;

    private Instant createdAt;
    private Instant deletedAt;

    @Version
    private int version;

    protected Application() {}

    Application(UUID teamId, Details details, Instant now) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.createdAt = now;
        change(details);
    }

    /** As a row of {@link ApplicationStore#COLUMNS} has it. */
    static Application of(ResultSet row) throws SQLException {
        var application = new Application();
        application.id = row.getObject("application_id", UUID.class);
        application.teamId = row.getObject("team_id", UUID.class);
        application.name = row.getString("name");
        application.description = row.getString("description");
        application.category = Category.valueOf(row.getString("category"));
        application.applicationType = ApplicationType.valueOf(row.getString("application_type"));
        application.contacts = List.of((String[]) row.getArray("contacts").getArray());
        application.framework = row.getString("framework");
        application.createdAt =
                row.getObject("created_at", OffsetDateTime.class).toInstant();
        application.version = row.getInt("application_version");
        return application;
    }

    void change(Details details) {
        name = details.name();
        description = details.description();
        category = details.category();
        applicationType = details.applicationType();
        contacts = details.contacts();
        framework = details.framework();
    }

    /** @param newContacts of the team that has it from now on */
    void handTo(UUID team, List<String> newContacts) {
        teamId = team;
        contacts = List.copyOf(newContacts);
    }

    void delete(Instant now) {
        deletedAt = now;
    }

    /** Undoes its deletion. */
    void restore() {
        deletedAt = null;
    }

    public boolean deleted() {
        return deletedAt != null;
    }

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public Details details() {
        return new Details(name, description, category, applicationType, contacts, framework);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** The entity tag of this version, as in the header. */
    public String tag() {
        return "\"" + version + "\"";
    }

    int version() {
        return version;
    }

    /**
     * What a team says of its application; freezes in part with the first registration.
     *
     * @param framework what it logs people in with; {@code null} where the team does not say
     */
    public record Details(
            String name,
            String description,
            Category category,
            ApplicationType applicationType,
            List<String> contacts,
            String framework) {
        public Details {
            contacts = List.copyOf(contacts);
        }
    }
}
