package dev.connectionmanager.credential;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** What is kept of a client secret: never the secret itself in clear. */
@Entity
public class ClientSecret {
    @Id
    private UUID id;

    private UUID registrationId;
    private byte[] ciphertext;
    /** By which one that was pasted somewhere is known; {@code null} = not worked out yet. */
    private byte[] fingerprint;

    private String lastFour;
    private Instant issuedAt;
    private Instant expiresAt;
    private Instant revokedAt;
    private Instant lastUsedAt;

    /** Written by {@link SecretUses} alone, beside whatever else happens to the secret. */
    @Column(insertable = false, updatable = false)
    private Instant lastUsedInMockAt;

    protected ClientSecret() {}

    ClientSecret(
            UUID id, UUID registrationId, byte[] ciphertext, byte[] fingerprint, String lastFour, Instant issuedAt) {
        this.id = id;
        this.registrationId = registrationId;
        this.ciphertext = ciphertext;
        this.fingerprint = fingerprint;
        this.lastFour = lastFour;
        this.issuedAt = issuedAt;
    }

    public UUID id() {
        return id;
    }

    public UUID registrationId() {
        return registrationId;
    }

    public String lastFour() {
        return lastFour;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    /** When it stops working; {@code null} = never. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@code null} while it is not known: the OpenID Provider judges secrets, and has not told of it. */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    /** When it last let its client in at the mock authorisation service, to the minute; {@code null} = never. */
    public Instant lastUsedInMockAt() {
        return lastUsedInMockAt;
    }

    /** Encrypted for its owner alone. */
    public byte[] ciphertext() {
        return ciphertext.clone();
    }

    public byte[] fingerprint() {
        return fingerprint.clone();
    }

    boolean liveAt(Instant now) {
        return revokedAt == null && (expiresAt == null || expiresAt.isAfter(now));
    }

    /** Shortens its life; never lengthens it. */
    void expireAt(Instant end) {
        if (expiresAt == null || end.isBefore(expiresAt)) {
            expiresAt = end;
        }
    }

    void sealAnew(byte[] sealed, byte[] made) {
        ciphertext = sealed;
        fingerprint = made;
    }

    void revoke(Instant now) {
        revokedAt = now;
    }
}
