package dev.connectionmanager.application;

import com.google.common.hash.Hashing;
import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Member;
import dev.connectionmanager.team.Members;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Every 6 months an owner of each team confirms that its members and the contacts of its applications are right. */
@ApplicationScoped
public class Attestations {
    private static final int MOST_MEMBERS = 1_000;

    private final Stores.AttestationStore store;
    private final Stores.AttestationStatusStore statuses;
    private final ApplicationStore applications;
    private final Teams teams;
    private final Members members;
    private final AuditTrail trail;
    private final Clock clock;

    Attestations(
            Stores.AttestationStore store,
            Stores.AttestationStatusStore statuses,
            ApplicationStore applications,
            Teams teams,
            Members members,
            AuditTrail trail,
            Clock clock) {
        this.store = store;
        this.statuses = statuses;
        this.applications = applications;
        this.teams = teams;
        this.members = members;
        this.trail = trail;
        this.clock = clock;
    }

    /** When the team was last attested, and when it is due again. */
    public AttestationStatus status(Actor actor, UUID team) {
        teams.find(actor, team);
        return statuses.findById(team);
    }

    /** Of the actor's own teams those in which it is due soon, or overdue, the longest first. */
    public List<AttestationStatus> near(Actor actor) {
        if (actor.roles().isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        return statuses
                .list("teamId in ?1 order by dueAt, teamId", actor.roles().keySet())
                .stream()
                .filter(status -> status.nearAt(now))
                .toList();
    }

    /** When an owner last confirmed this team's members and contacts; empty for never. */
    public Optional<Instant> lastOf(UUID team) {
        return statuses.findByIdOptional(team).map(AttestationStatus::attestedAt);
    }

    /** What there is to confirm. */
    public Statement statement(Actor actor, UUID team) {
        return new Statement(
                status(actor, team),
                members.page(actor, team, null, MOST_MEMBERS).items(),
                applications.list(
                        "teamId = ?1 and deletedAt is null order by function('natural_order', name), id", team));
    }

    /**
     * Confirms what the owner has seen.
     *
     * @param precondition on the {@link Statement} that the owner has seen
     * @throws Refusal.Stale when members or contacts are others by now
     */
    @Transactional
    public void attest(Actor actor, UUID teamId, Precondition precondition) {
        teams.find(actor, teamId);
        actor.mustBePerson();
        actor.mustBe(Role.OWNER, teamId);
        // While the lock is held no member changes.
        teams.lock(teamId);
        var tag = statement(actor, teamId).tag();
        precondition.mustMatch(tag, sent -> sent.length() == tag.length() && !sent.equals(tag));
        store.persist(new Attestation(teamId, actor, clock.instant()));
        trail.write(actor.auditEntry("team-attested", teamId, "team", teamId.toString(), null, null, null));
    }

    /**
     * One page of the teams that are overdue, the longest first.
     *
     * @param after the last of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public Page<AttestationStatus> overdue(Actor actor, Cursor after, int limit) {
        actor.mustBeOperator();
        var query = new StringBuilder("dueAt <= :now");
        var parameters = Parameters.with("now", clock.instant());
        if (after != null) {
            query.append(" and (dueAt, teamId) > (:afterTime, :afterId)");
            parameters.and("afterTime", after.time()).and("afterId", after.id());
        }
        var found = statuses.find(query + " order by dueAt, teamId", parameters)
                .range(0, limit)
                .list();
        return Page.of(found, limit, status -> Cursor.at(status.dueAt(), status.teamId()));
    }

    /** How many teams are overdue, counted up to {@link Total#COUNTED}. */
    public long overdue(Actor actor) {
        actor.mustBeOperator();
        return statuses.overdue(clock.instant(), Total.COUNTED);
    }

    /**
     * What an owner confirms: who is in the team in which role, and whom the portal writes to.
     *
     * @param status when that was done last, and when it is due
     */
    public record Statement(AttestationStatus status, List<Member> members, List<Application> applications) {
        /** Its entity tag, as in the header: another one when anything that is shown of it is another. */
        public String tag() {
            var text = new StringBuilder();
            Stream.of(status.teamId(), status.name(), status.attestedAt(), status.attestedBy(), status.dueAt())
                    .forEach(part -> text.append(part).append('\n'));
            members.forEach(member -> Stream.of(
                            member.id(),
                            member.email(),
                            member.role(),
                            member.state(),
                            member.name().orElse(""))
                    .forEach(part -> text.append(part).append('\n')));
            applications.forEach(application -> text.append(application.id())
                    .append(application.details().name())
                    .append('\n')
                    .append(application.details().contacts())
                    .append('\n'));
            return '"'
                    + Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString()
                    + '"';
        }
    }
}
