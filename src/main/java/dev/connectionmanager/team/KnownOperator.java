package dev.connectionmanager.team;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** Somebody who was here as an operator. */
@Entity
class KnownOperator {
    @Id
    private String subject;

    private Instant seenAt;

    protected KnownOperator() {}
}
