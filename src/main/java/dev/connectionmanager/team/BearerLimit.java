package dev.connectionmanager.team;

import dev.connectionmanager.policy.Refusal;

/** How often whoever brings a token asks for something, where no log-in says who calls: taken as soon as the token is known. */
public interface BearerLimit {
    /** @throws Refusal.TooMany for one that has used up its share */
    void take(Actor bearer);
}
