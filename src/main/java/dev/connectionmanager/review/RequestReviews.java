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
import dev.connectionmanager.registration.Standing;
import dev.connectionmanager.registration.check.KeyProofs;
import dev.connectionmanager.review.RequestReview.Known;
import dev.connectionmanager.review.Stores.Filed;
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
import java.time.Instant;
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
        return of(actor, store.asked(id));
    }

    /** Takes the application's lock first: what is found stays as it is until the transaction ends. */
    RequestReview lock(Actor actor, UUID id) {
        return of(actor, store.lock(id));
    }

    private RequestReview of(Actor actor, Optional<Filed> found) {
        var asked = found.orElseThrow(Refusal.NotFound::new);
        actor.mustRead(asked.application().teamId());
        return of(actor, asked.request(), asked.application(), asked.attested());
    }

    /** One that the caller has read, or just made, under its application's lock. */
    RequestReview of(Actor actor, ProductionRequest request, Application application) {
        return of(actor, request, application, attestations.lastOf(application.teamId()));
    }

    private RequestReview of(
            Actor actor, ProductionRequest request, Application application, Optional<Instant> attested) {
        var standing = production.standing(actor, application, request.environment());
        return of(actor, request, application, new Known(standing, teams.roster(application.teamId()), attested));
    }

    /** The same request, as this act has changed it. */
    RequestReview again(Actor actor, RequestReview file) {
        return of(actor, file.request(), file.application(), file.known());
    }

    /** The same, once this was issued for it. */
    RequestReview issued(Actor actor, RequestReview file, RegistrationSnapshot issued) {
        var known = file.known();
        return of(
                actor,
                file.request(),
                file.application(),
                new Known(known.standing().with(issued), known.roster(), known.attested()));
    }

    /** Who has a hand in what this actor does to a request of this application now. */
    Contributors hands(Actor actor, Application application) {
        return new Contributors(actor, application.teamId(), teams.subjects(application.teamId()));
    }

    private RequestReview of(Actor actor, ProductionRequest request, Application application, Known known) {
        var standing = known.standing();
        var live = standing.live();
        var compared = request.compared().orElseGet(() -> Baseline.with(live.or(standing::rehearsed)));
        var before = compared.candidate();
        var named = request.candidate().withDefaults(application.details());
        var rules = production.judge(application, production.environment(request.environment()), named);
        // As it would be registered, so that nothing differs from what is live but what would really change.
        var candidate = rules.block() ? named : RegistrationRules.accept(named).asCandidate();
        var registered = compared.in(request.environment()) ? before : Candidate.EMPTY;
        var seen = LiveCheckRules.check(request.reports(), candidate, registered);
        var risks = risks(request, standing, RiskRules.check(candidate, before, rules.and(seen)));
        var waits = request.state() == RequestState.APPROVED && standing.secretWaits();
        var team = known.roster().team();
        return new RequestReview(
                request,
                application,
                team,
                RequestTag.of(
                                request,
                                application,
                                new RequestTag.Shown(team, candidate, rules.and(seen), live, waits, compared, risks))
                        .text(),
                candidate,
                live,
                compared,
                rules,
                seen,
                Change.between(before, candidate),
                risks,
                ReadinessRules.check(facts(actor, candidate, rules, request.reports(), seen, request.answers(), known)),
                FreshnessRules.tooOld(candidate, registered, request.reports(), clock.instant()),
                waits,
                known);
    }

    /** Beside what the metadata show: a client ID that was deleted does not come back by an approval. */
    private static List<Risk> risks(ProductionRequest request, Standing standing, List<Risk> ofMetadata) {
        if (standing.live().isPresent() || !request.state().open()) {
            return ofMetadata;
        }
        var deleted = standing.deleted().stream()
                .map(registration -> Risk.of(Risk.Kind.REGISTRATION_DELETED, "client_id", registration.clientId()));
        return Stream.concat(deleted, ofMetadata.stream())
                .sorted(Comparator.comparing(Risk::level).reversed())
                .toList();
    }

    /** The same, once something that matters has changed; the caller holds the lock. The queue shows its risk. */
    RequestReview refreshRisk(Actor actor, RequestReview before) {
        var file = again(actor, before);
        var request = file.request();
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
    List<ReadinessTask> ahead(Actor actor, Application application, Standing standing, String environment) {
        var rehearsed = standing.rehearsed();
        var candidate =
                rehearsed.map(RequestReviews::candidate).orElse(Candidate.EMPTY).withDefaults(application.details());
        var reports = rehearsed.map(production::latestChecks).orElse(List.of());
        return ReadinessRules.check(facts(
                actor,
                candidate,
                production.judge(application, production.environment(environment), candidate),
                reports,
                LiveCheckRules.check(reports, candidate, Candidate.EMPTY),
                lastAnswers(application, environment),
                new Known(standing, teams.roster(application.teamId()), attestations.lastOf(application.teamId()))));
    }

    private ReadinessRules.Facts facts(
            Actor actor,
            Candidate candidate,
            Violations rules,
            List<CheckReport> reports,
            Violations seen,
            Answers answers,
            Known known) {
        var standing = known.standing();
        return new ReadinessRules.Facts(
                candidate,
                rules,
                reports,
                seen,
                answers,
                known.roster().addresses(Role.OWNER).size(),
                // What has no keys needs no proof of one.
                candidate.jwksUri() != null
                        && proofs.anyProven(
                                actor, Stream.concat(standing.live().stream(), standing.rehearsed().stream()), reports),
                known.attested(),
                clock.instant());
    }

    private static Candidate candidate(RegistrationSnapshot registered) {
        return registered.metadata().asCandidate();
    }
}
