package dev.connectionmanager.mock.logout;

import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.policy.Violations;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A logout token for one client, on its way or as it was taken.
 *
 * @param issuer empty for the public one, else a test's
 * @param teamId whose client it is; {@code null} = no team's
 * @param uri where it goes
 * @param fault what is wrong with it on purpose; {@code null} = nothing
 * @param claims before any fault; times are those of the latest attempt
 * @param attempts how often it was tried, this time included
 * @param nextAt when it is tried again; {@code null} = no more
 * @param outcome of the latest attempt; {@code null} = none has ended yet
 */
public record LogoutDelivery(
        UUID id,
        String issuer,
        String clientId,
        UUID teamId,
        String uri,
        LogoutReason reason,
        Fault fault,
        Map<String, Object> claims,
        Instant madeAt,
        int attempts,
        Instant nextAt,
        Attempt outcome) {
    /** In all. */
    public static final int MOST_ATTEMPTS = 3;

    /**
     * What came of one attempt.
     *
     * @param status of the answer; {@code null} = none came
     * @param millis that it took, name resolution and TLS included; {@code null} = nothing was sent
     * @param body of the answer, its first 500 characters; {@code null} = none
     * @param findings why nothing usable was answered, by the rules of live checks
     */
    public record Attempt(
            Instant at, LogoutVerdict verdict, Integer status, Long millis, String body, Violations findings) {
        static Attempt unsent(Instant at, LogoutVerdict verdict) {
            return new Attempt(at, verdict, null, null, null, Violations.NONE);
        }
    }

    /** What is to be thought of it, in a sentence. */
    public String sentence() {
        if (outcome == null) {
            return "It is on its way.";
        }
        // The same token by its name, so that whoever has taken it already is not logged out twice.
        return outcome.verdict() == LogoutVerdict.REFUSED && attempts > 1
                ? outcome.verdict().sentence(fault)
                        + " Or it has taken this one at an attempt before, whose answer did not arrive."
                : outcome.verdict().sentence(fault);
    }

    LogoutDelivery with(Fault otherFault) {
        return new LogoutDelivery(
                id, issuer, clientId, teamId, uri, reason, otherFault, claims, madeAt, attempts, nextAt, outcome);
    }

    LogoutDelivery with(Map<String, Object> otherClaims, String otherUri) {
        return new LogoutDelivery(
                id, issuer, clientId, teamId, otherUri, reason, fault, otherClaims, madeAt, attempts, nextAt, outcome);
    }
}
