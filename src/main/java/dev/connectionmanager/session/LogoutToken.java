package dev.connectionmanager.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/** That a logout token was taken, so that it is not taken again. */
@Entity
class LogoutToken {
    @Id
    private String id;

    private String sid;
    private Instant takenAt;

    protected LogoutToken() {}
}
