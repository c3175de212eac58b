package dev.connectionmanager.review;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Candidate;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What a decision writes, in the caller's transaction and under its lock. Rights come before. */
@ApplicationScoped
class Decisions {
    /** An approval does not rest on a look that is older. */
    static final Duration FRESH = Duration.ofHours(24);

    private final ProductionRegistrations production;
    private final RequestJournal journal;
    private final EntityManager entities;
    private final Clock clock;

    Decisions(ProductionRegistrations production, RequestJournal journal, EntityManager entities, Clock clock) {
        this.production = production;
        this.journal = journal;
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * Judges what is asked once more and issues it. Opens no connection: it rests on the reports kept with the request.
     *
     * @param comment {@code null} = none
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when an endpoint has not been looked at lately
     */
    void approve(Actor actor, CaseFile file, String comment) {
        file.found().and(RequestRules.checkComplete(file.request().answers())).refuseIfBlocking();
        mustBeFresh(file);
        production.issue(
                actor,
                file.application(),
                file.request().environment(),
                file.candidate(),
                file.rules().warnings(),
                file.request().reports());
        write(actor, file, RequestAct.APPROVE, comment, List.of());
    }

    /** @param comment why, or what is to be changed */
    void turnDown(Actor actor, CaseFile file, RequestAct outcome, String comment, List<String> fields) {
        write(actor, file, outcome, comment, fields);
    }

    private void mustBeFresh(CaseFile file) {
        var live = file.live()
                .map(registered -> registered.metadata().asCandidate())
                .orElse(Candidate.EMPTY);
        var candidate = file.candidate();
        var oldest = clock.instant().minus(FRESH);
        for (var member : List.of("jwks_uri", "backchannel_logout_uri")) {
            var uri = member.equals("jwks_uri") ? candidate.jwksUri() : candidate.backchannelLogoutUri();
            if (uri == null || !ProductionRegistrations.endpointChanges(member, candidate, live)) {
                continue;
            }
            var fresh = file.request().reports().stream()
                    .anyMatch(report -> report.field().equals(member)
                            && Objects.equals(report.uri(), uri)
                            && report.at().isAfter(oldest));
            if (!fresh) {
                throw new Refusal.Conflict("The live check of " + member
                        + " is older than 24 hours. Check again, look at the result, and then decide.");
            }
        }
    }

    private void write(Actor actor, CaseFile file, RequestAct outcome, String comment, List<String> fields) {
        var request = file.request();
        var application = file.application();
        var before = request.standing();
        var state = TransitionRules.mustGo(request.state(), outcome);
        request.decide(actor, state, fields, clock.instant());
        if (!state.open()) {
            request.close(file.candidate(), file.compared());
        }
        entities.flush();
        var code = "request-" + state.code();
        journal.enter(actor, request, application, RequestEntry.Kind.valueOf(state.name()), comment, fields);
        journal.trace(actor, request, application, code, before, request.trace());
        journal.tellTeam(letter(code, actor, outcome), actor, file, comment);
    }

    private static String letter(String code, Actor actor, RequestAct outcome) {
        return switch (outcome) {
            case REQUEST_CHANGES -> "request-changes-requested";
            case APPROVE -> actor.kind() == Actor.Kind.PORTAL ? code + "-by-rule" : code;
            default -> code;
        };
    }
}
