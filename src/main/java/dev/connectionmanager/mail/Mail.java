package dev.connectionmanager.mail;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcType;
import org.hibernate.dialect.type.PostgreSQLJsonPGObjectJsonType;

/** A letter on its way to one address. Written once; what becomes of it is told to the database in single statements. */
@Entity
public class Mail {
    private static final String SEALED_TOKEN = "sealed_token";

    @Id
    private UUID id;

    private String code;
    private UUID teamId;
    private String recipient;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private Map<String, String> arguments;

    private String page;
    private Instant createdAt;
    private Instant nextAttemptAt;
    private int attempts;
    private Instant sentAt;
    private Instant givenUpAt;

    protected Mail() {}

    Mail(Letter letter, String recipient, Instant now) {
        this.id = UUID.randomUUID();
        this.code = letter.code();
        this.teamId = letter.teamId();
        this.recipient = recipient;
        this.arguments = letter.arguments();
        this.page = letter.page();
        this.createdAt = now;
        this.nextAttemptAt = now;
    }

    /** Stays the same on every attempt, as does the Message-ID made of it. */
    public UUID id() {
        return id;
    }

    public String recipient() {
        return recipient;
    }

    /** Without the token of its one-time link, where it has one: see {@link Outbox#opened}. */
    public Letter letter() {
        var letter = new Letter(code, teamId, arguments, page);
        return sealedToken().isPresent() ? letter.without(SEALED_TOKEN).with(Letter.TOKEN, "sealed") : letter;
    }

    /** Replaces the token of a one-time link; a version that does not know of this leaves such an email to one that does. */
    void seal(TokenSeal seal) {
        var letter = letter();
        var token = letter.arguments().get(Letter.TOKEN);
        if (token != null) {
            arguments = letter.without(Letter.TOKEN)
                    .with(SEALED_TOKEN, seal.seal(token, id))
                    .arguments();
        }
    }

    Optional<String> sealedToken() {
        return Optional.ofNullable(arguments.get(SEALED_TOKEN));
    }

    /** Which letters wait for each other: those of one kind for one team. As the database has it. */
    String turn() {
        return (teamId == null ? "" : teamId) + " " + code;
    }

    public Instant createdAt() {
        return createdAt;
    }

    Instant nextAttemptAt() {
        return nextAttemptAt;
    }

    int attempts() {
        return attempts;
    }

    Instant sentAt() {
        return sentAt;
    }

    Instant givenUpAt() {
        return givenUpAt;
    }
}
