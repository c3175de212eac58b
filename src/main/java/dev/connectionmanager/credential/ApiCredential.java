package dev.connectionmanager.credential;

import dev.connectionmanager.team.TeamCredential;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What is kept of a team's API credential. */
@Entity
public class ApiCredential extends KeptCredential {
    private UUID teamId;

    @Enumerated(EnumType.STRING)
    private ApiScope scope;

    protected ApiCredential() {}

    ApiCredential(
            UUID teamId,
            String name,
            ApiScope scope,
            byte[] hash,
            String createdBy,
            Instant createdAt,
            Instant expiresAt) {
        super(createdBy, name, hash, createdAt, expiresAt);
        this.teamId = teamId;
        this.scope = scope;
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

    @Override
    public String scopeCode() {
        return scope.code();
    }

    TeamCredential bearer() {
        return new TeamCredential(id, teamId, name, scope == ApiScope.WRITE, createdBy);
    }
}
