package dev.connectionmanager.registration;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** That an approved registration is due a client secret which its team has not collected yet. */
@Entity
@Immutable
class UncollectedSecret {
    @Id
    private UUID registrationId;

    private Instant since;

    protected UncollectedSecret() {}

    UncollectedSecret(UUID registrationId, Instant since) {
        this.registrationId = registrationId;
        this.since = since;
    }
}
