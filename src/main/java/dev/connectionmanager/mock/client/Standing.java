package dev.connectionmanager.mock.client;

import dev.connectionmanager.mock.log.Exchange;

/** Whether a client may log people in, told in the log. */
public final class Standing {
    private static final String CHECK = "client_id";

    private Standing() {}

    /** A client that does not pass is answered as one that is not known. */
    public static boolean passes(MockClient client, Exchange exchange) {
        switch (client.state()) {
            case ACTIVE -> exchange.passed(CHECK, "The client is registered");
            case SUSPENDED ->
                exchange.failed(CHECK, "Operators have suspended this client: nobody can log in through it");
            case DELETED -> exchange.failed(CHECK, "This registration was deleted");
            case PRODUCTION ->
                exchange.failed(CHECK, "This client is registered for production: the mock does not know it");
        }
        return client.active();
    }
}
