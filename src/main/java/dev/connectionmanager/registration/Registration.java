package dev.connectionmanager.registration;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/** One application in one environment, under one client ID. Its metadata is in its revisions. */
@Entity
public class Registration {
    @Id
    private UUID id;

    private UUID applicationId;
    private String environment;
    private String clientId;

    @Enumerated(EnumType.STRING)
    private State state;

    private int revision;
    private Instant issuedAt;
    private Instant deletedAt;

    @Version
    private int version;

    protected Registration() {}

    Registration(UUID applicationId, String environment, String clientId, Instant now) {
        this.id = UUID.randomUUID();
        this.applicationId = applicationId;
        this.environment = environment;
        this.clientId = clientId;
        this.state = State.ACTIVE;
        this.revision = 1;
        this.issuedAt = now;
    }

    public UUID id() {
        return id;
    }

    public UUID applicationId() {
        return applicationId;
    }

    public String environment() {
        return environment;
    }

    public String clientId() {
        return clientId;
    }

    public State state() {
        return state;
    }

    /** The number of the revision in force. */
    public int revision() {
        return revision;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    int version() {
        return version;
    }

    int nextRevision() {
        return ++revision;
    }

    void delete(Instant now) {
        deletedAt = now;
    }

    /**
     * The entity tag, as in the header. It begins with the registration's own id: after a deletion, a new registration
     * of the same application must not match a tag of the old one.
     */
    public String tag() {
        return "\"" + id.toString().substring(0, 8) + "-" + version + "\"";
    }

    /** Whether the OpenID Provider lets this client in. */
    public enum State {
        ACTIVE,
        SUSPENDED;

        /** The word used in the API: {@code active}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
