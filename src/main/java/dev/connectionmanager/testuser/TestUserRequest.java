package dev.connectionmanager.testuser;

import dev.connectionmanager.testuser.TestUser.Codes;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** What a team has asked for of those who make test users. */
@Entity
public class TestUserRequest {
    @Id
    private UUID id;

    private UUID teamId;
    private String environment;
    private int numberWanted;
    private String organisation;

    @JdbcTypeCode(SqlTypes.JSON)
    private Codes roles;

    private boolean smartcards;
    private String note;
    private String askedBy;
    private Instant askedAt;
    private boolean mailed;
    private Instant receivedAt;

    protected TestUserRequest() {}

    TestUserRequest(UUID teamId, TestUserRequestCandidate candidate, String askedBy, boolean mailed, Instant now) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.environment = candidate.environment();
        this.numberWanted = candidate.number().intValue();
        this.organisation = candidate.organisation();
        this.roles = new Codes(TestUserRules.orNone(candidate.roles()));
        this.smartcards = Boolean.TRUE.equals(candidate.smartcards());
        this.note = candidate.note();
        this.askedBy = askedBy;
        this.askedAt = now;
        this.mailed = mailed;
    }

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public String environment() {
        return environment;
    }

    public int numberWanted() {
        return numberWanted;
    }

    public String organisation() {
        return organisation;
    }

    public List<String> roles() {
        return roles.all();
    }

    /** Whether physical cards are needed. */
    public boolean smartcards() {
        return smartcards;
    }

    /** {@code null} = nothing. */
    public String note() {
        return note;
    }

    /** The name of who asked. */
    public String askedBy() {
        return askedBy;
    }

    public Instant askedAt() {
        return askedAt;
    }

    /** Whether it went out by email; else it was copied by hand. */
    public boolean mailed() {
        return mailed;
    }

    /** {@code null} = not yet. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** {@code asked} or {@code received}. */
    public String state() {
        return receivedAt == null ? "asked" : "received";
    }

    void receive(Instant now) {
        receivedAt = now;
    }
}
