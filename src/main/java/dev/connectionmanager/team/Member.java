package dev.connectionmanager.team;

import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.team.rules.Role;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A person's place in a team: given to an email address, theirs by subject once they have accepted it. */
@Entity
public class Member {
    @Id
    private UUID id;

    private UUID teamId;
    private String email;
    /** {@link EmailAddress#key} of the email address: what people are matched by. */
    private String address;
    /** Of whoever accepted the invitation first: they are this member from then on. */
    private String subject;

    private String name;

    @Enumerated(EnumType.STRING)
    private Role role;

    @Column(updatable = false)
    private Instant createdAt;

    private Instant joinedAt;
    /** SHA-256 of the token in the invitation's link; gone once it is used. */
    private byte[] invitationHash;

    private Instant invitationExpiresAt;
    /** When it was last sent again. */
    private Instant invitationResentAt;
    /** The subject of who sent it. */
    private String invitedBy;

    private Instant seenAt;

    @Version
    private int version;

    protected Member() {}

    Member(UUID teamId, String email, Role role, Instant createdAt) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.email = email;
        this.address = EmailAddress.key(email);
        this.role = role;
        this.createdAt = createdAt;
    }

    public UUID id() {
        return id;
    }

    /** Where the invitation went; as it was typed. */
    public String email() {
        return email;
    }

    /** As the OpenID Provider says it; empty before the person has come. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    public Role role() {
        return role;
    }

    /** Whether the invited person has come; nobody else can take the place any more. */
    public boolean joined() {
        return subject != null;
    }

    /** The word used in the API: {@code joined} or {@code invited}. */
    public String state() {
        return joined() ? "joined" : "invited";
    }

    /** Until when the link of the invitation works; empty where there is none. */
    public Optional<Instant> invitationExpiresAt() {
        return Optional.ofNullable(invitationExpiresAt);
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Whether the place waits for the yes of somebody whom a person has invited; local mode gives places to nobody but its own. */
    boolean needsConsent() {
        return invitedBy != null;
    }

    /** Whether this is the actor's own place. */
    public boolean isPlaceOf(Actor actor) {
        return actor.kind() == Actor.Kind.PERSON && actor.subject().equals(subject);
    }

    /** The tag of this version, for forms. */
    public String tag() {
        return "\"" + version + "\"";
    }

    public UUID teamId() {
        return teamId;
    }

    String address() {
        return address;
    }

    /** {@code null} for somebody who has not joined. */
    String subject() {
        return subject;
    }

    int version() {
        return version;
    }

    void change(Role newRole) {
        role = newRole;
    }

    /** Whether this member was here since then. */
    boolean seenSince(Instant then) {
        return seenAt != null && seenAt.isAfter(then);
    }

    void invite(byte[] hash, Instant expiresAt, Actor by) {
        invitationHash = hash.clone();
        invitationExpiresAt = expiresAt;
        invitedBy = by.subject();
    }

    void resent(Instant now) {
        invitationResentAt = now;
    }

    /** {@code null} where it was sent once. */
    Instant resentAt() {
        return invitationResentAt;
    }

    boolean resentSince(Instant then) {
        return invitationResentAt != null && invitationResentAt.isAfter(then);
    }

    boolean wasInvitedBy(Actor actor) {
        return actor.subject().equals(invitedBy);
    }

    boolean wasInvitedBy(Member other) {
        return other.joined() && other.subject.equals(invitedBy);
    }

    boolean canBeJoined(Instant now) {
        return !joined() && invitationExpiresAt != null && now.isBefore(invitationExpiresAt);
    }

    void join(Actor person, Instant now) {
        subject = person.subject();
        name = person.name();
        joinedAt = now;
        seenAt = now;
        invitationHash = null;
        invitationExpiresAt = null;
    }

    /** What the trail keeps of it. */
    Object trace() {
        return new AuditSnapshot(email, role.code(), state());
    }

    private record AuditSnapshot(String email, String role, String state) {}
}
