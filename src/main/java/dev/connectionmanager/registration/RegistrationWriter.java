package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.credential.ClientSecrets;
import dev.connectionmanager.endpoint.RecheckQueue;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.outbound.Caller;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationStatements.Read;
import dev.connectionmanager.registration.RegistrationStatements.Rights;
import dev.connectionmanager.registration.RegistrationStatements.WriteResult;
import dev.connectionmanager.registration.RegistrationStatements.Writing;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What stands registered, and the writes of the one transaction that changes it. Rights and rules come before. */
@ApplicationScoped
public class RegistrationWriter {
    private final ApplicationStore applications;
    private final Stores.RegistrationStore store;
    private final Stores.RevisionStore revisions;
    private final Stores.DraftStore drafts;
    private final EndpointReports reports;
    private final RecheckQueue queue;
    private final Stores.UncollectedSecretStore uncollected;
    private final RegistrationStatements statements;
    private final ClientIds clientIds;
    private final ClientSecrets secrets;
    private final SuspendedClients suspended;
    private final RegistrationEvents events;
    private final Clock clock;

    RegistrationWriter(
            ApplicationStore applications,
            Stores.RegistrationStore store,
            Stores.RevisionStore revisions,
            Stores.DraftStore drafts,
            EndpointReports reports,
            RecheckQueue queue,
            Stores.UncollectedSecretStore uncollected,
            RegistrationStatements statements,
            ClientIds clientIds,
            ClientSecrets secrets,
            SuspendedClients suspended,
            RegistrationEvents events,
            Clock clock) {
        this.applications = applications;
        this.store = store;
        this.revisions = revisions;
        this.drafts = drafts;
        this.reports = reports;
        this.queue = queue;
        this.uncollected = uncollected;
        this.statements = statements;
        this.clientIds = clientIds;
        this.secrets = secrets;
        this.suspended = suspended;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What rules and live checks accepted.
     *
     * @param warnings of the rules, kept with the revision
     * @param reports of the live checks, kept beside it
     * @param draft that it was typed into, as it was read; {@code null} for none
     * @param collected whether the secret, if one is due, waits for the team to collect it instead of being answered
     */
    record Accepted(
            ClientMetadata metadata, Violations warnings, List<CheckReport> reports, Draft draft, boolean collected) {}

    Optional<RegistrationSnapshot> current(Application application, String environment) {
        return store.existing(application.id(), environment).map(registration -> of(application, registration));
    }

    /** A registration by its own id, in whatever environment; empty for a deleted one. */
    public Optional<RegistrationSnapshot> existing(UUID registrationId) {
        return store.find("id = ?1 and deletedAt is null", registrationId)
                .firstResultOptional()
                .map(registration -> of(applications.findById(registration.applicationId()), registration));
    }

    /** A registration, deleted or not, as it stands. */
    RegistrationSnapshot of(Application application, Registration registration) {
        var revision = revisions.inForce(registration);
        return new RegistrationSnapshot(application, registration, revision.metadata(), revision.warnings());
    }

    /**
     * A team that has endpoints checked, with the hosts that it has registered: there it goes before others.
     *
     * @param registers whether something is registered or approved if the check goes well
     */
    public Caller caller(UUID teamId, boolean registers) {
        var hosts = store.endpoints(applications.idsOf(teamId)).stream()
                .map(uri -> URI.create(uri).getHost())
                .filter(Objects::nonNull)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return new Caller(teamId.toString(), registers, hosts);
    }

    /** @throws Refusal.Stale when the registration is not in the state that the caller believes it to be in */
    static void mustHold(Precondition precondition, Optional<RegistrationSnapshot> current) {
        if (current.isPresent()) {
            precondition.mustMatch(current.get().tag());
        } else {
            precondition.mustExpectNothing();
        }
    }

    /**
     * Issues or replaces what was just read and judged, in the caller's transaction, without reading it again: the locks and the
     * question whether all of it still holds go with what is written.
     *
     * @param rights that are asked for once more with it
     * @return empty where nothing was written: something has changed meanwhile, or has to be judged under the lock, as
     *     {@link #write} does
     */
    Optional<RegistrationResult> writeAsRead(
            Actor actor, Rights rights, Read read, String environment, Accepted accepted) {
        return read.suspendedInTeam()
                        || accepted.draft() != null
                        || read.current()
                                .filter(before -> same(before, accepted))
                                .isPresent()
                ? Optional.empty()
                : put(actor, rights, read.application(), environment, read.current(), accepted);
    }

    private static boolean same(RegistrationSnapshot before, Accepted accepted) {
        return before.metadata().equals(accepted.metadata())
                && before.warnings().equals(accepted.warnings());
    }

    /**
     * Issues or replaces, in the caller's transaction.
     *
     * @throws Refusal.Stale when somebody else was faster, or has edited the draft
     * @throws Refusal.Conflict when the draft is gone, and for an address of a suspended client of the team
     */
    RegistrationResult write(
            Actor actor, UUID applicationId, String environment, Accepted accepted, Precondition precondition) {
        var application = applications.lock(applicationId).orElseThrow(Refusal.NotFound::new);
        var before = current(application, environment);
        mustHold(precondition, before);
        var neighbours = suspended.lockAndRequireFree(
                actor, application, environment, before, accepted.metadata().asCandidate());
        if (accepted.draft() != null) {
            end(accepted.draft());
        }
        var outcome = before.filter(registered -> same(registered, accepted))
                .map(registered -> new RegistrationResult(registered, false, Optional.empty()))
                .or(() -> put(actor, Rights.ASKED_FOR, application, environment, before, accepted))
                .orElseThrow(() -> new IllegalStateException("It has changed under the application's lock"));
        suspended.tellNeighbours(actor, application, neighbours);
        return outcome;
    }

    private Optional<RegistrationResult> put(
            Actor actor,
            Rights rights,
            Application application,
            String environment,
            Optional<RegistrationSnapshot> before,
            Accepted accepted) {
        var writing = new Writing(actor, rights, application, environment, accepted.metadata(), accepted.warnings());
        var outcome = before.isPresent() ? replace(writing, before.get(), accepted) : issue(writing, accepted);
        outcome.filter(done -> !accepted.reports().isEmpty() || hasEndpoint(before))
                .ifPresent(done -> reports.keep(done.registered(), accepted.reports()));
        return outcome;
    }

    private static boolean hasEndpoint(Optional<RegistrationSnapshot> registered) {
        return registered
                .filter(snapshot -> ClientEndpoint.any(snapshot.metadata().asCandidate()))
                .isPresent();
    }

    /** Only what was judged and checked ends: what a colleague typed meanwhile is not lost. */
    private void end(Draft read) {
        var draft = drafts.findByIdOptional(read.id()).orElseThrow(() -> new Refusal.Conflict(Reason.DRAFT_ENDED));
        if (!draft.tag().equals(read.tag())) {
            throw new Refusal.Stale();
        }
        drafts.delete("id", read.id());
    }

    private Optional<RegistrationResult> issue(Writing writing, Accepted accepted) {
        return clientIds.issue(
                writing.application().details().category(), clientId -> issue(writing, accepted, clientId));
    }

    /** @return empty where the client ID is taken; holds nothing where something has changed since it was read */
    private Optional<Optional<RegistrationResult>> issue(Writing writing, Accepted accepted, String clientId) {
        var registration =
                new Registration(writing.application().id(), writing.environment(), clientId, clock.instant());
        var due = accepted.metadata().tokenEndpointAuthMethod().usesSecret() && !accepted.collected();
        var secret = due ? secrets.make(registration.id(), clientId, writing.environment()) : null;
        return switch (statements.issue(writing, registration, secret == null ? null : secret.metadata())) {
            case TAKEN -> Optional.empty();
            case NOT_AS_READ -> Optional.of(Optional.empty());
            case WRITTEN ->
                Optional.of(Optional.of(issued(writing, registration, accepted, Optional.ofNullable(secret))));
        };
    }

    private RegistrationResult issued(
            Writing writing, Registration registration, Accepted accepted, Optional<ClientSecrets.Issued> secret) {
        plan(registration, Candidate.EMPTY, accepted.metadata());
        var actor = writing.actor();
        var after =
                new RegistrationSnapshot(writing.application(), registration, accepted.metadata(), accepted.warnings());
        events.record(actor, after, RegistrationEvent.ISSUED, null, after.trace());
        secret.ifPresent(issued -> tellOfSecret(actor, after, issued));
        if (accepted.metadata().tokenEndpointAuthMethod().usesSecret() && accepted.collected()) {
            uncollected.persist(new UncollectedSecret(registration.id(), clock.instant()));
        }
        return new RegistrationResult(after, true, secret);
    }

    private Optional<RegistrationResult> replace(Writing writing, RegistrationSnapshot before, Accepted accepted) {
        if (statements.change(writing, before.registration()) != WriteResult.WRITTEN) {
            return Optional.empty();
        }
        // What the ORM has of it is not so any more.
        store.getEntityManager().detach(before.registration());
        var registration = before.registration().revised();
        plan(registration, before.metadata().asCandidate(), accepted.metadata());
        var actor = writing.actor();
        var after =
                new RegistrationSnapshot(before.application(), registration, accepted.metadata(), accepted.warnings());
        events.record(actor, after, RegistrationEvent.CHANGED, before.trace(), after.trace());
        return Optional.of(
                new RegistrationResult(after, false, switchSecret(actor, before.metadata(), after, accepted)));
    }

    /** By the clock only what has an endpoint is checked. */
    private void plan(Registration registration, Candidate before, ClientMetadata after) {
        boolean has = ClientEndpoint.any(after.asCandidate());
        if (has && !ClientEndpoint.any(before)) {
            queue.begin(registration.id(), clock.instant());
        } else if (!has && ClientEndpoint.any(before)) {
            queue.end(registration.id());
        }
    }

    private Optional<ClientSecrets.Issued> switchSecret(
            Actor actor, ClientMetadata before, RegistrationSnapshot after, Accepted accepted) {
        var did = before.tokenEndpointAuthMethod().usesSecret();
        var does = after.metadata().tokenEndpointAuthMethod().usesSecret();
        if (did && !does) {
            secrets.revokeAll(after.registration().id());
            uncollected.deleteById(after.registration().id());
            events.record(actor, after, RegistrationEvent.SECRETS_REVOKED, null, null);
        }
        return does && !did ? newSecret(actor, after, accepted) : Optional.empty();
    }

    private Optional<ClientSecrets.Issued> newSecret(Actor actor, RegistrationSnapshot after, Accepted accepted) {
        var registration = after.registration();
        if (accepted.collected()) {
            uncollected.persist(new UncollectedSecret(registration.id(), clock.instant()));
            return Optional.empty();
        }
        var issued = secrets.issue(registration.id(), registration.clientId(), registration.environment());
        tellOfSecret(actor, after, issued);
        return Optional.of(issued);
    }

    private void tellOfSecret(Actor actor, RegistrationSnapshot registered, ClientSecrets.Issued issued) {
        events.record(
                actor,
                registered,
                RegistrationEvent.SECRET_ISSUED,
                null,
                RegistrationEvents.audited(issued.metadata()));
    }

    /**
     * Keeps with a draft what was seen of its endpoints, so that the team sees it beside its answers; in the caller's
     * transaction.
     *
     * @param checked what was checked: of what a colleague changed meanwhile nothing is kept
     * @return whether the draft is still there
     */
    public boolean keepWithDraft(UUID draftId, Candidate checked, List<CheckReport> reports) {
        var draft = drafts.findByIdOptional(draftId);
        draft.ifPresent(found -> found.checked(checked, reports));
        return draft.isPresent();
    }
}
