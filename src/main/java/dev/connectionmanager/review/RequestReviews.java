package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.Attestations;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.Change;
import dev.connectionmanager.metadata.LiveCheckRules;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.check.KeyProofs;
import dev.connectionmanager.review.rules.Answers;
import dev.connectionmanager.review.rules.FreshnessRules;
import dev.connectionmanager.review.rules.ReadinessRules;
import dev.connectionmanager.review.rules.ReadinessTask;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.review.rules.RiskRules;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Puts together what is known of a request; changes nothing. */
@ApplicationScoped
class RequestReviews {
    private final Stores.RequestStore store;
    private final ProductionRegistrations production;
    private final KeyProofs proofs;
    private final Teams teams;
    private final Attestations attestations;
    private final Clock clock;

    RequestReviews(
            Stores.RequestStore store,
            ProductionRegistrations production,
            KeyProofs proofs,
            Teams teams,
            Attestations attestations,
            Clock clock) {
        this.store = store;
        this.production = production;
        this.proofs = proofs;
        this.teams = teams;
        this.attestations = attestations;
        this.clock = clock;
    }

    /** @throws Refusal.NotFound for an unknown request, and for one of a team that this actor may not read */
    RequestReview find(Actor actor, UUID id) {
        var request = store.findByIdOptional(id).orElseThrow(Refusal.NotFound::new);
        var application = production.application(request.applicationId());
        actor.mustRead(application.teamId());
        return of(actor, request, application);
    }

    /** Takes the application's lock first: what is found stays as it is until the transaction ends. */
    RequestReview lock(Actor actor, UUID id) {
        var applicationId = store.applicationOf(id).orElseThrow(Refusal.NotFound::new);
        var application = production.lock(applicationId);
        actor.mustRead(application.teamId());
        return of(actor, store.findById(id), application);
    }

    /** Who has a hand in what this actor does to a request of this application now. */
    Contributors hands(Actor actor, Application application) {
        return new Contributors(actor, application.teamId(), teams.subjects(application.teamId()));
    }

    RequestReview of(Actor actor, ProductionRequest request, Application application) {
        var live = production.live(application, request.environment());
        var compared =
                request.compared().orElseGet(() -> Baseline.with(live.or(() -> production.rehearsed(application))));
        var before = compared.candidate();
        var named = request.candidate().withDefaults(application.details());
        var rules = production.judge(application, production.environment(request.environment()), named);
        // As it would be registered, so that nothing differs from what is live but what would really change.
        var candidate = rules.block() ? named : RegistrationRules.accept(named).asCandidate();
        var registered = compared.in(request.environment()) ? before : Candidate.EMPTY;
        var seen = LiveCheckRules.check(request.reports(), candidate, registered);
        return new RequestReview(
                request,
                application,
                teams.find(actor, application.teamId()),
                RequestTag.of(request, application, candidate, seen, live).text(),
                candidate,
                live,
                compared,
                rules,
                seen,
                Change.between(before, candidate),
                risks(request, live, application, RiskRules.check(candidate, before, rules.and(seen))),
                ReadinessRules.check(facts(
                        actor,
                        application,
                        request.environment(),
                        candidate,
                        rules,
                        request.reports(),
                        seen,
                        request.answers())),
                FreshnessRules.tooOld(candidate, registered, request.reports(), clock.instant()),
                request.state() == RequestState.APPROVED
                        && live.filter(production::secretWaits).isPresent());
    }

    /** Beside what the metadata show: a client ID that was deleted does not come back by an approval. */
    private List<Risk> risks(
            ProductionRequest request,
            Optional<RegistrationSnapshot> live,
            Application application,
            List<Risk> ofMetadata) {
        if (live.isPresent() || !request.state().open()) {
            return ofMetadata;
        }
        var deleted = production.deleted(application, request.environment()).stream()
                .map(registration -> Risk.of(Risk.Kind.REGISTRATION_DELETED, "client_id", registration.clientId()));
        return Stream.concat(deleted, ofMetadata.stream())
                .sorted(Comparator.comparing(Risk::level).reversed())
                .toList();
    }

    /** The same, once something that matters has changed; the caller holds the lock. The queue shows its risk. */
    RequestReview refreshRisk(Actor actor, ProductionRequest request, Application application) {
        var file = of(actor, request, application);
        if (request.submittedAt().isPresent()) {
            request.weigh(Risk.greatest(file.risks()));
        }
        return file;
    }

    /** What this team last said beside the metadata. What a team that had the application before it said is not its own. */
    Answers lastAnswers(Application application, String environment) {
        return store.lastApproved(application.id(), environment)
                .filter(request -> request.editorTeams().contains(application.teamId()))
                .map(ProductionRequest::answers)
                .orElse(Answers.NONE);
    }

    /** How ready an application without an open request is: what it has in Path-to-Live, by production's rules. */
    List<ReadinessTask> ahead(Actor actor, Application application, String environment) {
        var rehearsed = production.rehearsed(application);
        var candidate =
                rehearsed.map(RequestReviews::candidate).orElse(Candidate.EMPTY).withDefaults(application.details());
        var reports = rehearsed.map(production::latestChecks).orElse(List.of());
        return ReadinessRules.check(facts(
                actor,
                application,
                environment,
                candidate,
                production.judge(application, production.environment(environment), candidate),
                reports,
                LiveCheckRules.check(reports, candidate, Candidate.EMPTY),
                lastAnswers(application, environment)));
    }

    private ReadinessRules.Facts facts(
            Actor actor,
            Application application,
            String environment,
            Candidate candidate,
            Violations rules,
            List<CheckReport> reports,
            Violations seen,
            Answers answers) {
        return new ReadinessRules.Facts(
                candidate,
                rules,
                reports,
                seen,
                answers,
                teams.addresses(application.teamId(), Role.OWNER).size(),
                proofs.anyProven(
                        actor,
                        Stream.concat(
                                production.live(application, environment).stream(),
                                production.rehearsed(application).stream()),
                        reports),
                attestations.lastOf(application.teamId()),
                clock.instant());
    }

    private static Candidate candidate(RegistrationSnapshot registered) {
        return registered.metadata().asCandidate();
    }
}
