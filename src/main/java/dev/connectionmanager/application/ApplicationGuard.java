package dev.connectionmanager.application;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import java.util.Optional;

/**
 * What speaks against changing or deleting an application, and what follows from it. Each room above that keeps something
 * for applications has a guard, and {@link Applications} asks them all, that with the highest {@code @Priority} first: this room reads no
 * table of the rooms above. Where the answer must still be true when the act is done, the application is locked.
 */
public interface ApplicationGuard {
    /** What is to be done to the application. */
    enum Act {
        /** It gets another category or type. */
        RECLASSIFY,
        DELETE,
        /** It goes to another team. */
        HAND_OVER
    }

    /** Why not; empty where nothing in this room speaks against it. */
    Optional<Refusal.Conflict> objection(Application application, Act act);

    /** This room's objection has just refused the act: for what is to follow from that, in a transaction of its own. */
    default void refused(Actor actor, Application application, Act act) {}

    /** Ends what this room keeps for the application alone, in the transaction that deletes it. */
    default void deleting(Actor actor, Application application) {}

    /**
     * The application is now another team's: in the transaction that hands it over.
     *
     * @throws Refusal.Conflict where that team must not have what is kept for it
     */
    default void handedOver(Actor actor, Application application) {}
}
