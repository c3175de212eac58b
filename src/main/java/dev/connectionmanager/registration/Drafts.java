package dev.connectionmanager.registration;

import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.ClientMember;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The acts on half-finished registrations: at most one per application and environment, shared by the team. */
@ApplicationScoped
public class Drafts {
    private final Registrations registrations;
    private final Applications applications;
    private final ApplicationStore applicationStore;
    private final Stores.DraftStore store;
    private final Stores.RevisionStore revisions;
    private final DraftTrail trail;
    private final Clock clock;

    Drafts(
            Registrations registrations,
            Applications applications,
            ApplicationStore applicationStore,
            Stores.DraftStore store,
            Stores.RevisionStore revisions,
            DraftTrail trail,
            Clock clock) {
        this.registrations = registrations;
        this.applications = applications;
        this.applicationStore = applicationStore;
        this.store = store;
        this.revisions = revisions;
        this.trail = trail;
        this.clock = clock;
    }

    /** @throws Refusal.NotAllowed for a viewer: a draft is for those who can finish it */
    public Optional<Draft> find(Actor actor, UUID applicationId, String environment) {
        var application = applications.find(actor, applicationId);
        actor.mustBe(Role.ADMIN, application.teamId());
        registrations.pathToLive(environment);
        return store.of(applicationId, environment);
    }

    /** The draft there is; else, where something is registered, what a change of it would begin with, which nobody keeps. */
    public Optional<Draft> begun(Actor actor, UUID applicationId, String environment) {
        return find(actor, applicationId, environment).or(() -> registered(actor, applicationId, environment)
                .map(registered -> ofRegistration(actor, registered)));
    }

    private Optional<RegistrationSnapshot> registered(Actor actor, UUID applicationId, String environment) {
        return registrations.all(actor, applicationId).stream()
                .filter(one -> one.registration().environment().equals(environment))
                .findFirst();
    }

    private Draft ofRegistration(Actor actor, RegistrationSnapshot registered) {
        var draft = new Draft(
                registered.application().id(), registered.registration().environment());
        draft.basedOn(registered.registration());
        draft.save(registered.metadata().asCandidate(), actor.name(), clock.instant());
        return draft;
    }

    /**
     * Those of an application, by environment.
     *
     * @throws Refusal.NotAllowed for a viewer
     */
    public List<Draft> all(Actor actor, UUID applicationId) {
        var application = applications.find(actor, applicationId);
        actor.mustBe(Role.ADMIN, application.teamId());
        return store.list("applicationId = ?1 order by environment", applicationId);
    }

    /** The draft there is, or a new one: of the registration as it stands, or an empty one for a first registration. */
    @Transactional
    public Draft start(Actor actor, UUID applicationId, String environment) {
        return start(actor, applicationId, environment, Optional.empty());
    }

    /**
     * A draft with the values of this application's registration in another environment; what the team typed into an
     * existing draft is never overwritten.
     *
     * @throws Refusal.Conflict when there is a draft or a registration already
     */
    @Transactional
    public Draft carryOver(Actor actor, UUID applicationId, String from, String to) {
        var source = registrations.find(actor, applicationId, from);
        if (find(actor, applicationId, to).isPresent()) {
            throw new Refusal.Conflict(Reason.DRAFT_EXISTS);
        }
        if (registrations.all(actor, applicationId).stream()
                .anyMatch(r -> r.registration().environment().equals(to))) {
            throw new Refusal.Conflict(Reason.REGISTRATION_EXISTS);
        }
        return start(actor, applicationId, to, Optional.of(source.metadata().asCandidate()));
    }

    private Draft start(Actor actor, UUID applicationId, String environment, Optional<Candidate> prefilled) {
        var application = applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        var existing = find(actor, applicationId, environment);
        if (existing.filter(draft -> !draft.untouched()).isPresent()) {
            return existing.get();
        }
        // Nobody has typed into it: it begins anew, of the registration as it is now.
        existing.ifPresent(draft -> {
            store.delete(draft);
            store.flush();
        });
        var draft = registered(actor, applicationId, environment)
                .map(registered -> ofRegistration(actor, registered))
                .orElseGet(() -> {
                    var first = new Draft(applicationId, environment);
                    first.save(prefilled.orElse(Candidate.EMPTY), actor.name(), clock.instant());
                    prefilled.ifPresent(answers -> first.answered(ClientMember.questions()));
                    return first;
                });
        store.persistAndFlush(draft);
        trail.write(actor, application, draft, "draft-started", null, draft.candidate());
        return draft;
    }

    /**
     * Keeps what was typed on one page; the rest of the draft stays as it is. Where there is none, a change of what is registered begins.
     *
     * @param question the page's, by the last part of its address
     * @throws Refusal.Rejected for what is too large to keep; what breaks other rules is kept
     */
    @Transactional
    public Draft save(
            Actor actor, UUID applicationId, String environment, String question, UnaryOperator<Candidate> change) {
        applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        var draft = find(actor, applicationId, environment)
                .or(() -> registered(actor, applicationId, environment)
                        .map(registered -> start(actor, applicationId, environment)))
                .orElseThrow(Refusal.NotFound::new);
        var before = draft.candidate();
        var after = change.apply(before);
        Refusal.Rejected.ifBlocking(RegistrationRules.checkSize(after));
        if (!draft.changesRegistration() || !after.equals(before)) {
            draft.answered(List.of(question));
        }
        if (!after.equals(before)) {
            draft.save(after, actor.name(), clock.instant());
            store.flush();
            var changes = new Saved(Change.between(before, after));
            trail.write(actor, applications.find(actor, applicationId), draft, "draft-saved", null, changes);
        }
        return draft;
    }

    /** Puts the draft on top of the registration as it is now, after its author has seen what changed. */
    @Transactional
    public Draft rebase(Actor actor, UUID applicationId, String environment) {
        var draft = lock(actor, applicationId, environment);
        var before = draft.baseRevision();
        draft.basedOn(registrations.find(actor, applicationId, environment).registration());
        trail.write(
                actor,
                applications.find(actor, applicationId),
                draft,
                "draft-rebased",
                new Base(before),
                new Base(draft.baseRevision()));
        return draft;
    }

    /** What another person changed since this draft was begun; empty when nobody did. */
    public List<Change> changedSince(Actor actor, Draft draft) {
        if (!draft.changesRegistration()) {
            return List.of();
        }
        var now = registrations.find(actor, draft.applicationId(), draft.environment());
        var then = revisions.number(now.registration(), draft.baseRevision());
        return Change.between(then.metadata().asCandidate(), now.metadata().asCandidate());
    }

    @Transactional
    public void discard(Actor actor, UUID applicationId, String environment) {
        var draft = lock(actor, applicationId, environment);
        store.delete(draft);
        trail.write(actor, applications.find(actor, applicationId), draft, "draft-discarded", draft.candidate(), null);
    }

    private Draft lock(Actor actor, UUID applicationId, String environment) {
        applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        return find(actor, applicationId, environment).orElseThrow(Refusal.NotFound::new);
    }

    /** The rest of the draft stands in the trail already. */
    private record Saved(List<Change> changes) {}

    private record Base(Integer revision) {}
}
