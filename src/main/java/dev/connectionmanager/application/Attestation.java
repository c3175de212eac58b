package dev.connectionmanager.application;

import dev.connectionmanager.team.Actor;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** An owner's word that a team's members and contacts are right. */
@Entity
@Immutable
public class Attestation {
    @Id
    private UUID id;

    private UUID teamId;
    private Instant at;
    private String attestedBy;
    private String attestedByName;

    protected Attestation() {}

    Attestation(UUID teamId, Actor owner, Instant at) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.at = at;
        this.attestedBy = owner.subject();
        this.attestedByName = owner.name();
    }
}
