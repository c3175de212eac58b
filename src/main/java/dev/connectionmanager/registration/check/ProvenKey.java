package dev.connectionmanager.registration.check;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A published key of which the team has shown to hold the private part. */
@Entity
public class ProvenKey {
    @Id
    private UUID id;

    private UUID registrationId;
    private String thumbprint;
    private String kid;
    private String provenBy;
    private String provenByName;
    private Instant provenAt;

    protected ProvenKey() {}

    ProvenKey(UUID registrationId, String thumbprint) {
        this.id = UUID.randomUUID();
        this.registrationId = registrationId;
        this.thumbprint = thumbprint;
    }

    void proven(String kid, String by, String byName, Instant at) {
        this.kid = kid;
        this.provenBy = by;
        this.provenByName = byName;
        this.provenAt = at;
    }

    /** RFC 7638, SHA-256. */
    public String thumbprint() {
        return thumbprint;
    }

    /** {@code null} for a key without. */
    public String kid() {
        return kid;
    }

    public String provenByName() {
        return provenByName;
    }

    /** When it was proven last. */
    public Instant provenAt() {
        return provenAt;
    }
}
