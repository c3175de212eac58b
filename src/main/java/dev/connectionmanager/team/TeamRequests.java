package dev.connectionmanager.team;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.mail.Recipients;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.team.rules.TeamDecision;
import dev.connectionmanager.team.rules.TeamRequestCandidate;
import dev.connectionmanager.team.rules.TeamRules;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/** The acts on requests for access: a newcomer asks, an operator decides. */
@ApplicationScoped
public class TeamRequests {
    /** More than any one person has teams to ask for; a flood would bury the others' requests. Policy. */
    static final int MOST_PENDING = 5;

    private final Stores.RequestStore store;
    private final Stores.MemberStore members;
    private final Teams teams;
    private final Invitations invitations;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;

    TeamRequests(
            Stores.RequestStore store,
            Stores.MemberStore members,
            Teams teams,
            Invitations invitations,
            Outbox outbox,
            AuditTrail trail,
            Clock clock) {
        this.store = store;
        this.members = members;
        this.teams = teams;
        this.invitations = invitations;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * One page of the requests that the actor may read, oldest first: operators read all, others their own.
     *
     * @param state only of this state; {@code null} = all
     * @param after the last request of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<TeamRequest> page(Actor actor, TeamRequest.State state, Cursor after, int limit) {
        actor.mustBePerson();
        var query = new StringBuilder("1 = 1");
        var parameters = new Parameters();
        if (!actor.operator()) {
            query.append(" and subject = :subject");
            parameters.and("subject", actor.subject());
        }
        if (state != null) {
            query.append(" and state = :state");
            parameters.and("state", state);
        }
        if (after != null) {
            query.append(" and (createdAt, id) > (:afterTime, :afterId)");
            parameters.and("afterTime", after.time()).and("afterId", after.id());
        }
        var found = store.find(query + " order by createdAt, id", parameters)
                .range(0, limit)
                .list();
        return Page.of(found, limit, request -> Cursor.at(request.createdAt(), request.id()));
    }

    /** The actor's own requests, newest first, at most ten. */
    public List<TeamRequest> mine(Actor actor) {
        return store.find("subject = ?1 order by createdAt desc", actor.subject())
                .range(0, 9)
                .list();
    }

    /** How many requests wait for a decision, counted up to {@link Total#COUNTED}. */
    public long waiting(Actor actor) {
        actor.mustBeOperator();
        return store.waiting(Total.COUNTED);
    }

    /** @throws Refusal.NotFound for somebody else's request, as for an unknown one */
    public TeamRequest find(Actor actor, UUID id) {
        actor.mustBePerson();
        return store.findByIdOptional(id)
                .filter(request -> actor.operator() || request.isOf(actor))
                .orElseThrow(Refusal.NotFound::new);
    }

    /**
     * Asks for access for a team; the operators are told.
     *
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when this Team ID cannot be asked for. Whether the team exists or somebody has asked for
     *     it is not told apart: a Team ID is known to more people than the team has members
     */
    @Transactional
    public TeamRequest ask(Actor actor, Parsed<TeamRequestCandidate> reading) {
        actor.mustBePerson();
        var candidate = reading.candidate();
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(candidate)));
        var teamId = UUID.fromString(candidate.teamId());
        if (actor.roles().containsKey(teamId)) {
            throw new Refusal.Conflict(Reason.MEMBER_ALREADY);
        }
        var pending = store.list("subject = ?1 and state = ?2", actor.subject(), TeamRequest.State.PENDING);
        if (pending.stream().anyMatch(request -> request.teamId().equals(teamId))) {
            throw new Refusal.Conflict(Reason.TEAM_REQUEST_MADE);
        }
        if (pending.size() >= MOST_PENDING) {
            throw new Refusal.Conflict(Reason.TEAM_REQUEST_LIMIT, MOST_PENDING);
        }
        if (teams.exists(teamId) || store.count("teamId = ?1 and state = ?2", teamId, TeamRequest.State.PENDING) > 0) {
            throw cannotBeAskedFor();
        }
        var request = new TeamRequest(candidate, actor, clock.instant());
        try {
            store.persistAndFlush(request);
        } catch (ConstraintViolationException pendingAlready) {
            throw cannotBeAskedFor();
        }
        trace(actor, request, "team-request-made", null, null);
        outbox.postToOperators(new Letter(
                "team-request-received",
                null,
                Map.of(
                        "team", request.name(),
                        "team_id", teamId.toString(),
                        "request_id", request.id().toString(),
                        "by", actor.name()),
                "team-request-review"));
        return request;
    }

    /**
     * Accepts a request, which gives the team access with the person who asked as its owner, or declines it; that person
     * is told. Where the OpenID Provider has verified no email address of theirs, the contact is invited instead: the
     * team's mails go to an address that has been shown to be somebody's.
     *
     * @throws Refusal.NotAllowed for anybody but an operator, and for their own request
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when it is decided already, or the team was given access meanwhile
     */
    @Transactional
    public TeamRequest decide(Actor actor, UUID id, Parsed<TeamDecision> reading) {
        actor.mustBeOperator();
        var request = store.lock(id).orElseThrow(Refusal.NotFound::new);
        if (request.isOf(actor)) {
            throw new Refusal.NotAllowed(Reason.TEAM_REQUEST_OWN);
        }
        var decision = reading.candidate();
        Refusal.Rejected.ifBlocking(reading.and(TeamRules.check(decision)));
        if (!request.pending()) {
            throw new Refusal.Conflict(
                    Reason.TEAM_REQUEST_DECIDED,
                    request.state().code(),
                    request.decidedBy().orElseThrow());
        }
        var before = request.trace();
        if (decision.accepts()) {
            var team = teams.open(actor, request.teamId(), request.name(), request.categories());
            var owner = request.firstOwner(clock.instant());
            if (!owner.joined()) {
                invitations.issue(actor, team, owner, "team-access-given");
            }
            members.persist(owner);
            trail.write(actor.auditEntry(
                    owner.joined() ? "member-joined" : "member-invited",
                    request.teamId(),
                    "member",
                    owner.id().toString(),
                    owner.version(),
                    null,
                    owner.trace()));
        }
        request.decide(
                decision.accepts() ? TeamRequest.State.ACCEPTED : TeamRequest.State.DECLINED,
                decision.reason(),
                actor,
                clock.instant());
        store.flush();
        var act = decision.accepts() ? "team-request-accepted" : "team-request-declined";
        trace(actor, request, act, before, decision.accepts() ? request.teamId() : null);
        if (decision.accepts() && request.requesterEmail().isEmpty()) {
            return request;
        }
        outbox.post(
                new Letter(
                        act,
                        decision.accepts() ? request.teamId() : null,
                        Map.of(
                                "team", request.name(),
                                "team_id", request.teamId().toString(),
                                "request_id", request.id().toString(),
                                "reason", decision.reason()),
                        decision.accepts() ? "team" : "team-request"),
                Recipients.strangers(List.of(request.contact())));
        return request;
    }

    /** @param team whose trail it belongs to; {@code null} = nobody's, since the team does not exist */
    private void trace(Actor actor, TeamRequest request, String act, Object before, UUID team) {
        trail.write(actor.auditEntry(
                act, team, "team-request", request.id().toString(), request.version(), before, request.trace()));
    }

    private static Refusal.Conflict cannotBeAskedFor() {
        return new Refusal.Conflict(Reason.TEAM_ID_NOT_FREE);
    }
}
