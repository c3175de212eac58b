package dev.connectionmanager.registration.check;

import dev.connectionmanager.team.Actor;

/** Something whose endpoints people can have checked: each room says how for its own. */
public interface CheckSubject {
    AskedCheck.Subject subject();

    /** @throws dev.connectionmanager.policy.Refusal for whoever may not have it checked, or may not know of it */
    void mustBeAllowed(Actor actor, AskedCheck.Details details);

    /** The act itself, which keeps its result; blocks its thread for some 20 seconds at most. */
    void check(Actor actor, AskedCheck asked);
}
