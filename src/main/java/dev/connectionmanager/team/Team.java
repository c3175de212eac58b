package dev.connectionmanager.team;

import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.TeamSettings;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A supplier's or organisation's team, known by the Team ID that operators gave access to. */
@Entity
public class Team {
    @Id
    private UUID id;

    private String name;

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> categories;

    @Column(updatable = false)
    private Instant createdAt;

    @Version
    private int version;

    protected Team() {}

    Team(UUID id, String name, List<Category> categories, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.categories = categories.stream().map(Category::name).toList();
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The kinds of application that this team may register. */
    public List<Category> categories() {
        return categories.stream().map(Category::valueOf).toList();
    }

    int version() {
        return version;
    }

    void change(String newName, List<Category> newCategories) {
        name = newName;
        categories = newCategories.stream().map(Category::name).toList();
    }

    /** The entity tag of this version, as in the header. */
    public String tag() {
        return "\"" + version + "\"";
    }

    /** What can be changed of it, as it is now. */
    public TeamSettings settings() {
        return new TeamSettings(name, categories().stream().map(Category::code).toList());
    }
}
