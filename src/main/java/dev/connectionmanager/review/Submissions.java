package dev.connectionmanager.review;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.review.rules.AutomaticApprovalRules;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestRules;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.review.rules.ServiceLevel;
import dev.connectionmanager.review.rules.TransitionRules;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks the endpoints that a request names, and submits it. Each act blocks its thread for some 20 seconds at most, and
 * must not be called inside a transaction: none is open while it checks.
 */
@ApplicationScoped
public class Submissions {
    private final Stores.RequestStore store;
    private final RequestReviews files;
    private final ProductionRegistrations production;
    private final Teams teams;
    private final RequestJournal journal;
    private final Decisions decisions;
    private final ServiceLevel serviceLevel;
    private final EntityManager entities;
    private final Clock clock;
    private final boolean automatic;

    Submissions(
            Stores.RequestStore store,
            RequestReviews files,
            ProductionRegistrations production,
            Teams teams,
            RequestJournal journal,
            Decisions decisions,
            ServiceLevel serviceLevel,
            EntityManager entities,
            Clock clock,
            @ConfigProperty(name = "connection-manager.review.automatic-redirect-uris") boolean automatic) {
        this.store = store;
        this.files = files;
        this.production = production;
        this.teams = teams;
        this.journal = journal;
        this.decisions = decisions;
        this.serviceLevel = serviceLevel;
        this.entities = entities;
        this.clock = clock;
        this.automatic = automatic;
    }

    /**
     * Checks the endpoints of what is asked now and keeps the reports with the request; its team and the operators may.
     *
     * @throws Refusal.Conflict for a request that is closed, or was edited in the meantime
     * @throws Refusal.TooMany when the portal is busy, or the team or the target has used up its share
     */
    public RequestReview check(Actor actor, UUID id) {
        var before = read(actor, id);
        mustBeAllowed(RequestAct.CHECK, actor, before);
        var reports = check(actor, before);
        return QuarkusTransaction.requiringNew().call(() -> {
            var file = files.lock(actor, id);
            mustBeAllowed(RequestAct.CHECK, actor, file);
            keep(actor, before, file, reports);
            return files.refreshRisk(actor, file);
        });
    }

    /**
     * Runs everything and hands the request to the operators; a change that the rules approve by themselves is in force at
     * once, where operators have allowed that.
     *
     * @param precondition {@code null} = whatever it holds now
     * @throws Refusal.Rejected with every finding; the reports are kept with the request
     * @throws Refusal.Stale when it is not, or not any more after the check, what the precondition names
     * @throws Refusal.Conflict for a request that is no draft and has no changes requested, or was edited in the meantime;
     *     for one that asks for exactly what is live; for an address of a client of the same team that operators have suspended
     * @throws Refusal.TooMany when the portal is busy, or the team or the target has used up its share
     */
    public RequestReview submit(Actor actor, UUID id, Precondition precondition) {
        var first = QuarkusTransaction.requiringNew().call(() -> begin(actor, id, precondition));
        var submitted = first;
        if (ClientEndpoint.any(first.candidate())) {
            var reports = check(actor, first);
            submitted = QuarkusTransaction.requiringNew().call(() -> {
                var file = files.lock(actor, id);
                mustSubmit(actor, file);
                mustBeAsLookedAt(first.request(), file.request(), precondition);
                return submitUnlessFound(actor, first, file, reports);
            });
        }
        if (submitted.request().state().editable()) {
            Refusal.Rejected.ifBlocking(findings(submitted));
        }
        return submitted;
    }

    /** What comes before the endpoints are opened; where there are none, it is submitted under the same lock. */
    private RequestReview begin(Actor actor, UUID id, Precondition precondition) {
        var file = files.lock(actor, id);
        TransitionRules.mustBeAllowed(
                RequestAct.SUBMIT, actor, file.application().teamId());
        Requests.mustMatch(file, precondition);
        TransitionRules.requireTransition(file.request().state(), RequestAct.SUBMIT);
        if (file.changesNothing()) {
            throw new Refusal.Conflict(Reason.REQUEST_CHANGES_NOTHING);
        }
        if (!file.rules().block() && file.known().standing().suspendedInTeam()) {
            production.requireFree(
                    actor, file.application(), file.request().environment(), file.candidate(), file.live());
        }
        if (ClientEndpoint.any(file.candidate())) {
            return file;
        }
        mustSubmit(actor, file);
        return submitUnlessFound(actor, file, file, List.of());
    }

