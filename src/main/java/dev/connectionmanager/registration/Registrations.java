package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.LiveCheckRules;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.metadata.TokenEndpointAuthMethod;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationStatements.Read;
import dev.connectionmanager.registration.RegistrationStatements.Rights;
import dev.connectionmanager.registration.RegistrationWriter.Accepted;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The acts on registrations. Whatever the edge, this is the only way to a client ID in the Path-to-Live environments; in
 * production the approval of a request is, through {@link ProductionRegistrations}.
 * A registration of another team, of an unknown environment or a deleted one is {@link Refusal.NotFound} in all acts.
 */
@ApplicationScoped
public class Registrations {
    private static final Consumer<RegistrationResult> NOTHING_ELSE = result -> {};

    private final Environments environments;
    private final Applications applications;
    private final Stores.RegistrationStore store;
    private final Stores.RevisionStore revisions;
    private final Stores.DraftStore drafts;
    private final RegistrationStatements statements;
    private final RegistrationWriter writer;
    private final EndpointChecks endpoints;
    private final RegistrationJudgement judgement;
    private final SuspendedClients suspended;
    private final RegistrationEvents events;
    private final DraftTrail trail;
    private final Clock clock;

    Registrations(
            Environments environments,
            Applications applications,
            Stores.RegistrationStore store,
            Stores.RevisionStore revisions,
            Stores.DraftStore drafts,
            RegistrationStatements statements,
            RegistrationWriter writer,
            EndpointChecks endpoints,
            RegistrationJudgement judgement,
            SuspendedClients suspended,
            RegistrationEvents events,
            DraftTrail trail,
            Clock clock) {
        this.environments = environments;
        this.applications = applications;
        this.store = store;
        this.revisions = revisions;
        this.drafts = drafts;
        this.statements = statements;
        this.writer = writer;
        this.endpoints = endpoints;
        this.judgement = judgement;
        this.suspended = suspended;
        this.events = events;
        this.trail = trail;
        this.clock = clock;
    }

    /** The environment of this id, in which applications are registered, whoever decides about it. */
    public Environment registrable(String id) {
        var environment = environments.find(id).orElseThrow(Refusal.NotFound::new);
        if (environment.kind() == EnvironmentKind.SELF_SERVICE) {
            throw new Refusal.NotFound(Reason.REGISTRATION_NOT_NEEDED, environment.name()).with("environment", id);
        }
        return environment;
    }

    /** Whether operators decide about what is registered in the environment of this id. */
    public boolean byRequest(String id) {
        return environments
                .find(id)
                .filter(environment -> environment.kind() == EnvironmentKind.PRODUCTION)
                .isPresent();
    }

    /** The environment of this id, in which one registers without asking anybody. */
    public Environment pathToLive(String id) {
        var environment = registrable(id);
        if (environment.kind() == EnvironmentKind.PRODUCTION) {
            throw new Refusal.NotFound(Reason.REGISTRATION_BY_REQUEST, environment.name()).with("environment", id);
        }
        return environment;
    }

    public RegistrationSnapshot find(Actor actor, UUID applicationId, String environment) {
        var application = applications.find(actor, applicationId);
        registrable(environment);
        return writer.current(application, environment).orElseThrow(Refusal.NotFound::new);
    }

    /** What this application has registered, in the order of the environments. */
    public List<RegistrationSnapshot> all(Actor actor, UUID applicationId) {
        var application = applications.find(actor, applicationId);
        return environments.all().stream()
                .flatMap(environment -> writer.current(application, environment.id()).stream())
                .toList();
    }

    /**
     * What this application had registered and has deleted: first what was suspended when it was, of equals the latest.
     *
     * @param most at most so many
     */
    public List<RegistrationSnapshot> deleted(Actor actor, UUID applicationId, int most) {
        var application = applications.find(actor, applicationId);
        return store.deleted(applicationId, most).stream()
                .map(registration -> writer.of(application, registration))
                .toList();
    }

