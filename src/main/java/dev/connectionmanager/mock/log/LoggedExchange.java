package dev.connectionmanager.mock.log;

import dev.connectionmanager.mock.log.Check.Verdict;
import dev.connectionmanager.mock.log.Exchange.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An exchange as it is kept.
 *
 * @param at by the issuer's clock
 * @param madeAt by the real one
 * @param passed whether the client got what it asked for
 */
public record LoggedExchange(
        UUID id, String clientId, Instant at, Instant madeAt, Endpoint endpoint, boolean passed, Detail detail) {
    /**
     * @param error the code of the error answer; {@code null} = none
     * @param said what was answered, in words
     * @param user who logged in; {@code null} = nobody yet
     * @param fault what was done wrong on purpose; {@code null} = nothing
     * @param assertion the client's assertion, decoded; {@code null} = none was sent
     */
    public record Detail(
            String error, String said, String user, String fault, List<Check> checks, Map<String, String> assertion) {}

    /** Why it did not pass. */
    public Optional<Check> firstFailed() {
        return detail.checks().stream()
                .filter(check -> check.verdict() == Verdict.FAILED)
                .findFirst();
    }
}
