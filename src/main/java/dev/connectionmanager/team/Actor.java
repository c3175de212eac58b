package dev.connectionmanager.team;

import dev.connectionmanager.audit.AuditEntry;
import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.rules.Role;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who acts, with the rights held at the moment of the request.
 *
 * @param subject the OpenID Provider's {@code sub}
 * @param email verified email address; empty where the OpenID Provider gives none
 * @param name for the trail and the pages
 * @param operator whether the OpenID Provider says that this person is an operator
 * @param roles the teams this person is a member of; for a team's credential, its team alone
 * @param kind a person, an API credential, or the portal itself
 * @param maker the subject of the person who made the credential that acts; {@code null} for others
 */
public record Actor(
        String subject, String email, String name, boolean operator, Map<UUID, Role> roles, Kind kind, String maker) {
    /** Who can act. */
    public enum Kind {
        PERSON,
        CREDENTIAL,
        /** A credential of scope {@code audit-read}: reads the trail, and has no right in any team. */
        AUDITOR,
        /** A token for registration: registers clients of one team, or changes the one that it belongs to. */
        TOKEN,
        PORTAL
    }

    /** Begins the subject of a credential; its id follows. */
    private static final String CREDENTIAL = "api-credential:";

    public Actor {
        roles = Map.copyOf(roles);
    }

    /** A person, as their log-in and the teams' members say. */
    public static Actor person(String subject, String email, String name, boolean operator, Map<UUID, Role> roles) {
        return new Actor(subject, email, name, operator, roles, Kind.PERSON, null);
    }

    /** A team's API credential: what an admin or a viewer may do by themselves, in its team alone. */
    public static Actor credential(TeamCredential credential) {
        return new Actor(
                CREDENTIAL + credential.id(),
                "",
                "API credential ‘" + credential.name() + "’",
                false,
                Map.of(credential.teamId(), credential.writes() ? Role.ADMIN : Role.VIEWER),
                Kind.CREDENTIAL,
                credential.maker());
    }

    /** An operator's API credential: reads the whole trail and nothing else. */
    public static Actor auditor(AuditCredential credential) {
        return new Actor(
                CREDENTIAL + credential.id(),
                "",
                "API credential ‘" + credential.name() + "’",
                false,
                Map.of(),
                Kind.AUDITOR,
                credential.maker());
    }

    /**
     * A token for registration, which can do in its team what an admin may do with registrations; what it is for is asked where
     * it is taken.
     *
     * @param subject its kind and id
     * @param name for the trail and the pages
     */
    public static Actor token(String subject, String name, UUID team, String maker) {
        return new Actor(subject, "", name, false, Map.of(team, Role.ADMIN), Kind.TOKEN, maker);
    }

    /** The portal, for what it does by rule or by the clock; it has no right of its own in any team. */
    public static Actor portal() {
        return new Actor("portal", "", "Connection Manager", false, Map.of(), Kind.PORTAL, null);
    }

    /** Which credential of a team acts; empty for all others. */
    public Optional<UUID> credentialId() {
        return kind == Kind.CREDENTIAL
                ? Optional.of(UUID.fromString(subject.substring(CREDENTIAL.length())))
                : Optional.empty();
    }

    /** @param team {@code null} = none in particular, where nobody has a role */
    public Optional<Role> roleIn(UUID team) {
        return Optional.ofNullable(team).map(roles::get);
    }

    /** Whether this person has at least this role in the team; being an operator does not count. */
    public boolean is(Role needed, UUID team) {
        return roleIn(team).filter(role -> role.covers(needed)).isPresent();
    }

    /** Whether this is the actor's own verified email address, however it is spelled. */
    boolean hasAddress(String address) {
        return EmailAddress.key(email).equals(EmailAddress.key(address));
    }

    /** In which role this person acts on a team's things, for the trail. */
    public String roleNameIn(UUID team) {
        return switch (kind) {
            case CREDENTIAL, AUDITOR -> "credential";
            case TOKEN -> "token";
            case PORTAL -> "portal";
            case PERSON -> roleIn(team).map(Role::code).orElse(operator ? "operator" : "none");
        };
    }

    /** What the trail is told of an act of this actor; see {@link AuditEntry} for the parts. */
    public AuditEntry auditEntry(
            String act, UUID team, String object, String objectId, Integer version, Object before, Object after) {
        return new AuditEntry(subject, name, roleNameIn(team), team, act, object, objectId, version, before, after);
    }

    /** @throws Refusal.NotAllowed for a credential: some acts are for people, who can be asked about them */
    public void mustBePerson() {
        if (kind != Kind.PERSON) {
            throw new Refusal.NotAllowed(roles.keySet().stream().findFirst().orElse(null), Reason.PERSON_NEEDED);
        }
    }

    /** @throws Refusal.NotAllowed for anybody but an operator */
    public void mustBeOperator() {
        mustBePerson();
        if (!operator) {
            throw new Refusal.NotAllowed(Reason.OPERATOR_NEEDED);
        }
    }

    /**
     * This actor, on the operators' own pages.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public Actor asOperator() {
        mustBeOperator();
        return this;
    }

    /** Whether all of the audit trail is this actor's to read. */
    boolean readsWholeTrail() {
        return operator || kind == Kind.AUDITOR;
    }

    public boolean mayRead(UUID team) {
        return operator || roles.containsKey(team);
    }

    /** @throws Refusal.NotFound for a team that is not this person's: to them it does not exist */
    public void mustRead(UUID team) {
        if (!mayRead(team)) {
            throw new Refusal.NotFound(team);
        }
    }

    /**
     * @throws Refusal.NotFound for a team that this person may not even read
     * @throws Refusal.NotAllowed for a role that does not cover the needed one
     */
    public void mustBe(Role needed, UUID team) {
        mustRead(team);
        if (!is(needed, team)) {
            throw lacks(needed, team);
        }
    }

    /** The refusal of an act that needs this role in the team; of a credential that only reads, by its scope. */
    public Refusal.NotAllowed lacks(Role needed, UUID team) {
        return kind == Kind.CREDENTIAL && needed == Role.ADMIN
                ? new Refusal.NotAllowed(team, Reason.SCOPE_READ, "write")
                : new Refusal.NotAllowed(team, Reason.ROLE_NEEDED, needed.code());
    }
}
