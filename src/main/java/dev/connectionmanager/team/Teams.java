package dev.connectionmanager.team;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.NewTeam;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.team.rules.TeamRules;
import dev.connectionmanager.team.rules.TeamSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

/** The acts on teams. What happens inside one is the business of {@link Members}. */
@ApplicationScoped
public class Teams {
    private final Stores.TeamStore store;
    private final Stores.MemberStore members;
    private final Invitations invitations;
    private final AuditTrail trail;
    private final Clock clock;

    Teams(Stores.TeamStore store, Stores.MemberStore members, Invitations invitations, AuditTrail trail, Clock clock) {
        this.store = store;
        this.members = members;
        this.invitations = invitations;
        this.trail = trail;
        this.clock = clock;
    }

    /** @throws Refusal.NotFound for a team that is not the actor's, as for an unknown one */
    public Team find(Actor actor, UUID id) {
        actor.mustRead(id);
        return store.findByIdOptional(id).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * One page of the teams that the actor may read, by name.
     *
     * @param search words, each of which a word of the name begins with, or the Team ID, whole; empty = all
     * @param after the last team of the page before; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Team> page(Actor actor, String search, Cursor after, int limit) {
        var words = SearchWords.beginningWith(search);
        if (Ids.isUuid(search.strip())) {
            var one = store.findByIdOptional(Ids.uuid(search.strip())).filter(team -> actor.mayRead(team.id()));
            return new Page<>(one.stream().toList(), null);
        }
        if (words.isEmpty() && !search.isBlank()) {
            return new Page<>(List.of(), null);
        }
        var found = store.page(actor.operator() ? null : actor.roles().keySet(), words, after, limit + 1);
        return Page.of(found, limit, team -> new Cursor(team.name(), team.id()));
    }

    /** The teams that the actor is a member of, by name. */
    public List<Team> mine(Actor actor) {
        return store.list(
                "id in ?1 order by function('natural_order', name), id",
                actor.roles().keySet());
    }

    /**
     * Gives a team access and invites its first owner.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when the team has access already, and for the operator's own address: who decides must not
     *     gain by it
     */
    @Transactional
    public Team create(Actor actor, Parsed<NewTeam> reading) {
        actor.mustBeOperator();
        var candidate = reading.candidate();
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(candidate)));
        if (actor.hasAddress(candidate.ownerEmail())) {
            throw Members.ownOwner();
        }
        var team = open(
                actor,
                UUID.fromString(candidate.teamId()),
                candidate.name(),
                TeamRules.categories(candidate.categories()));
        var owner = new Member(team.id(), candidate.ownerEmail(), Role.OWNER, clock.instant());
        invitations.issue(actor, team, owner, "team-access-given");
        members.persist(owner);
        trail.write(actor.auditEntry(
                "member-invited", team.id(), "member", owner.id().toString(), owner.version(), null, owner.trace()));
        return team;
    }

    /**
     * The actor with the role in this team that the database knows now: whoever waited for endpoints to be opened may have
     * lost it meanwhile. Of another team nothing is said.
     */
    public Actor withCurrentRole(Actor actor, UUID team) {
        if (actor.kind() != Actor.Kind.PERSON) {
            return actor;
        }
        var role = members.known(team, actor.subject()).map(Member::role);
        return Actor.person(
                actor.subject(),
                actor.email(),
                actor.name(),
                actor.operator(),
                role.map(held -> Map.of(team, held)).orElse(Map.of()));
    }

    /**
     * A team with its members, for the portal's own use.
     *
     * @throws Refusal.NotFound for a team that does not exist
     */
    public Roster roster(UUID team) {
        var rows = members.withTeam(team);
        if (rows.isEmpty()) {
            throw new Refusal.NotFound();
        }
        return new Roster(
                (Team) rows.get(0)[0],
                rows.stream()
                        .map(row -> (Member) row[1])
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** Where letters go for those who have joined and hold at least this role; for the portal's own use. */
    public List<String> addresses(UUID team, Role atLeast) {
        return members.list("teamId = ?1 order by lower(email)", team).stream()
                .filter(member -> member.joined() && member.role().covers(atLeast))
                .map(Member::email)
                .toList();
    }

    /** The subjects of those who have joined; for the portal's own use. */
    public Set<String> subjects(UUID team) {
        return members.subjects(team);
    }

    /**
     * The team of a Team ID, for the portal's own use: what is learnt here never goes into an answer to somebody who is
     * not in that team.
     */
    public Optional<Team> known(UUID id) {
        return store.findByIdOptional(id);
    }

    /** The names of these teams; for the portal's own use. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return store.list("id in ?1", ids).stream().collect(Collectors.toMap(Team::id, Team::name));
    }

    /**
     * Takes the team's lock: acts on one team, its members and what it owns happen one after another. Whether the actor
     * may is for the caller to check.
     *
     * @throws Refusal.NotFound for a team that does not exist
     */
    public Team lock(UUID id) {
        return store.lock(id);
    }

    /**
     * Takes the team's lock together with others who take it so: what needs it alone, by {@link #lock}, waits for all of them.
     *
     * @throws Refusal.NotFound for a team that does not exist
     */
    public void lockWithOthers(UUID id) {
        store.findByIdOptional(id, LockModeType.PESSIMISTIC_READ).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * Changes a team: its name is its owners' business, the categories are the operators'.
     *
     * @throws Refusal.NotAllowed for a change that is the other's business
     * @throws Refusal.Rejected with every finding
     */
    @Transactional
    public Team change(Actor actor, UUID id, Function<Team, Parsed<TeamSettings>> change, Precondition precondition) {
        actor.mustRead(id);
        if (!actor.operator()) {
            actor.mustBe(Role.OWNER, id);
        }
        var team = store.lock(id);
        var before = team.settings();
        var reading = change.apply(team);
        var candidate = reading.candidate();
        if (!before.name().equals(candidate.name()) && !actor.is(Role.OWNER, id)) {
            throw new Refusal.NotAllowed(id, Reason.TEAM_NAME_FOR_OWNERS);
        }
        if (!Set.copyOf(before.categories()).equals(new HashSet<>(candidate.categories())) && !actor.operator()) {
            throw new Refusal.NotAllowed(id, Reason.TEAM_CATEGORIES_FOR_OPERATORS);
        }
        precondition.mustMatch(team.tag());
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(candidate)));
        team.change(TeamRules.name(candidate.name()), TeamRules.categories(candidate.categories()));
        var after = team.settings();
        if (!after.equals(before)) {
            store.flush();
            trail.write(actor.auditEntry("team-changed", id, "team", id.toString(), team.version(), before, after));
        }
        return team;
    }

    /**
     * Gives a team access with members that nobody invites; does nothing where the team has access already.
     *
     * @param roles role by email address
     */
    @Transactional
    public void giveAccess(UUID id, String name, List<Category> categories, Map<String, Role> roles) {
        if (store.findByIdOptional(id).isPresent()) {
            return;
        }
        open(Actor.portal(), id, name, categories);
        roles.forEach((email, role) -> members.persist(new Member(id, email, role, clock.instant())));
    }

    /** The person takes the places that were given to their address without an invitation, as {@link #giveAccess} does. */
    @Transactional
    public void takePlaces(String subject, String verifiedEmail, String name) {
        rolesOf(subject, verifiedEmail, name);
    }

    /** Makes a team in the caller's transaction. */
    Team open(Actor actor, UUID id, String name, List<Category> categories) {
        if (store.findByIdOptional(id).isPresent()) {
            throw hasAccessAlready();
        }
        var team = new Team(id, TeamRules.name(name), categories, clock.instant());
        try {
            store.persistAndFlush(team);
        } catch (ConstraintViolationException twoAtOnce) {
            throw hasAccessAlready();
        }
        trail.write(actor.auditEntry("team-created", id, "team", id.toString(), team.version(), null, team.settings()));
        return team;
    }

    boolean exists(UUID id) {
        return store.findByIdOptional(id).isPresent();
    }

    /**
     * The teams that a person is a member of. Nobody becomes one by being invited; a place that was given to an email
     * address without an invitation, as in local mode, is taken by the first person who logs in with it, verified.
     *
     * @param verifiedEmail empty where the OpenID Provider gives none
     * @param name as the OpenID Provider says it
     */
    @Transactional
    Map<UUID, Role> rolesOf(String subject, String verifiedEmail, String name) {
        var address = EmailAddress.key(verifiedEmail);
        var places = members.list("subject = ?1 or (subject is null and address = ?2)", subject, address);
        var mine = places.stream().filter(Member::joined).map(Member::teamId).collect(Collectors.toSet());
        var open = places.stream()
                .filter(place -> !place.joined() && !place.needsConsent() && !mine.contains(place.teamId()))
                .toList();
        if (!open.isEmpty()) {
            var person = Actor.person(subject, verifiedEmail, name, false, Map.of());
            open.forEach(place -> invitations.take(place, person));
            places = members.list("subject", subject);
        }
        var now = clock.instant();
        var yesterday = now.minus(Duration.ofDays(1));
        if (places.stream()
                .filter(Member::joined)
                .anyMatch(place -> !place.name().equals(Optional.of(name)) || !place.seenSince(yesterday))) {
            members.update("name = ?1, seenAt = ?2 where subject = ?3", name, now, subject);
        }
        return places.stream().filter(Member::joined).collect(Collectors.toMap(Member::teamId, Member::role));
    }

    private static Refusal.Conflict hasAccessAlready() {
        return new Refusal.Conflict(Reason.TEAM_EXISTS);
    }
}
