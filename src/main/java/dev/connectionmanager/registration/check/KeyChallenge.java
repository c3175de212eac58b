package dev.connectionmanager.registration.check;

import dev.connectionmanager.verification.key.KeyObservation;
import dev.connectionmanager.verification.key.KeyProof;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A challenge to sign with a key that a registration publishes; answered once, within five minutes. */
@Entity
public class KeyChallenge {
    @Id
    private UUID id;

    private UUID registrationId;
    private String nonce;
    private String algorithm;
    private String kid;
    private Instant issuedAt;
    private String thumbprint;
    private Instant answeredAt;

    protected KeyChallenge() {}

    KeyChallenge(UUID registrationId, KeyObservation key, String algorithm, String nonce, Instant now) {
        this.id = UUID.randomUUID();
        this.registrationId = registrationId;
        this.nonce = nonce;
        this.algorithm = algorithm;
        this.kid = key.kid();
        this.issuedAt = now;
    }

    public UUID id() {
        return id;
    }

    /** The algorithm to sign with. */
    public String algorithm() {
        return algorithm;
    }

    /** Of the key to sign with; {@code null} for one without. */
    public String kid() {
        return kid;
    }

    /** RFC 7638, SHA-256, of the key that answered it; {@code null} before. */
    public String thumbprint() {
        return thumbprint;
    }

    /** {@code null} before. */
    public Instant answeredAt() {
        return answeredAt;
    }

    String nonce() {
        return nonce;
    }

    Instant issuedAt() {
        return issuedAt;
    }

    UUID registrationId() {
        return registrationId;
    }

    public boolean answered() {
        return thumbprint != null;
    }

    public Instant expires() {
        return issuedAt.plus(KeyProof.LIFETIME);
    }
}
