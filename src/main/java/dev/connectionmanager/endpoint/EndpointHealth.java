package dev.connectionmanager.endpoint;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** How one endpoint of a registration is; one for each that was ever checked and is registered now. */
@Entity
class EndpointHealth {
    @Id
    private UUID id;

    private UUID registrationId;
    private String field;

    @Embedded
    private Health health;

    protected EndpointHealth() {}

    EndpointHealth(UUID registrationId, String field) {
        this.id = UUID.randomUUID();
        this.registrationId = registrationId;
        this.field = field;
    }

    UUID id() {
        return id;
    }

    String field() {
        return field;
    }

    /** {@code null} before the first check. */
    Health health() {
        return health;
    }

    void update(Health health) {
        this.health = health;
    }
}
