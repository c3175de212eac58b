package dev.connectionmanager.mock.provider;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One OpenID Provider: the public one, or that of a test.
 *
 * @param id empty for the public one, else the test's
 * @param url exactly as tokens name it
 * @param clock by which it issues and judges
 */
public record Issuer(String id, String url, Clock clock) {
    /** The address of the endpoint that tokens come from: the other value that {@code aud} of an assertion may have. */
    public String tokenAddress() {
        return url + "/access_token";
    }

    /** Where its pages and forms are within its host, as browsers have it. */
    public String path() {
        return URI.create(url).getRawPath();
    }

    public boolean ofTest() {
        return !id.isEmpty();
    }

    /** To the second, as tokens have it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
