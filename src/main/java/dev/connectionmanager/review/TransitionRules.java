package dev.connectionmanager.review;

import static dev.connectionmanager.review.RequestState.APPROVED;
import static dev.connectionmanager.review.RequestState.CHANGES_REQUESTED;
import static dev.connectionmanager.review.RequestState.REJECTED;
import static dev.connectionmanager.review.RequestState.SUBMITTED;
import static dev.connectionmanager.review.RequestState.WITHDRAWN;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Role;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The state machine of a request: who may do what in which state, and what becomes of it. */
public final class TransitionRules {
    private TransitionRules() {}

    /**
     * Whether this actor may do such a thing at all to requests of this team; in which state is another question. An
     * operator who belongs to the team is no operator there.
     */
    public static boolean allows(RequestAct act, Actor actor, UUID team) {
        var ofTeam = actor.is(Role.ADMIN, team);
        var operator = operates(actor) && actor.roleIn(team).isEmpty();
        return switch (act.side()) {
            case TEAM -> ofTeam;
            case OPERATORS -> operator;
            case BOTH -> ofTeam || operator;
        };
    }

    private static boolean operates(Actor actor) {
        return actor.operator() && actor.kind() == Actor.Kind.PERSON;
    }

    /** The state after the act; empty where the state does not allow it. */
    public static Optional<RequestState> after(RequestState state, RequestAct act) {
        return switch (act) {
            case EDIT -> state.editable() ? Optional.of(state) : Optional.empty();
            case SUBMIT -> state.editable() ? Optional.of(SUBMITTED) : Optional.empty();
            case WITHDRAW -> state.open() ? Optional.of(WITHDRAWN) : Optional.empty();
            case CHECK -> state.open() ? Optional.of(state) : Optional.empty();
            case COMMENT, NOTE -> Optional.of(state);
            case ASSIGN -> state == SUBMITTED || state == CHANGES_REQUESTED ? Optional.of(state) : Optional.empty();
            case APPROVE -> decided(state, APPROVED);
            case REJECT -> decided(state, REJECTED);
            case REQUEST_CHANGES -> decided(state, CHANGES_REQUESTED);
        };
    }

    private static Optional<RequestState> decided(RequestState state, RequestState outcome) {
        return state == SUBMITTED ? Optional.of(outcome) : Optional.empty();
    }

    /**
     * @throws Refusal.NotFound for a request of a team that this actor may not read
     * @throws Refusal.NotAllowed when it is not for this actor
     */
    public static void mustBeAllowed(RequestAct act, Actor actor, UUID team) {
        actor.mustRead(team);
        if (!allows(act, actor, team)) {
            if (act.side() == RequestAct.Side.OPERATORS) {
                throw new Refusal.NotAllowed(
                        operates(actor)
                                ? "You are a member of this request's team. Another operator looks after it."
                                : "This is for operators.",
                        team);
            }
            throw new Refusal.NotAllowed("This needs the role 'admin' in the team.", team);
        }
    }

    /** @throws Refusal.Conflict when the request is in no state for this act */
    public static RequestState mustGo(RequestState state, RequestAct act) {
        return after(state, act).orElseThrow(() -> new Refusal.Conflict(closed(state)));
    }

    /** Why such an act does not fit, and what would. */
    private static String closed(RequestState state) {
        return switch (state) {
            case DRAFT -> "The team has not submitted this request yet. It can be decided about once it has.";
            case SUBMITTED -> "Your team has submitted this request. To change it, withdraw it and make another one.";
            case CHANGES_REQUESTED ->
                "Changes were requested. It can be decided about once the team has submitted it again.";
            case APPROVED -> "This request was approved and is closed. To change what is registered, make another one.";
            case REJECTED -> "This request was rejected and is closed. The team can make another one.";
            case WITHDRAWN -> "This request was withdrawn and is closed. The team can make another one.";
        };
    }

    /**
     * Four eyes: whoever has had a hand in a request, or belongs to a team that has, does not decide on it.
     *
     * @param editors subjects of those who had a hand in it when it was created, edited or submitted: see {@link Hands}
     * @param teams those that it was created, edited or submitted for
     * @throws Refusal.NotAllowed for one of them
     */
    public static void mustHaveOtherEyes(Actor actor, Set<String> editors, Set<UUID> teams) {
        if (editors.contains(actor.subject())) {
            throw new Refusal.NotAllowed(
                    "You had a hand in this request, or were in its team at the time. Another operator decides on it.");
        }
        if (teams.stream().anyMatch(team -> actor.roleIn(team).isPresent())) {
            throw new Refusal.NotAllowed(
                    "You are a member of this request's team, or of one that had it before. Another operator decides on it.");
        }
    }
}
