package dev.connectionmanager.registration.token;

import dev.connectionmanager.team.Actor;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** What is kept of an initial access token, RFC 7591 section 1.2: its hash, never itself. */
@Entity
public class InitialAccessToken {
    /** Begins the subject of its bearer; its id follows. */
    private static final String SUBJECT = "initial-access-token:";

    private static final int SHOWN = 4;

    @Id
    private UUID id;

    private UUID teamId;
    private String environment;
    private byte[] hash;
    private String lastFour;
    private int uses;
    private int used;
    private String createdBy;
    private String createdByName;
    private Instant createdAt;
    private Instant expiresAt;
    private Instant revokedAt;

    protected InitialAccessToken() {}

    /** @param token in clear: its last four characters are kept, and its hash */
    InitialAccessToken(UUID teamId, String environment, String token, byte[] hash, int uses, Actor maker, Term term) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.environment = environment;
        this.hash = hash;
        this.lastFour = token.substring(token.length() - SHOWN);
        this.uses = uses;
        this.createdBy = maker.subject();
        this.createdByName = maker.name();
        this.createdAt = term.from();
        this.expiresAt = term.until();
    }

    /** From when until when it works. */
    record Term(Instant from, Instant until) {}

    public UUID id() {
        return id;
    }

    /** The environment that it registers in. */
    public String environment() {
        return environment;
    }

    /** The end of its text, for the team to know it by. */
    public String lastFour() {
        return lastFour;
    }

    /** How many clients it registers. */
    public int uses() {
        return uses;
    }

    /** How many it has registered. */
    public int used() {
        return used;
    }

    /** Who made it. */
    public String createdByName() {
        return createdByName;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it stops working, at the latest. */
    public Instant expiresAt() {
        return expiresAt;
    }

    public boolean expiredAt(Instant now) {
        return !expiresAt.isAfter(now);
    }

    public boolean usedUp() {
        return used >= uses;
    }

    boolean worksAt(Instant now) {
        return revokedAt == null && !expiredAt(now) && !usedUp();
    }

    UUID teamId() {
        return teamId;
    }

    /** Who registers with it. */
    Actor bearer() {
        return Actor.token(
                SUBJECT + id, "Initial access token ‘…" + lastFour + "’ of " + createdByName, teamId, createdBy);
    }

    Snapshot snapshot() {
        return new Snapshot(environment, lastFour, uses, used, expiresAt);
    }

    /** What the trail keeps of it. */
    record Snapshot(String environment, String lastFour, int uses, int used, Instant expiresAt) {}

    /** One just made, in clear. Never kept, logged or compared. */
    public record Issued(InitialAccessToken metadata, String token) {
        @Override
        public String toString() {
            return "Issued[" + metadata.id + "]";
        }
    }
}
