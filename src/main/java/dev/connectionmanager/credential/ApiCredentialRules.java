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

    private static final Duration LONGEST_OF_OPERATORS = Duration.ofDays(90);

    /** The one scope of operators' credentials. */
    public static final String AUDIT_READ = "audit-read";

    private ApiCredentialRules() {}

    /** Of a team's. */
    public static Violations check(ApiCredentialCandidate candidate, Instant now) {
        var found = new Violations.Collector();
        checkName(candidate, found);
        if (ApiScope.ofCode(candidate.scope()).isEmpty()) {
            found.add("scope", Rule.API_CREDENTIAL_SCOPE_INVALID);
        }
        if (!endsBy(latestExpiry(now), candidate, now)) {
            found.add("expires_at", Rule.API_CREDENTIAL_EXPIRY_OUT_OF_RANGE);
        }
        return found.violations();
    }

    /** Of an operator's: it reads what all teams do, and so has one narrow scope and a shorter life. */
    public static Violations checkOfOperator(ApiCredentialCandidate candidate, Instant now) {
        var found = new Violations.Collector();
        checkName(candidate, found);
        if (!AUDIT_READ.equals(candidate.scope())) {
            found.add("scope", Rule.OPERATOR_CREDENTIAL_SCOPE_INVALID);
        }
        if (!endsBy(now.plus(LONGEST_OF_OPERATORS), candidate, now)) {
            found.add(
                    "expires_at",
                    Rule.OPERATOR_CREDENTIAL_EXPIRY_OUT_OF_RANGE,
                    Long.toString(LONGEST_OF_OPERATORS.toDays()));
        }
        return found.violations();
    }

    private static void checkName(ApiCredentialCandidate candidate, Violations.Collector found) {
        if (candidate.name() == null || NameText.fault(candidate.name()).isPresent()) {
            found.add("name", Rule.API_CREDENTIAL_NAME_INVALID);
        }
    }

    private static boolean endsBy(Instant latest, ApiCredentialCandidate candidate, Instant now) {
        return expiry(candidate, now)
                .filter(end -> end.isAfter(now) && !end.isAfter(latest))
                .isPresent();
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
