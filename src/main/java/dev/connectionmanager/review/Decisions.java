package dev.connectionmanager.review;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.ProductionRegistrations;
import dev.connectionmanager.review.rules.RequestAct;
import dev.connectionmanager.review.rules.RequestRules;
import dev.connectionmanager.review.rules.TransitionRules;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;

/** What a decision writes, in the caller's transaction and under its lock. Rights come before. */
@ApplicationScoped
class Decisions {
    private final RequestReviews files;
    private final ProductionRegistrations production;
    private final RequestJournal journal;
    private final EntityManager entities;
    private final Clock clock;

    Decisions(
            RequestReviews files,
            ProductionRegistrations production,
            RequestJournal journal,
            EntityManager entities,
            Clock clock) {
        this.files = files;
        this.production = production;
        this.journal = journal;
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * Judges what is asked once more and issues it. Opens no connection: it rests on the reports kept with the request.
     *
     * @param comment {@code null} = none
     * @return the request as it is then
     * @throws Refusal.Rejected with every finding
     * @throws Refusal.Conflict when an endpoint has not been checked lately
     */
    RequestReview approve(Actor actor, RequestReview file, String comment) {
        Refusal.Rejected.ifBlocking(
                file.found().and(RequestRules.checkComplete(file.request().answers())));
        file.tooOld().ifPresent(refusal -> {
            throw refusal;
        });
        var issued = production.issue(
                actor,
                file.application(),
                file.request().environment(),
                file.candidate(),
                file.rules().warnings(),
                file.request().reports(),
                file.known().standing());
        write(actor, file, RequestAct.APPROVE, comment, List.of());
        return files.issued(actor, file, issued);
    }

    /**
     * @param comment why, or what is to be changed
     * @return the request as it is then
     */
    RequestReview reject(Actor actor, RequestReview file, RequestAct outcome, String comment, List<String> fields) {
        write(actor, file, outcome, comment, fields);
        return files.again(actor, file);
    }

    private void write(Actor actor, RequestReview file, RequestAct outcome, String comment, List<String> fields) {
        var request = file.request();
        var application = file.application();
        var before = request.standing();
        var state = TransitionRules.requireTransition(request.state(), outcome);
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
