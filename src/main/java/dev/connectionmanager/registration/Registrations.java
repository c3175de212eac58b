package dev.connectionmanager.registration;

import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.CandidateJson.Reading;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Role;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The acts on registrations in the Path-to-Live environments. Whatever the edge, this is the only way to a client ID.
 * A registration of another team, of an unknown environment or a deleted one is {@link Refusal.NotFound} in all acts.
 */
@ApplicationScoped
public class Registrations {
    private final Environments environments;
    private final Applications applications;
    private final Stores.ApplicationStore applicationStore;
    private final Stores.RegistrationStore store;
    private final Stores.RevisionStore revisions;
    private final Stores.DraftStore drafts;
    private final ClientIds clientIds;
    private final ClientSecrets secrets;
    private final RegistrationTrail trail;
    private final Clock clock;

    Registrations(
            Environments environments,
            Applications applications,
            Stores.ApplicationStore applicationStore,
            Stores.RegistrationStore store,
            Stores.RevisionStore revisions,
            Stores.DraftStore drafts,
            ClientIds clientIds,
            ClientSecrets secrets,
            RegistrationTrail trail,
            Clock clock) {
        this.environments = environments;
        this.applications = applications;
        this.applicationStore = applicationStore;
        this.store = store;
        this.revisions = revisions;
        this.drafts = drafts;
        this.clientIds = clientIds;
        this.secrets = secrets;
        this.trail = trail;
        this.clock = clock;
    }

    /** The environment of this id, in which one registers without asking anybody. */
    public Environment pathToLive(String id) {
        var environment = environments.find(id).orElseThrow(Refusal.NotFound::new);
        if (environment.kind() == EnvironmentKind.SELF_SERVICE) {
            throw new Refusal.NotFound(environment.name() + " needs no registration.");
        }
        if (environment.kind() == EnvironmentKind.PRODUCTION) {
            throw new Refusal.NotFound("Nothing is registered in " + environment.name() + ".");
        }
        return environment;
    }

    public Registered find(Actor actor, UUID applicationId, String environment) {
        var application = applications.find(actor, applicationId);
        pathToLive(environment);
        return registered(application, environment).orElseThrow(Refusal.NotFound::new);
    }

    /** What this application has registered, in the order of the environments. */
    public List<Registered> all(Actor actor, UUID applicationId) {
        var application = applications.find(actor, applicationId);
        return environments.all().stream()
                .flatMap(environment -> registered(application, environment.id()).stream())
                .toList();
    }

    /** The history, newest first. */
    public List<HistoryEntry> history(Actor actor, UUID applicationId, String environment) {
        var registration = find(actor, applicationId, environment).registration();
        var history = new ArrayList<HistoryEntry>();
        var before = Candidate.EMPTY;
        for (var revision : revisions.of(registration)) {
            var after = revision.metadata().asCandidate();
            history.add(new HistoryEntry(
                    revision.number(), revision.at(), revision.actorName(), Change.between(before, after)));
            before = after;
        }
        Collections.reverse(history);
        return history;
    }

    /**
     * Registers, or replaces what is registered. Rules first; nothing is issued or changed when one blocks.
     *
     * @param reading what was sent; without a client name the application's is taken
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Stale when the registration is not in the state that the caller believes it to be in
     */
    public Outcome put(
            Actor actor, UUID applicationId, String environmentId, Reading reading, Precondition precondition) {
        return put(actor, applicationId, environmentId, reading, precondition, null);
    }

    /**
     * Registers what a draft holds, and ends the draft. The same draft never registers twice.
     *
     * @throws Refusal.Conflict when another request has registered or discarded it in the meantime
     */
    public Outcome register(Actor actor, Draft draft) {
        return put(
                actor,
                draft.applicationId(),
                draft.environment(),
                Reading.of(draft.candidate()),
                draft.precondition(),
                draft.id());
    }

    /** Whether this draft has been registered before: then its answer has been shown. */
    public boolean answered(UUID draftId) {
        return revisions.count("draftId", draftId) > 0;
    }

    private Outcome put(
            Actor actor,
            UUID applicationId,
            String environmentId,
            Reading reading,
            Precondition precondition,
            UUID draftId) {
        var application = applications.find(actor, applicationId);
        actor.mustBe(Role.ADMIN, application.teamId());
        var environment = pathToLive(environmentId);
        mustHold(precondition, registered(application, environmentId));
        var named = reading.candidate()
                .withDefaults(
                        application.details().name(), application.details().applicationType());
        var found = reading.and(RegistrationRules.check(
                named, environment, application.details().applicationType()));
        found.refuseIfBlocking();
        var accepted = new Accepted(RegistrationRules.accept(named), found.warnings(), draftId);
        return QuarkusTransaction.requiringNew()
                .call(() -> write(actor, applicationId, environmentId, accepted, precondition));
    }

    private Outcome write(
            Actor actor, UUID applicationId, String environment, Accepted accepted, Precondition precondition) {
        var application = applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        var before = registered(application, environment);
        mustHold(precondition, before);
        if (accepted.draftId() != null && !drafts.deleteById(accepted.draftId())) {
            throw new Refusal.Conflict("This draft has been registered or discarded already.");
        }
        return before.isPresent()
                ? replace(actor, before.get(), accepted)
                : issue(actor, application, environment, accepted);
    }

