package dev.connectionmanager.outbound;

import java.time.Duration;

/**
 * What one call may cost.
 *
 * @param resolve for name resolution
 * @param connect for TCP, over all addresses of the name
 * @param whole for everything together, from name resolution to the last octet of the body
 * @param headerBytes of a response’s status line and headers
 * @param bodyBytes of a response’s body
 * @param answers of one name
 * @param calls at the same time
 * @param patience for one of these calls to end when all are taken
 * @param objection for a server to insist on a client certificate that it asked for
 */
record Limits(
        Duration resolve,
        Duration connect,
        Duration whole,
        int headerBytes,
        int bodyBytes,
        int answers,
        int calls,
        Duration patience,
        Duration objection) {
    static final Limits STANDARD = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            32 * 1024,
            64 * 1024,
            32,
            32,
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));

    /** The same with another number of calls at the same time. */
    Limits with(int otherCalls) {
        return new Limits(resolve, connect, whole, headerBytes, bodyBytes, answers, otherCalls, patience, objection);
    }
}