    /** As the database has it under the lock: who waited for endpoints may have lost the right. */
    private void mustSubmit(Actor actor, RequestReview file) {
        if (!file.known().standing().actorWorks()) {
            throw new Refusal.NotAllowed(Reason.API_CREDENTIAL_ENDED);
        }
        mustBeAllowed(
                RequestAct.SUBMIT,
                teams.withCurrentRole(actor, file.application().teamId()),
                file);
    }

    private RequestReview submitUnlessFound(
            Actor actor, RequestReview looked, RequestReview now, List<CheckReport> reports) {
        keep(actor, looked, now, reports);
        var checked = files.again(actor, now);
        return findings(checked).block() ? checked : submit(actor, checked);
    }

    private static void mustBeAllowed(RequestAct act, Actor actor, RequestReview file) {
        TransitionRules.mustBeAllowed(act, actor, file.application().teamId());
        TransitionRules.requireTransition(file.request().state(), act);
    }

    /** What else was answered counts too: it is submitted as the actor knows it, or not at all. */
    private static void mustBeAsLookedAt(ProductionRequest before, ProductionRequest now, Precondition precondition) {
        if (before.edition() != now.edition()) {
            throw precondition == null ? changedMeanwhile() : new Refusal.Stale();
        }
    }

    private static Refusal.Conflict changedMeanwhile() {
        return new Refusal.Conflict(Reason.REQUEST_CHANGED);
    }

    private static Violations findings(RequestReview file) {
        return file.found().and(RequestRules.checkComplete(file.request().answers()));
    }

    private List<CheckReport> check(Actor actor, RequestReview file) {
        return production.check(
                actor,
                file.application(),
                production.environment(file.request().environment()),
                file.candidate(),
                file.live().map(live -> live.metadata().asCandidate()).orElse(Candidate.EMPTY),
                file.rules());
    }

    private void keep(Actor actor, RequestReview checked, RequestReview now, List<CheckReport> reports) {
        if (!now.request().candidate().equals(checked.request().candidate())) {
            throw changedMeanwhile();
        }
        now.request().checked(reports);
        for (var report : reports) {
            journal.trace(
                    actor,
                    now.request(),
                    now.application(),
                    report.blocks() ? "endpoint-check-failed" : "endpoint-check-passed",
                    null,
                    report.field() + " " + report.uri());
        }
    }

    private RequestReview submit(Actor actor, RequestReview file) {
        var request = file.request();
        var application = file.application();
        var before = request.standing();
        var now = clock.instant();
        request.submit(file.hands(actor), Risk.greatest(file.risks()), now, serviceLevel.due(now));
        entities.flush();
        journal.enter(
                actor,
                request,
                application,
                RequestEntry.Kind.SUBMITTED,
                request.answers().note(),
                List.of());
        journal.trace(actor, request, application, "request-submitted", before, request.trace());
        if (automatic && approvedByRule(file)) {
            var approved = decisions.approve(Actor.portal(), files.again(actor, file), null);
            journal.tellOperators("request-approved-by-rule", Actor.portal(), file, null);
            return approved;
        }
        journal.tellTeam("request-submitted", actor, file, null);
        journal.tellOperators(
                "request-submitted", actor, file, request.answers().note());
        return files.again(actor, file);
    }

    /** Not for a client that operators keep out, nor over an objection: where they last approved nothing, they decide again. */
    private boolean approvedByRule(RequestReview file) {
        var request = file.request();
        return file.live()
                        .filter(live -> live.registration().state() == Registration.State.ACTIVE)
                        .filter(live -> AutomaticApprovalRules.covers(
                                file.candidate(), live.metadata().asCandidate()))
                        .isPresent()
                && store.lastDecided(request.applicationId(), request.environment())
                        .filter(last -> last.state() != RequestState.APPROVED)
                        .isEmpty();
    }

    /** In a transaction of its own, which ends before endpoints are opened: what reads on after that reads afresh. */
    private RequestReview read(Actor actor, UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> files.find(actor, id));
    }
}
