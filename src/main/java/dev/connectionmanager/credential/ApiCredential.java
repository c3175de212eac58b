package dev.connectionmanager.credential;

import dev.connectionmanager.team.TeamCredential;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What is kept of a team's API credential: its hash, never the credential itself. */
@Entity
public class ApiCredential {
    @Id
    private UUID id;

    private UUID teamId;
    private String name;

    @Enumerated(EnumType.STRING)
    private ApiScope scope;

    private byte[] hash;
    private String createdBy;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant revokedAt;
    private Instant lastUsedAt;

    protected ApiCredential() {}

    ApiCredential(
            UUID teamId,
            String name,
            ApiScope scope,
            byte[] hash,
            String createdBy,
            Instant createdAt,
            Instant expiresAt) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.name = name;
        this.scope = scope;
        this.hash = hash;
        this.createdBy = createdBy;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    static ApiCredential of(ResultSet row) throws SQLException {
        var credential = new ApiCredential();
        credential.id = row.getObject("id", UUID.class);
        credential.teamId = row.getObject("team_id", UUID.class);
        credential.name = row.getString("name");
        credential.scope = ApiScope.valueOf(row.getString("scope"));
        credential.createdBy = row.getString("created_by");
        credential.expiresAt = instant(row, "expires_at");
        credential.revokedAt = instant(row, "revoked_at");
        credential.lastUsedAt = instant(row, "last_used_at");
        return credential;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public UUID id() {
        return id;
    }

    /** As the team named it: which script or system has it. */
    public String name() {
        return name;
    }

    public ApiScope scope() {
        return scope;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it stops working. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** To the minute; {@code null} = never. */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    public boolean expiredAt(Instant now) {
        return !expiresAt.isAfter(now);
    }

    boolean revoked() {
        return revokedAt != null;
    }

    CredentialTrail.Snapshot snapshot() {
        return new CredentialTrail.Snapshot(name, scope.code(), expiresAt);
    }

    TeamCredential bearer() {
        return new TeamCredential(id, teamId, name, scope == ApiScope.WRITE, createdBy);
    }
}
