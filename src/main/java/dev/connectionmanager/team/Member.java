package dev.connectionmanager.team;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** A person's place in a team: invited by e-mail, known by subject from the first log-in on. */
@Entity
public class Member {
    @Id
    private UUID id;

    private UUID teamId;
    private String email;
    /** Whoever logs in first with the verified e-mail is this member from then on. */
    private String subject;

    @Enumerated(EnumType.STRING)
    private Role role;

    private Instant createdAt;

    @Version
    private int version;

    protected Member() {}

    Member(UUID teamId, String email, Role role, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.email = email;
        this.role = role;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    /** Where the invitation went; as the owner typed it. */
    public String email() {
        return email;
    }

    public Role role() {
        return role;
    }

    /** Whether the invited person has come; nobody else can take the place any more. */
    public boolean hasLoggedIn() {
        return subject != null;
    }

    UUID teamId() {
        return teamId;
    }
}
