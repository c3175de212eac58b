package dev.connectionmanager.team;

import java.util.List;
import java.util.UUID;

/** The API credentials that a member has made for the team: they go on working when the member is gone. Kept above. */
public interface MadeCredentials {
    /** Those of this maker that nobody has revoked and that have not expired, by name. */
    List<Made> of(UUID team, String maker);

    /** Ends them at once, in the caller's transaction; rights come before. */
    void revoke(Actor actor, UUID team, String maker);

    /**
     * What may be known of one.
     *
     * @param name as the team named it
     */
    record Made(UUID id, String name) {}
}