    /**
     * One page of the history, newest first.
     *
     * @param before the last one of the page before, by number; {@code null} = from the newest on
     * @param limit at most so many
     */
    public Page<HistoryEntry> history(Actor actor, UUID applicationId, String environment, Cursor before, int limit) {
        var registration = find(actor, applicationId, environment).registration();
        var found =
                revisions.newestFirst(registration, before == null ? Integer.MAX_VALUE : before.number(), limit + 1);
        var history = new ArrayList<HistoryEntry>();
        for (int i = 0; i < Math.min(limit, found.size()); i++) {
            var revision = found.get(i);
            var older = i + 1 < found.size() ? found.get(i + 1).metadata().asCandidate() : Candidate.EMPTY;
            history.add(new HistoryEntry(
                    revision.number(),
                    revision.at(),
                    revision.actorName(),
                    Change.between(older, revision.metadata().asCandidate())));
        }
        return new Page<>(
                history, found.size() > limit ? found.get(limit - 1).position().encoded() : null);
    }

    /**
     * Registers, or replaces what is registered. Rules and live checks first; nothing is issued or changed when one
     * blocks. Blocks its thread for some 20 seconds at most, and must not be called inside a transaction.
     *
     * @param reading reads what was sent, of what is registered; without a client name the application's is taken
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.TooMany when the portal is busy, or the team or an endpoint's host has used up its share of checks
     * @throws Refusal.Stale when the registration is not in the state that the caller believes it to be in
     * @throws Refusal.Conflict for an address of a client of the same team that operators have suspended
     * @throws Refusal when the application is not the actor's any more once the endpoints have been checked
     */
    public RegistrationResult put(
            Actor actor,
            UUID applicationId,
            String environmentId,
            Function<Optional<RegistrationSnapshot>, Parsed<Candidate>> reading,
            Precondition precondition) {
        return put(actor, applicationId, environmentId, reading, precondition, null, NOTHING_ELSE);
    }

    /**
     * The same, with what else is written in the transaction.
     *
     * @param alongside gets what came of it with all warnings; what it throws undoes all of it
     */
    public RegistrationResult put(
            Actor actor,
            UUID applicationId,
            String environmentId,
            Function<Optional<RegistrationSnapshot>, Parsed<Candidate>> reading,
            Precondition precondition,
            Consumer<RegistrationResult> alongside) {
        return put(actor, applicationId, environmentId, reading, precondition, null, alongside);
    }

    /**
     * Registers what a draft holds, and ends the draft. The same draft never registers twice.
     *
     * @throws Refusal.Stale also when somebody else has edited the draft in the meantime
     * @throws Refusal.Conflict when another request has registered or discarded it in the meantime
     */
    public RegistrationResult register(Actor actor, Draft draft) {
        return put(
                actor,
                draft.applicationId(),
                draft.environment(),
                registered -> Parsed.typed(draft.candidate()),
                draft.precondition(),
                draft,
                NOTHING_ELSE);
    }

    private RegistrationResult put(
            Actor actor,
            UUID applicationId,
            String environmentId,
            Function<Optional<RegistrationSnapshot>, Parsed<Candidate>> reads,
            Precondition precondition,
            Draft draft,
            Consumer<RegistrationResult> alongside) {
        var read = statements.read(applicationId, environmentId).orElseThrow(Refusal.NotFound::new);
        var application = read.application();
        actor.mustRead(application.teamId());
        var current = read.current();
        var reading = reads.apply(current);
        registrable(environmentId);
        actor.mustBe(Role.ADMIN, application.teamId());
        var environment = pathToLive(environmentId);
        RegistrationWriter.mustHold(precondition, current);
        var verdict = judgement.of(actor, application, environment, current, reading, read.suspendedInTeam());
        if (verdict.found().block()) {
            keepWithDraft(actor, application, draft, verdict.candidate(), verdict.reports());
        }
        var accepted = verdict.accepted(draft);
        return QuarkusTransaction.requiringNew().call(() -> {
            var result =
                    write(actor, read, environmentId, accepted, precondition).with(verdict.live());
            alongside.accept(result);
            return result;
        });
    }

    /**
     * Writes what was judged, in the caller's transaction.
     *
     * @param read what it was judged for
     * @throws Refusal as {@link #put}, for what has changed since it was judged
     */
    RegistrationResult write(
            Actor actor, Read read, String environmentId, Accepted accepted, Precondition precondition) {
        endpoints.hold(accepted.metadata());
        return writer.writeAsRead(actor, Rights.of(actor), read, environmentId, accepted)
                .orElseGet(() -> {
                    applications.lockAndRecheck(actor, read.application());
                    return writer.write(actor, read.application().id(), environmentId, accepted, precondition);
                });
    }

