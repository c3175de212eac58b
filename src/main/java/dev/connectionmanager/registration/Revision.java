package dev.connectionmanager.registration;

import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One accepted state of a registration's metadata. */
@Entity
@Immutable
public class Revision {
    @Id
    private UUID id;

    private UUID registrationId;
    private int number;

    @JdbcTypeCode(SqlTypes.JSON)
    private ClientMetadata metadata;

    @JdbcTypeCode(SqlTypes.JSON)
    private Violations warnings;

    private String actor;
    private String actorName;
    private Instant at;

    protected Revision() {}

    Revision(
            UUID registrationId,
            int number,
            ClientMetadata metadata,
            Violations warnings,
            String actor,
            String actorName,
            Instant at) {
        this.id = UUID.randomUUID();
        this.registrationId = registrationId;
        this.number = number;
        this.metadata = metadata;
        this.warnings = warnings;
        this.actor = actor;
        this.actorName = actorName;
        this.at = at;
    }

    public int number() {
        return number;
    }

    /** Where a page of the history ends with it. */
    Cursor position() {
        return new Cursor(Integer.toString(number), id);
    }

    public ClientMetadata metadata() {
        return metadata;
    }

    public Violations warnings() {
        return warnings;
    }

    boolean isOf(Actor someone) {
        return actor.equals(someone.subject());
    }

    public String actorName() {
        return actorName;
    }

    public Instant at() {
        return at;
    }

    UUID registrationId() {
        return registrationId;
    }
}
