package dev.connectionmanager.mock.fault;

import dev.connectionmanager.mock.log.Exchange;
import jakarta.inject.Singleton;

/** Where what shall go wrong goes wrong: every answer of every endpoint passes here. */
@Singleton
public class Faults {
    /**
     * Changes a draft as the faults have it that are wanted for this issuer, client and user, and notes them.
     *
     * @param exchange which tells whose it is; of discovery and keys it has no client
     */
    public Draft act(Draft draft, Exchange exchange) {
        return draft;
    }
}