    /** So that the team sees beside its answers what we saw. */
    private void keepWithDraft(
            Actor actor, Application application, Draft read, Candidate checked, List<CheckReport> reports) {
        if (read != null) {
            QuarkusTransaction.requiringNew().run(() -> {
                applications.lockAndRecheck(actor, application);
                writer.keepWithDraft(read.id(), checked, reports);
            });
        }
    }

    /**
     * Marks the registration as deleted; its client ID stays reserved for ever. Its secrets are kept as they are: they
     * let nobody in without the client, and {@link ClientLifecycle#restore} gives back one that works. In production this is
     * for owners.
     *
     * @throws Refusal.Conflict while it is suspended
     */
    @Transactional
    public void delete(Actor actor, UUID applicationId, String environment, Precondition precondition) {
        var registered = lock(actor, applicationId, environment, deleter(environment));
        precondition.mustMatch(registered.tag());
        suspended.requireDeletable(actor, registered);
        drafts.of(applicationId, environment).ifPresent(draft -> {
            drafts.delete(draft);
            trail.write(actor, registered.application(), draft, "draft-discarded", draft.candidate(), null);
        });
        registered.registration().delete(clock.instant());
        store.flush();
        var until = registered.registration().restorableUntil();
        events.record(
                actor,
                registered,
                RegistrationEvent.DELETED,
                registered.trace(),
                null,
                Map.of("until", until.toString()));
    }

    /** Who may delete a registration: in production its owners, elsewhere admins too. */
    private Role deleter(String environment) {
        return registrable(environment).kind() == EnvironmentKind.PRODUCTION ? Role.OWNER : Role.ADMIN;
    }

    public boolean mayDelete(Actor actor, RegistrationSnapshot registered) {
        return actor.is(
                        deleter(registered.registration().environment()),
                        registered.application().teamId())
                && registered.registration().state() != Registration.State.SUSPENDED;
    }

    private void mustDelete(Actor actor, RegistrationSnapshot registered) {
        actor.mustBe(
                deleter(registered.registration().environment()),
                registered.application().teamId());
    }

    /** The registration, for whoever may delete it. */
    public RegistrationSnapshot findToDelete(Actor actor, UUID applicationId, String environment) {
        var registered = find(actor, applicationId, environment);
        mustDelete(actor, registered);
        return registered;
    }

    /** The registration, for whoever may change it and its secrets. */
    public RegistrationSnapshot findToChange(Actor actor, UUID applicationId, String environment) {
        var registered = find(actor, applicationId, environment);
        actor.mustBe(Role.ADMIN, registered.application().teamId());
        return registered;
    }

    /** All that the rules say of the draft as it stands. */
    public Violations judge(Actor actor, Draft draft) {
        var application = applications.find(actor, draft.applicationId());
        return RegistrationRules.check(draft.candidate(), registrable(draft.environment()), application.details());
    }

    /** What registering this draft would do to the registration as it stands. */
    public Preview preview(Actor actor, Draft draft) {
        var application = applications.find(actor, draft.applicationId());
        var current = writer.current(application, draft.environment());
        var before =
                current.map(registered -> registered.metadata().asCandidate()).orElse(Candidate.EMPTY);
        var after = draft.candidate().withDefaults(application.details());
        var revokes = current.isPresent()
                && current.get().metadata().tokenEndpointAuthMethod().usesSecret()
                && TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code().equals(after.tokenEndpointAuthMethod());
        var live = LiveCheckRules.check(draft.reports(), after, before);
        return new Preview(Change.between(before, after), revokes, live);
    }

    /** Takes the application's lock: what is read under it stays as it is until the transaction ends. */
    RegistrationSnapshot lock(Actor actor, UUID applicationId, String environment) {
        return lock(actor, applicationId, environment, Role.ADMIN);
    }

    private RegistrationSnapshot lock(Actor actor, UUID applicationId, String environment, Role needed) {
        var application = applications.lockFor(actor, applicationId, needed);
        registrable(environment);
        return writer.current(application, environment).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * @param changes what would differ
     * @param revokesSecrets whether the client's secrets would stop working
     * @param live what the latest check of the draft's endpoints means for it
     */
    public record Preview(List<Change> changes, boolean revokesSecrets, Violations live) {}

    /** One accepted change. */
    public record HistoryEntry(int number, Instant at, String actor, List<Change> changes) {}
}
