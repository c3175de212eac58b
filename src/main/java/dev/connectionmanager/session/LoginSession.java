package dev.connectionmanager.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** One person's session in one browser. */
@Entity
class LoginSession {
    @Id
    private String id;

    private String subject;
    private String sid;
    private byte[] idToken;
    private boolean operator;
    private Instant beganAt;
    private Instant seenAt;

    protected LoginSession() {}

    LoginSession(String id, String subject, String sid, byte[] idToken, boolean operator, Instant now) {
        this.id = id;
        this.subject = subject;
        this.sid = sid;
        this.idToken = idToken;
        this.operator = operator;
        this.beganAt = now;
        this.seenAt = now;
    }

    String id() {
        return id;
    }

    /** As the person may know it: of the id, which opens nothing, as much as makes a GUID. */
    UUID shownId() {
        return new UUID(
                Long.parseUnsignedLong(id.substring(0, 16), 16), Long.parseUnsignedLong(id.substring(16, 32), 16));
    }

    String subject() {
        return subject;
    }

    byte[] idToken() {
        return idToken;
    }

    /** Whether the log-in said that this person is an operator. */
    boolean operator() {
        return operator;
    }

    Instant beganAt() {
        return beganAt;
    }

    Instant seenAt() {
        return seenAt;
    }
}
