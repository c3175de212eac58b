package dev.connectionmanager.testuser;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The acts on a team's test users. Viewers read; admins and credentials of scope {@code write} change. */
@ApplicationScoped
public class TestUsers {
    private static final int RETRY_SECONDS = 60;

    private final Stores.TestUserStore store;
    private final Teams teams;
    private final Environments environments;
    private final AuditTrail trail;
    private final Clock clock;

    TestUsers(Stores.TestUserStore store, Teams teams, Environments environments, AuditTrail trail, Clock clock) {
        this.store = store;
        this.teams = teams;
        this.environments = environments;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A test user, and what is odd about it.
     *
     * @param warnings of the rules; they stop nothing
     */
    public record Kept(TestUser user, Violations warnings) {}

    /** By environment and UUID. */
    public List<TestUser> all(Actor actor, UUID team) {
        return store.of(teams.find(actor, team).id());
    }

    /** @throws Refusal.NotFound where the team has none of this id */
    public TestUser find(Actor actor, UUID team, UUID id) {
        return store.find(teams.find(actor, team).id(), id).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict where the team has a test user of this UUID
     * @throws Refusal.TooMany for more than {@link TestUserRules#MOST} in one environment
     */
    @Transactional
    public Kept add(Actor actor, UUID team, Parsed<TestUserCandidate> sent) {
        teamToChange(actor, team);
        var found = judge(sent);
        // One after another, so that count and UUIDs are right.
        teams.lock(team);
        var user = new TestUser(team, sent.candidate(), clock.instant());
        mustFit(team, user.id(), sent.candidate());
        store.persist(user);
        write(actor, user, "test-user-added", null, user.asCandidate());
        return new Kept(user, found.warnings());
    }

    /**
     * @param changed reads what was sent, over what is there
     * @throws Refusal as {@link #add} does
     */
    @Transactional
    public Kept change(
            Actor actor, UUID team, UUID id, Function<TestUserCandidate, Parsed<TestUserCandidate>> changed) {
        teamToChange(actor, team);
        teams.lock(team);
        var user = store.find(team, id).orElseThrow(Refusal.NotFound::new);
        var before = user.asCandidate();
        var sent = changed.apply(before);
        var found = judge(sent);
        mustFit(team, id, sent.candidate());
        user.take(sent.candidate());
        if (!before.equals(user.asCandidate())) {
            write(actor, user, "test-user-changed", before, user.asCandidate());
        }
        return new Kept(user, found.warnings());
    }

    @Transactional
    public void remove(Actor actor, UUID team, UUID id) {
        teamToChange(actor, team);
        var user = store.find(team, id).orElseThrow(Refusal.NotFound::new);
        store.delete(user);
        write(actor, user, "test-user-removed", user.asCandidate(), null);
    }

    /**
     * The team, for whoever may change its test users.
     *
     * @throws Refusal.NotAllowed for whoever may not
     */
    public Team teamToChange(Actor actor, UUID team) {
        var found = teams.find(actor, team);
        actor.mustBe(Role.ADMIN, team);
        return found;
    }

    private Violations judge(Parsed<TestUserCandidate> sent) {
        var named = Optional.ofNullable(sent.candidate().environment()).flatMap(environments::find);
        var found = sent.and(TestUserRules.check(sent.candidate(), named));
        Refusal.Rejected.ifBlocking(found);
        return found;
    }

    private void mustFit(UUID team, UUID id, TestUserCandidate candidate) {
        store.namesake(team, candidate.uuid(), id).ifPresent(other -> {
            throw new Refusal.Conflict(
                    Reason.TEST_USER_EXISTS,
                    candidate.uuid(),
                    other.asCandidate().environment());
        });
        var there = store.find(team, id).map(TestUser::asCandidate).map(TestUserCandidate::environment);
        if (!there.equals(Optional.of(candidate.environment()))
                && store.count(team, candidate.environment()) >= TestUserRules.MOST) {
            throw new Refusal.TooMany(RETRY_SECONDS, Reason.LIMIT_REACHED);
        }
    }

    private void write(Actor actor, TestUser user, String act, Object before, Object after) {
        var candidate = user.asCandidate();
        trail.write(actor.auditEntry(act, user.teamId(), "test-user", user.id().toString(), null, before, after)
                .about(Map.of("uuid", candidate.uuid(), "environment", candidate.environment())));
    }
}
