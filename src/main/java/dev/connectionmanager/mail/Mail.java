package dev.connectionmanager.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A letter on its way to one address. */
@Entity
public class Mail {
    @Id
    private UUID id;

    private String code;
    private UUID teamId;
    private String recipient;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> arguments;

    private String path;

    @Column(updatable = false)
    private Instant createdAt;

    protected Mail() {}

    Mail(Letter letter, String recipient, Instant now) {
        this.id = UUID.randomUUID();
        this.code = letter.code();
        this.teamId = letter.teamId();
        this.recipient = recipient;
        this.arguments = letter.arguments();
        this.path = letter.path();
        this.createdAt = now;
    }
}
