package dev.connectionmanager.mock;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** What keeps something of clients that teams registered, and forgets it with them; asked by the clock, on every node. */
public interface KeptByClient {
    /** Of whom there is something. */
    Set<String> clients();

    /** Forgets all of these. */
    void forget(Collection<String> clientIds);

    /** How long after a registration was deleted. */
    default Duration after() {
        return Duration.ZERO;
    }
}
