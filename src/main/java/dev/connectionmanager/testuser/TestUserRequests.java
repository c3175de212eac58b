package dev.connectionmanager.testuser;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.mail.Recipients;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The acts on a team's requests for new test users. They go by email to the address that operators have configured; where there is
 * none, the team copies the text. Nobody answers here: the team notes what it has received.
 */
@ApplicationScoped
public class TestUserRequests {
    private final Stores.RequestStore store;
    private final Teams teams;
    private final Environments environments;
    private final Outbox outbox;
    private final AuditTrail trail;
    private final Clock clock;
    private final Optional<String> recipient;

    TestUserRequests(
            Stores.RequestStore store,
            Teams teams,
            Environments environments,
            Outbox outbox,
            AuditTrail trail,
            Clock clock,
            @ConfigProperty(name = "connection-manager.mail.test-users") Optional<String> recipient) {
        this.store = store;
        this.teams = teams;
        this.environments = environments;
        this.outbox = outbox;
        this.trail = trail;
        this.clock = clock;
        this.recipient = recipient;
    }

    /** Whether requests go out by email. */
    public boolean mails() {
        return recipient.isPresent();
    }

    /** One page of a team's requests, the latest first. */
    public Page<TestUserRequest> page(Actor actor, UUID team, Cursor after, int limit) {
        var found = store.page(teams.find(actor, team).id(), after, limit + 1);
        return Page.of(found, limit, one -> Cursor.at(one.askedAt(), one.id()));
    }

    /** How many there are on all pages, counted up to {@link Total#COUNTED}. */
    public long count(Actor actor, UUID team) {
        return store.countUpTo(teams.find(actor, team).id(), Total.COUNTED);
    }

    public TestUserRequest find(Actor actor, UUID team, UUID id) {
        return store.find(teams.find(actor, team).id(), id).orElseThrow(Refusal.NotFound::new);
    }

    /** @throws Refusal.Rejected with every finding */
    @Transactional
    public TestUserRequest ask(Actor actor, UUID team, Parsed<TestUserRequestCandidate> sent) {
        var asking = teams.find(actor, team);
        actor.mustBe(Role.ADMIN, team);
        var candidate = sent.candidate();
        var environment = Optional.ofNullable(candidate.environment()).flatMap(environments::find);
        Refusal.Rejected.ifBlocking(sent.and(TestUserRules.check(candidate, environment)));
        var request = new TestUserRequest(team, candidate, actor.name(), mails(), clock.instant());
        store.persist(request);
        // Whoever makes test users is of no team: they need not know its name.
        recipient.ifPresent(address -> outbox.post(
                letter(request, actor, asking.name(), environment.orElseThrow()),
                Recipients.strangers(List.of(address))));
        write(actor, request, "test-users-asked", null, "asked");
        return request;
    }

    /**
     * Notes that they have come.
     *
     * @throws Refusal.Conflict where that was noted already
     */
    @Transactional
    public TestUserRequest receive(Actor actor, UUID team, UUID id) {
        teams.find(actor, team);
        actor.mustBe(Role.ADMIN, team);
        teams.lock(team);
        var request = store.find(team, id).orElseThrow(Refusal.NotFound::new);
        if (request.receivedAt() != null) {
            throw new Refusal.Conflict(Reason.TEST_USERS_RECEIVED);
        }
        request.receive(clock.instant());
        write(actor, request, "test-users-received", "asked", "received");
        return request;
    }

    private static Letter letter(TestUserRequest request, Actor actor, String team, Environment environment) {
        return new Letter(
                "test-users-asked",
                request.teamId(),
                Map.of(
                        "team", team,
                        "team_id", request.teamId().toString(),
                        "by", actor.name(),
                        "email", Objects.requireNonNullElse(actor.email(), ""),
                        "environment", environment.name(),
                        "number", Integer.toString(request.numberWanted()),
                        "organisation", request.organisation(),
                        "roles", String.join(", ", request.roles()),
                        "smartcards", request.smartcards() ? "yes" : "no",
                        "note", Objects.requireNonNullElse(request.note(), "")),
                "test-users");
    }

    private void write(Actor actor, TestUserRequest request, String act, String before, String after) {
        trail.write(actor.auditEntry(
                        act,
                        request.teamId(),
                        "test-user-request",
                        request.id().toString(),
                        null,
                        before == null ? null : Map.of("state", before),
                        Map.of(
                                "state", after,
                                "number", request.numberWanted(),
                                "organisation", request.organisation()))
                .about(Map.of(
                        "number", Integer.toString(request.numberWanted()), "environment", request.environment())));
    }
}
