package dev.connectionmanager.credential;

import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The policy on API credentials. */
public final class ApiCredentialRules {
    /** Long enough to be no burden, short enough that a forgotten one does not lie about. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(90);

    private ApiCredentialRules() {}

    public static Violations check(ApiCredentialCandidate candidate, Instant now) {
        var found = new Violations.Collector();
        if (candidate.name() == null || NameText.fault(candidate.name()).isPresent()) {
            found.add("name", Rule.API_CREDENTIAL_NAME_INVALID);
        }
        if (ApiScope.ofCode(candidate.scope()).isEmpty()) {
            found.add("scope", Rule.API_CREDENTIAL_SCOPE_INVALID);
        }
        if (expiry(candidate, now)
                .filter(end -> end.isAfter(now) && !end.isAfter(latestExpiry(now)))
                .isEmpty()) {
            found.add("expires_at", Rule.API_CREDENTIAL_EXPIRY_OUT_OF_RANGE);
        }
        return found.violations();
    }

    /** One year on, by the calendar. */
    public static Instant latestExpiry(Instant now) {
        return now.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    }

    /** @return when a candidate that nothing blocks ends; empty for what is no time */
    static Optional<Instant> expiry(ApiCredentialCandidate candidate, Instant now) {
        if (candidate.expiresAt() == null) {
            return Optional.of(now.plus(DEFAULT_LIFE));
        }
        try {
            return Optional.of(OffsetDateTime.parse(candidate.expiresAt()).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static String name(ApiCredentialCandidate candidate) {
        return Normalizer.normalize(candidate.name(), Normalizer.Form.NFC);
    }
}
