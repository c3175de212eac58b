package dev.connectionmanager.team;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.EmailAddress;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.rules.MemberCandidate;
import dev.connectionmanager.team.rules.OwnerNaming;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.team.rules.TeamRules;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The acts on a team's members. A team of which an owner has joined keeps one; {@link Refusal.NotFound} for a team that
 * is not the actor's, in all of them.
 */
@ApplicationScoped
public class Members {
    /** An owner who was not here for so long counts as gone. Policy. */
    static final Duration GONE_AFTER = Duration.ofDays(30);

    private final Stores.TeamStore teams;
    private final Stores.MemberStore store;
    private final Invitations invitations;
    private final MadeCredentials credentials;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    Members(
            Stores.TeamStore teams,
            Stores.MemberStore store,
            Invitations invitations,
            MadeCredentials credentials,
            Outbox outbox,
            AuditTrail trail,
            Clock clock) {
        this.teams = teams;
        this.store = store;
        this.invitations = invitations;
        this.credentials = credentials;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * One page of a team's members, invited or joined, by email address.
     *
     * @param after the last member of the page before; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Member> page(Actor actor, UUID team, Cursor after, int limit) {
        actor.mustRead(team);
        var query = new StringBuilder("teamId = :team");
        var parameters = Parameters.with("team", team);
        if (after != null) {
            query.append(" and (address, id) > (:afterAddress, :afterId)");
            parameters.and("afterAddress", after.name()).and("afterId", after.id());
        }
        var found = store.find(query + " order by address, id", parameters)
                .range(0, limit)
                .list();
        return Page.of(found, limit, member -> new Cursor(member.address(), member.id()));
    }

    /**
     * The team, for whoever may invite, change and remove its members.
     *
     * @throws Refusal.NotAllowed for anybody but an owner
     */
    public Team teamToManage(Actor actor, UUID teamId) {
        actor.mustBe(Role.OWNER, teamId);
        actor.mustBePerson();
        return teams.findByIdOptional(teamId).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * A member, for whoever may take it out of the team: everybody may leave, the others' places are the owners' business.
     *
     * @throws Refusal.NotAllowed for somebody else's place, unless the actor is an owner
     */
    public Member findToRemove(Actor actor, UUID team, UUID id) {
        var member = find(actor, team, id);
        if (!member.isPlaceOf(actor)) {
            teamToManage(actor, team);
        }
        return member;
    }

    /** Whether the team has this member, joined or invited. */
    public boolean has(Actor actor, UUID team, UUID id) {
        actor.mustRead(team);
        return store.of(team, id).isPresent();
    }

    public Member find(Actor actor, UUID team, UUID id) {
        actor.mustRead(team);
        return store.of(team, id).orElseThrow(Refusal.NotFound::new);
    }

    /** The API credentials that a member has made for the team and that work. */
    public List<MadeCredentials.Made> credentialsOf(Actor actor, UUID team, UUID id) {
        return made(find(actor, team, id));
    }

    private List<MadeCredentials.Made> made(Member member) {
        return member.joined() ? credentials.of(member.teamId(), member.subject()) : List.of();
    }

    /** Whether the actor is the only owner who has joined: a second should be named. */
    public boolean needsSecondOwner(Actor actor, UUID team) {
        return actor.is(Role.OWNER, team) && owners(actor, team) == 1;
    }

    /** How many owners have joined. */
    public long owners(Actor actor, UUID team) {
        actor.mustRead(team);
        return store.owners(team);
    }

    /**
     * Invites a person into the team, by email.
     *
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when this address is invited or a member already
     * @throws Refusal.TooMany when it was invited and withdrawn again and again
     */
    @Transactional
    public Member invite(Actor actor, UUID teamId, Parsed<MemberCandidate> reading) {
        var team = lockAsOwner(actor, teamId);
        var candidate = reading.candidate();
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(candidate)));
        if (store.invited(teamId, EmailAddress.key(candidate.email())).isPresent()) {
            throw new Refusal.Conflict(Reason.MEMBER_EXISTS);
        }
        var role = Role.ofCode(candidate.role()).orElseThrow();
        var member = new Member(teamId, candidate.email(), role, clock.instant());
        invitations.renew(member);
        return invited(actor, team, member);
    }

