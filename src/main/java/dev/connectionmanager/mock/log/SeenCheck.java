package dev.connectionmanager.mock.log;

import dev.connectionmanager.mock.log.Exchange.Endpoint;
import java.time.Instant;

/**
 * How often a check passed and failed.
 *
 * @param passed of these, warnings count as passed
 * @param lastPassed {@code null} = never
 * @param lastFailed {@code null} = never
 */
public record SeenCheck(
        Endpoint endpoint, String name, long passed, Instant lastPassed, long failed, Instant lastFailed) {}
