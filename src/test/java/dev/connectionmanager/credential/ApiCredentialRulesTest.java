package dev.connectionmanager.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Beside the table of inputs, in which each candidate is judged. */
class ApiCredentialRulesTest {
    private static final Instant NOW = Instant.parse("2028-02-29T12:00:00Z");

    @Test
    void keepsNamesInNormalForm() {
        assertThat(ApiCredentialRules.name(new ApiCredentialCandidate("Cafe\u0301", "read", null)))
                .isEqualTo("Caf\u00e9");
    }

    @Test
    void endsAfter90DaysUnlessAnotherEndIsGiven() {
        assertThat(ApiCredentialRules.expiry(new ApiCredentialCandidate("n", "read", null), NOW))
                .contains(NOW.plus(Duration.ofDays(90)));
        assertThat(ApiCredentialRules.expiry(new ApiCredentialCandidate("n", "read", "2028-03-01T01:00:00+01:00"), NOW))
                .contains(Instant.parse("2028-03-01T00:00:00Z"));
        assertThat(ApiCredentialRules.latestExpiry(NOW)).isEqualTo("2029-02-28T12:00:00Z");
    }
}