    /** The same, of whose credentials all go on working. */
    @Transactional
    public Member change(
            Actor actor, UUID teamId, UUID id, Function<Member, Parsed<MemberCandidate>> change, String tag) {
        return change(actor, teamId, id, change, tag, false);
    }

    /**
     * Changes the role of a member, joined or only invited.
     *
     * @param revoking whether the API credentials that the member has made for the team end as well
     * @param tag of the member as the actor saw it; {@code null} = whatever it is now
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Stale when somebody else has changed the member since
     * @throws Refusal.Conflict when the team would be left without an owner
     */
    @Transactional
    public Member change(
            Actor actor,
            UUID teamId,
            UUID id,
            Function<Member, Parsed<MemberCandidate>> change,
            String tag,
            boolean revoking) {
        var team = lockAsOwner(actor, teamId);
        var member = store.lock(teamId, id).orElseThrow(Refusal.NotFound::new);
        var reading = change.apply(member);
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(reading.candidate())));
        if (tag != null && !tag.equals(member.tag())) {
            throw new Refusal.Stale();
        }
        changeRole(actor, team, member, Role.ofCode(reading.candidate().role()).orElseThrow(), revoking);
        return member;
    }

    /** The same, of whose credentials all go on working. */
    @Transactional
    public void remove(Actor actor, UUID teamId, UUID id) {
        remove(actor, teamId, id, false);
    }

    /**
     * Takes a member out of the team, withdraws an invitation, or leaves, where the member is the actor.
     *
     * @param revoking whether the API credentials that the member has made for the team end as well
     * @throws Refusal.NotAllowed for somebody else's place, unless the actor is an owner
     * @throws Refusal.Conflict when the team would be left without an owner
     */
    @Transactional
    public void remove(Actor actor, UUID teamId, UUID id, boolean revoking) {
        actor.mustRead(teamId);
        var leaving = store.isPlaceOf(actor, teamId, id);
        var team = leaving ? teams.lock(teamId) : lockAsOwner(actor, teamId);
        var member = store.lock(teamId, id).orElseThrow(Refusal.NotFound::new);
        keepAnOwner(member);
        var made = credentialArguments(actor, member, revoking);
        if (!member.joined()) {
            invitations.withdraw(member);
        }
        store.delete(member);
        var act = leaving ? "member-left" : member.joined() ? "member-removed" : "invitation-withdrawn";
        trail.write(actor.auditEntry(act, teamId, "member", id.toString(), null, member.trace(), null));
        if (leaving) {
            tell("member-left", team, with(made, "who", member.name().orElse(member.email())), owners(team));
        } else if (member.joined()) {
            tell("member-removed", team, with(made, "by", actor.name()), List.of(member.email()));
            tellOwners(actor, team, member, made);
        }
    }

    /** What a letter says of the member's credentials, which end now where that is wanted. */
    private Map<String, String> credentialArguments(Actor actor, Member member, boolean revoking) {
        var names = made(member).stream().map(MadeCredentials.Made::name).collect(Collectors.joining("\n"));
        if (revoking && member.joined()) {
            credentials.revoke(actor, member.teamId(), member.subject());
        }
        return Map.of("working_credentials", revoking ? "" : names, "revoked_credentials", revoking ? names : "");
    }

    private static Map<String, String> with(Map<String, String> made, String name, String value) {
        var arguments = new HashMap<>(made);
        arguments.put(name, value);
        return arguments;
    }

    /** The owners answer for what goes on working; who has done this knows it. */
    private void tellOwners(Actor actor, Team team, Member member, Map<String, String> made) {
        if (made.values().stream().allMatch(String::isEmpty)) {
            return;
        }
        var others = store.joined(team.id()).stream()
                .filter(one -> one.role() == Role.OWNER
                        && !one.isPlaceOf(actor)
                        && !one.id().equals(member.id()))
                .map(Member::email)
                .toList();
        var arguments = with(made, "who", member.name().orElse(member.email()));
        arguments.put("by", actor.name());
        tell("member-credentials", team, arguments, others);
    }

    /**
     * Makes a person an owner where a team's owners are gone and nobody can; the members are told.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     * @throws Refusal.Conflict while an owner was here within {@link #GONE_AFTER}, and for the operator's own address or
     *     place: who decides must not gain by it
     */
    @Transactional
    public Member nameOwner(Actor actor, UUID teamId, Parsed<OwnerNaming> reading) {
        actor.mustRead(teamId);
        actor.mustBeOperator();
        var team = teams.lock(teamId);
        var naming = reading.candidate();
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(naming)));
        if (hasOwnerWhoComes(teamId)) {
            throw new Refusal.Conflict(Reason.OWNER_PRESENT, GONE_AFTER.toDays());
        }
        var known = store.invited(teamId, EmailAddress.key(naming.email()))
                .flatMap(member -> store.lock(teamId, member.id()));
        if (actor.hasAddress(naming.email())
                || known.filter(member -> member.isPlaceOf(actor)).isPresent()) {
            throw ownOwner();
        }
        var told = store.joined(teamId).stream().map(Member::email).toList();
        var owner = known.orElseGet(
                () -> invited(actor, team, new Member(teamId, naming.email(), Role.OWNER, clock.instant())));
        known.ifPresent(member -> changeRole(actor, team, member, Role.OWNER, false));
        trail.write(actor.auditEntry(
                "owner-named",
                teamId,
                "member",
                owner.id().toString(),
                owner.version(),
                null,
                new Named(owner.email(), naming.reason())));
        tell("owner-named", team, Map.of("who", owner.email(), "reason", naming.reason()), told);
        return owner;
    }

    /** Whether operators may name an owner, since the team's own come no more. */
    public boolean mayNameOwner(Actor actor, UUID team) {
        return actor.operator() && !hasOwnerWhoComes(team);
    }

    private boolean hasOwnerWhoComes(UUID team) {
        return store.ownersSeenSince(team, clock.instant().minus(GONE_AFTER)) > 0;
    }

    static Refusal.Conflict ownOwner() {
        return new Refusal.Conflict(Reason.OWNER_SELF);
    }

    private record Named(String email, String reason) {}

    private Member invited(Actor actor, Team team, Member member) {
        invitations.issue(actor, team, member, Invitations.LETTER);
        store.persistAndFlush(member);
        trail.write(actor.auditEntry(
                "member-invited", team.id(), "member", member.id().toString(), member.version(), null, member.trace()));
        return member;
    }

    private void changeRole(Actor actor, Team team, Member member, Role role, boolean revoking) {
        var lesser = member.role() != role && member.role().covers(role);
        var made = lesser || revoking ? credentialArguments(actor, member, revoking) : Map.<String, String>of();
        if (member.role() == role) {
            return;
        }
        if (role != Role.OWNER) {
            keepAnOwner(member);
        }
        var before = member.trace();
        member.change(role);
        store.flush();
        trail.write(actor.auditEntry(
                "member-role-changed",
                team.id(),
                "member",
                member.id().toString(),
                member.version(),
                before,
                member.trace()));
        if (member.joined() && !member.isPlaceOf(actor)) {
            var arguments = with(made, "role", role.code());
            arguments.put("by", actor.name());
            tell("member-role-changed", team, arguments, List.of(member.email()));
            tellOwners(actor, team, member, made);
        }
    }

    /** The team's row is locked: nobody else counts or changes its owners meanwhile. */
    private void keepAnOwner(Member member) {
        if (member.joined() && member.role() == Role.OWNER && store.owners(member.teamId()) == 1) {
            throw new Refusal.Conflict(Reason.LAST_OWNER);
        }
    }

    /** Asked again once the lock is held: the actor may have lost the role to somebody who was faster. */
    private Team lockAsOwner(Actor actor, UUID teamId) {
        teamToManage(actor, teamId);
        var team = teams.lock(teamId);
        if (store.known(teamId, actor.subject())
                .filter(member -> member.role() == Role.OWNER)
                .isEmpty()) {
            throw actor.lacks(Role.OWNER, teamId);
        }
        return team;
    }

    private List<String> owners(Team team) {
        return store.joined(team.id()).stream()
                .filter(member -> member.role() == Role.OWNER)
                .map(Member::email)
                .toList();
    }

    private void tell(String code, Team team, Map<String, String> more, List<String> recipients) {
        var arguments = new HashMap<>(more);
        arguments.put("team", team.name());
        arguments.put("team_id", team.id().toString());
        outbox.post(new Letter(code, team.id(), arguments, "team"), recipients);
    }
}
