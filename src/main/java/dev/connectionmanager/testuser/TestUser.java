package dev.connectionmanager.testuser;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Somebody who does not exist, for a team to log in as in one environment. */
@Entity
public class TestUser {
    @Id
    private UUID id;

    private UUID teamId;
    private String environment;
    private String uuid;

    @JdbcTypeCode(SqlTypes.JSON)
    private Codes roles;

    private String holder;

    @JdbcTypeCode(SqlTypes.JSON)
    private Codes authenticators;

    private Instant madeAt;

    /** In the order in which they were typed. */
    public record Codes(List<String> all) {
        public Codes {
            all = List.copyOf(all);
        }
    }

    protected TestUser() {}

    TestUser(UUID teamId, TestUserCandidate candidate, Instant now) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.madeAt = now;
        take(candidate);
    }

    final void take(TestUserCandidate candidate) {
        environment = candidate.environment();
        uuid = candidate.uuid();
        roles = new Codes(TestUserRules.orNone(candidate.roles()));
        holder = candidate.holder();
        authenticators = new Codes(TestUserRules.orNone(candidate.authenticators()));
    }

    /** As it would be typed. */
    public TestUserCandidate asCandidate() {
        return new TestUserCandidate(environment, uuid, roles.all(), holder, authenticators.all());
    }

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public Instant madeAt() {
        return madeAt;
    }
}
