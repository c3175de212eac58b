package dev.connectionmanager.review.rules;

import static dev.connectionmanager.review.rules.RequestState.APPROVED;
import static dev.connectionmanager.review.rules.RequestState.CHANGES_REQUESTED;
import static dev.connectionmanager.review.rules.RequestState.REJECTED;
import static dev.connectionmanager.review.rules.RequestState.SUBMITTED;
import static dev.connectionmanager.review.rules.RequestState.WITHDRAWN;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
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
                        team, operates(actor) ? Reason.REQUEST_OF_OWN_TEAM : Reason.OPERATOR_NEEDED);
            }
            throw actor.lacks(Role.ADMIN, team);
        }
    }

    /** @throws Refusal.Conflict when the request is in no state for this act */
    public static RequestState requireTransition(RequestState state, RequestAct act) {
        return after(state, act).orElseThrow(() -> new Refusal.Conflict(Reason.REQUEST_STATE, state.code()));
    }

    /**
     * Four eyes: whoever has had a hand in a request, or belongs to a team that has, does not decide on it.
     *
     * @param editors subjects of those who had a hand in it when it was created, edited or submitted
     * @param teams those that it was created, edited or submitted for
     * @throws Refusal.NotAllowed for one of them
     */
    public static void requireFourEyes(Actor actor, Set<String> editors, Set<UUID> teams) {
        if (editors.contains(actor.subject())) {
            throw new Refusal.NotAllowed(Reason.REQUEST_OWN_HAND);
        }
        if (teams.stream().anyMatch(team -> actor.roleIn(team).isPresent())) {
            throw new Refusal.NotAllowed(Reason.REQUEST_OF_TEAM_BEFORE);
        }
    }
}
