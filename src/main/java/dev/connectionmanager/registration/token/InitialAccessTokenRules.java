package dev.connectionmanager.registration.token;

import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** The policy on initial access tokens. */
public final class InitialAccessTokenRules {
    /** When it ends unless something else is asked for. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(7);

    static final Duration LONGEST_LIFE = Duration.ofDays(90);
    static final int MOST_USES = 1_000;
    private static final long DEFAULT_USES = 1;

    private InitialAccessTokenRules() {}

    /** @param environments those in which one registers without asking anybody */
    public static Violations check(InitialAccessTokenCandidate candidate, List<String> environments, Instant now) {
        var found = new Violations.Collector();
        if (candidate.environment() == null || !environments.contains(candidate.environment())) {
            found.add("environment", Rule.INITIAL_ACCESS_TOKEN_ENVIRONMENT_INVALID, String.join(", ", environments));
        }
        if (expiry(candidate, now)
                .filter(end -> end.isAfter(now) && !end.isAfter(now.plus(LONGEST_LIFE)))
                .isEmpty()) {
            found.add(
                    "expires_at", Rule.INITIAL_ACCESS_TOKEN_EXPIRY_OUT_OF_RANGE, Long.toString(LONGEST_LIFE.toDays()));
        }
        if (uses(candidate) < 1 || uses(candidate) > MOST_USES) {
            found.add("uses", Rule.INITIAL_ACCESS_TOKEN_USES_OUT_OF_RANGE, Integer.toString(MOST_USES));
        }
        return found.violations();
    }

    /** @return when a candidate that nothing blocks ends; empty for what is no time */
    static Optional<Instant> expiry(InitialAccessTokenCandidate candidate, Instant now) {
        if (candidate.expiresAt() == null) {
            return Optional.of(now.plus(DEFAULT_LIFE));
        }
        try {
            return Optional.of(OffsetDateTime.parse(candidate.expiresAt()).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static long uses(InitialAccessTokenCandidate candidate) {
        return candidate.uses() == null ? DEFAULT_USES : candidate.uses();
    }
}
