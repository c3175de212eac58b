package dev.connectionmanager.application;

import dev.connectionmanager.audit.AuditTrail;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.mail.Recipients;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Roster;
import dev.connectionmanager.team.Team;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** The acts on applications. An application of another team is {@link Refusal.NotFound} in all of them. */
@ApplicationScoped
public class Applications {
    private final ApplicationStore store;
    private final Stores.HandoverStore handovers;
    private final List<ApplicationGuard> guards;
    private final Teams teams;
    private final ApiCredentials credentials;
    private final AuditTrail trail;
    private final Clock clock;

    Applications(
            ApplicationStore store,
            Stores.HandoverStore handovers,
            @All List<ApplicationGuard> guards,
            Teams teams,
            ApiCredentials credentials,
            AuditTrail trail,
            Clock clock) {
        this.store = store;
        this.handovers = handovers;
        this.guards = guards;
        this.teams = teams;
        this.credentials = credentials;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * One page of a team's applications by name.
     *
     * @param search words, each of which a word of the name begins with; blank = all
     * @param category only of this category; {@code null} = all
     * @param after the last item of the page before; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Application> page(Actor actor, UUID teamId, String search, Category category, Cursor after, int limit) {
        teams.find(actor, teamId);
        var words = SearchWords.beginningWith(search);
        if (words.isEmpty() && !search.isBlank()) {
            return new Page<>(List.of(), null);
        }
        return Page.of(
                store.page(teamId, words, category, after, limit + 1),
                limit,
                application -> new Cursor(application.details().name(), application.id()));
    }

    /** How many applications are on all of these pages, counted up to {@link Total#COUNTED}. */
    public long count(Actor actor, UUID teamId, String search, Category category) {
        teams.find(actor, teamId);
        var words = SearchWords.beginningWith(search);
        return words.isEmpty() && !search.isBlank() ? 0 : store.count(teamId, words, category, Total.COUNTED);
    }

    /**
     * Applications of all teams that the actor may read.
     *
     * @param search words, each of which a word of the name begins with; none = nothing is found
     */
    public Matches<Application> matches(Actor actor, String search, int most) {
        var words = SearchWords.beginningWith(search);
        var teams = actor.operator() ? null : actor.roles().keySet();
        return words.isEmpty() || teams != null && teams.isEmpty() ? Matches.none() : store.matches(words, teams, most);
    }

    public Application find(Actor actor, UUID id) {
        var application = store.existing(id).orElseThrow(Refusal.NotFound::new);
        actor.mustRead(application.teamId());
        return application;
    }

    /**
     * Takes the application's lock after endpoints were opened, and checks again everything that was true before.
     *
     * @param before as it was read then
     * @throws Refusal.NotFound when it was deleted, handed over or left by the actor meanwhile
     * @throws Refusal.NotAllowed when the actor has lost the role meanwhile, or was a credential that was revoked
     * @throws Refusal.Conflict when its type, which the rules judge by, was changed
     */
    public Application lockAndRecheck(Actor actor, Application before) {
        var application = store.lock(before.id()).orElseThrow(Refusal.NotFound::new);
        credentials.mustStillWork(actor);
        teams.withCurrentRole(actor, application.teamId()).mustBe(Role.ADMIN, application.teamId());
        if (application.details().applicationType() != before.details().applicationType()) {
            throw new Refusal.Conflict(Reason.APPLICATION_TYPE_CHANGED);
        }
        return application;
    }

    /**
     * Takes the application's lock, and asks for the right as the database knows it then.
     *
     * @throws Refusal.NotFound for an application that is not of a team of the actor's now
     * @throws Refusal.NotAllowed for a lesser role, and for a credential that works no more
     */
    public Application lockFor(Actor actor, UUID id, Role needed) {
        return lockFor(actor, id, needed, () -> credentials.mustStillWork(actor));
    }

    /** The same, where the caller asks whether a credential still works with what else it reads under the lock. */
    public Application lockForWorking(Actor actor, UUID id, Role needed) {
        return lockFor(actor, id, needed, () -> {});
    }

    private Application lockFor(Actor actor, UUID id, Role needed, Runnable mustStillWork) {
        var application = store.lock(id).orElseThrow(Refusal.NotFound::new);
        mustStillWork.run();
        teams.withCurrentRole(actor, application.teamId()).mustBe(needed, application.teamId());
        return application;
    }

    /** The team, for whoever may add applications to it. */
    public Team teamToAddTo(Actor actor, UUID teamId) {
        var team = teams.find(actor, teamId);
        actor.mustBe(Role.ADMIN, teamId);
        return team;
    }

    /** The application, for whoever may change it. */
    public Application findToChange(Actor actor, UUID id) {
        return changeable(actor, find(actor, id));
    }

    /** The application, for whoever may delete it. */
    public Application findToDelete(Actor actor, UUID id) {
        return deletable(actor, find(actor, id));
    }

    public boolean mayChange(Actor actor, Application application) {
        return actor.is(Role.ADMIN, application.teamId());
    }

    public boolean mayDelete(Actor actor, Application application) {
        return actor.is(Role.OWNER, application.teamId());
    }

    private static Application changeable(Actor actor, Application application) {
        actor.mustBe(Role.ADMIN, application.teamId());
        return application;
    }

    private static Application deletable(Actor actor, Application application) {
        actor.mustBe(Role.OWNER, application.teamId());
        return application;
    }

    /** Why category and type cannot change; empty where they can. */
    public Optional<Refusal.Conflict> categoryLockedBecause(Application application) {
        return objection(application, ApplicationGuard.Act.RECLASSIFY);
    }

    /** @throws Refusal.Conflict where a room above keeps the application with its team */
    void requireTransferable(Actor actor, Application application) {
        require(actor, application, ApplicationGuard.Act.HAND_OVER);
    }

    private void require(Actor actor, Application application, ApplicationGuard.Act act) {
        for (var guard : guards) {
            guard.objection(application, act).ifPresent(objection -> {
                guard.refused(actor, application, act);
                throw objection;
            });
        }
    }

    private Optional<Refusal.Conflict> objection(Application application, ApplicationGuard.Act act) {
        return guards.stream()
                .flatMap(guard -> guard.objection(application, act).stream())
                .findFirst();
    }

    /** All that the rules say of an application that is to be added to a team, for whoever may add it. */
    public Violations judge(Actor actor, UUID teamId, Parsed<ApplicationCandidate> sent) {
        return judge(sent, teamToAddTo(actor, teamId));
    }

    private static Violations judge(Parsed<ApplicationCandidate> sent, Team team) {
        return sent.and(ApplicationRules.check(sent.candidate(), team.categories()));
    }

    /** What would be added of a candidate that nothing blocks; it is kept nowhere, and its id is nobody's. */
    public Application proposed(UUID teamId, ApplicationCandidate candidate) {
        return new Application(teamId, ApplicationRules.accept(candidate), clock.instant());
    }

    /**
     * Adds an application to a team.
     *
     * @throws Refusal.Rejected with every finding
     */
    @Transactional
    public Application create(Actor actor, UUID teamId, Parsed<ApplicationCandidate> sent) {
        var team = teamToAddTo(actor, teamId);
        var details = judged(sent, team);
        var application = new Application(teamId, details, clock.instant());
        store.persistAndFlush(application);
        audit(actor, application, "application-created", null, details);
        return application;
    }

    /**
     * Changes what a team says of its application.
     *
     * @throws Refusal.Conflict when category or type would change after the first registration, or beside an open request
     */
    @Transactional
    public Application change(
            Actor actor,
            UUID id,
            Function<Application, Parsed<ApplicationCandidate>> change,
            Precondition precondition) {
        var application = changeable(actor, store.lock(id).orElseThrow(Refusal.NotFound::new));
        precondition.mustMatch(application.tag());
        var before = application.details();
        var after = judged(change.apply(application), teams.find(actor, application.teamId()));
        if (after.category() != before.category() || after.applicationType() != before.applicationType()) {
            require(actor, application, ApplicationGuard.Act.RECLASSIFY);
        }
        if (!after.equals(before)) {
            application.change(after);
            store.flush();
            audit(actor, application, "application-changed", before, after);
        }
        return application;
    }

    private static void refuse(Refusal.Conflict why) {
        throw why;
    }

    /** Why an application cannot be deleted; empty where it can: nobody's work vanishes with it unsaid. */
    public Optional<Refusal.Conflict> deletionBlockedBecause(Application application) {
        return objection(application, ApplicationGuard.Act.DELETE).or(() -> offered(application));
    }

    private Optional<Refusal.Conflict> offered(Application application) {
        return handovers
                .open(application.id())
                .filter(offer -> offer.openAt(clock.instant()))
                .map(offer -> new Refusal.Conflict(Reason.APPLICATION_OFFERED));
    }

    /** @throws Refusal.Conflict while it is registered, asked for in production or offered to another team */
    @Transactional
    public void delete(Actor actor, UUID id, Precondition precondition) {
        var application = deletable(actor, store.lock(id).orElseThrow(Refusal.NotFound::new));
        precondition.mustMatch(application.tag());
        require(actor, application, ApplicationGuard.Act.DELETE);
        offered(application).ifPresent(Applications::refuse);
        guards.forEach(guard -> guard.deleting(actor, application));
        application.delete(clock.instant());
        audit(actor, application, "application-deleted", application.details(), null);
    }

    private Application.Details judged(Parsed<ApplicationCandidate> sent, Team team) {
        Refusal.Rejected.ifBlocking(judge(sent, team));
        return ApplicationRules.accept(sent.candidate());
    }

    /**
     * Undoes the deletion of an application, in the caller's transaction; does nothing to one that is there. The caller
     * has locked it and asked for the right.
     */
    public void restore(Actor actor, Application application) {
        if (application.deleted()) {
            application.restore();
            store.flush();
            audit(actor, application, "application-restored", null, application.details());
        }
    }

    /** Where letters about an application go: to the owners and admins of its team, and its own contacts. */
    public Recipients addresses(Application application) {
        return addresses(application, teams.addresses(application.teamId(), Role.ADMIN));
    }

    /**
     * The same, of a team that was read.
     *
     * @param roster of the application's team
     */
    public Recipients addresses(Application application, Roster roster) {
        return addresses(application, roster.addresses(Role.ADMIN));
    }

    private static Recipients addresses(Application application, List<String> admins) {
        var members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        members.addAll(admins);
        var contacts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        contacts.addAll(application.details().contacts());
        contacts.removeAll(members);
        return new Recipients(members, contacts);
    }

    private void audit(
            Actor actor, Application application, String act, Application.Details before, Application.Details after) {
        trail.write(actor.auditEntry(
                act,
                application.teamId(),
                "application",
                application.id().toString(),
                application.version(),
                before,
                after));
    }
}
