package dev.connectionmanager.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A form that was refused, as it is kept. */
@Entity
@Table(name = "refused_form")
class SealedForm {
    @Id
    private UUID id;

    private String sessionId;
    private byte[] content;
    private Instant keptAt;

    protected SealedForm() {}

    SealedForm(UUID id, String sessionId, byte[] content, Instant keptAt) {
        this.id = id;
        this.sessionId = sessionId;
        this.content = content;
        this.keptAt = keptAt;
    }

    byte[] content() {
        return content;
    }
}