    private Outcome issue(Actor actor, Application application, String environment, Accepted accepted) {
        var clientId = clientIds.issue(application.details().category());
        var registration = new Registration(application.id(), environment, clientId, clock.instant());
        store.persistAndFlush(registration);
        revise(actor, registration, accepted);
        var after = new Registered(application, registration, accepted.metadata(), accepted.warnings());
        trail.write(actor, after, "registration-issued", null, after.trace());
        var secret = accepted.metadata().tokenEndpointAuthMethod().usesSecret()
                ? Optional.of(issueSecret(actor, after))
                : Optional.<ClientSecrets.Issued>empty();
        return new Outcome(after, true, secret);
    }

    private Outcome replace(Actor actor, Registered before, Accepted accepted) {
        if (before.metadata().equals(accepted.metadata()) && before.warnings().equals(accepted.warnings())) {
            return new Outcome(before, false, Optional.empty());
        }
        var registration = before.registration();
        registration.nextRevision();
        store.flush();
        revise(actor, registration, accepted);
        var after = new Registered(before.application(), registration, accepted.metadata(), accepted.warnings());
        trail.write(actor, after, "registration-changed", before.trace(), after.trace());
        return new Outcome(after, false, switchSecret(actor, before.metadata(), after));
    }

    private Optional<ClientSecrets.Issued> switchSecret(Actor actor, ClientMetadata before, Registered after) {
        var did = before.tokenEndpointAuthMethod().usesSecret();
        var does = after.metadata().tokenEndpointAuthMethod().usesSecret();
        if (did && !does) {
            secrets.revokeAll(after.registration().id());
            trail.write(actor, after, "client-secrets-revoked", null, null);
        }
        return does && !did ? Optional.of(issueSecret(actor, after)) : Optional.empty();
    }

    private ClientSecrets.Issued issueSecret(Actor actor, Registered registered) {
        var registration = registered.registration();
        var issued = secrets.issue(registration.id(), registration.clientId(), registration.environment(), null);
        trail.write(actor, registered, "client-secret-issued", null, RegistrationTrail.of(issued.metadata()));
        return issued;
    }

    private void revise(Actor actor, Registration registration, Accepted accepted) {
        revisions.persist(new Revision(
                registration.id(),
                registration.revision(),
                accepted.metadata(),
                accepted.warnings(),
                actor.subject(),
                actor.name(),
                clock.instant(),
                accepted.draftId()));
    }

    /** Marks the registration as deleted; its client ID stays reserved for ever. */
    @Transactional
    public void delete(Actor actor, UUID applicationId, String environment, Precondition precondition) {
        var registered = lock(actor, applicationId, environment);
        precondition.mustMatch(registered.tag());
        drafts.delete("applicationId = ?1 and environment = ?2", applicationId, environment);
        registered.registration().delete(clock.instant());
        store.flush();
        trail.write(actor, registered, "registration-deleted", registered.trace(), null);
    }

    /** What another person changed since this draft was begun; empty when nobody did. */
    public List<Change> changedSince(Actor actor, Draft draft) {
        if (!draft.changesRegistration()) {
            return List.of();
        }
        var now = find(actor, draft.applicationId(), draft.environment());
        var then = revisions.number(now.registration(), draft.baseRevision());
        return Change.between(then.metadata().asCandidate(), now.metadata().asCandidate());
    }

    /** What registering this draft would do to the registration as it stands. */
    public Preview preview(Actor actor, Draft draft) {
        var application = applications.find(actor, draft.applicationId());
        var current = registered(application, draft.environment());
        var before =
                current.map(registered -> registered.metadata().asCandidate()).orElse(Candidate.EMPTY);
        var after = draft.candidate()
                .withDefaults(
                        application.details().name(), application.details().applicationType());
        var revokes = current.isPresent()
                && current.get().metadata().tokenEndpointAuthMethod().usesSecret()
                && TokenEndpointAuthMethod.PRIVATE_KEY_JWT.code().equals(after.tokenEndpointAuthMethod());
        return new Preview(Change.between(before, after), revokes);
    }

    /** Takes the application's lock: what is read under it stays as it is until the transaction ends. */
    Registered lock(Actor actor, UUID applicationId, String environment) {
        var application = applicationStore.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        actor.mustBe(Role.ADMIN, application.teamId());
        pathToLive(environment);
        return registered(application, environment).orElseThrow(Refusal.NotFound::new);
    }

    private Optional<Registered> registered(Application application, String environment) {
        return store.existing(application.id(), environment).map(registration -> {
            var revision = revisions.inForce(registration);
            return new Registered(application, registration, revision.metadata(), revision.warnings());
        });
    }

    private static void mustHold(Precondition precondition, Optional<Registered> current) {
        if (current.isPresent()) {
            precondition.mustMatch(current.get().tag());
        } else {
            precondition.mustExpectNothing();
        }
    }

    /**
     * What a registration act led to.
     *
     * @param created whether a client ID was issued
     * @param secret the secret issued with it, in clear, for this one answer
     */
    public record Outcome(Registered registered, boolean created, Optional<ClientSecrets.Issued> secret) {}

    /**
     * @param changes what would differ
     * @param revokesSecrets whether the client's secrets would stop working
     */
    public record Preview(List<Change> changes, boolean revokesSecrets) {}

    /** One accepted change. */
    public record HistoryEntry(int number, Instant at, String actor, List<Change> changes) {}

    private record Accepted(ClientMetadata metadata, Violations warnings, UUID draftId) {}
}
