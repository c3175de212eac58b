package dev.connectionmanager.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.review.rules.FreshnessRules;
import dev.connectionmanager.verification.probe.CheckReport;
import dev.connectionmanager.verification.probe.EndpointObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String KEYS = "https://app.supplier.co.uk/jwks";
    private static final String LOGOUT = "https://app.supplier.co.uk/logout";
    private static final Candidate ASKED =
            Candidate.EMPTY.withAuthentication("private_key_jwt", "RS256", KEYS).withBackchannelLogout(LOGOUT, null);

    /** How old the latest look at each endpoint is; without an age, there is none. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PT1H,      PT1H,      ",
                "PT23H59M,  PT23H59M,  ",
                "PT24H,     PT1H,      jwks_uri",
                "PT1H,      PT24H,     backchannel_logout_uri",
                "-,         PT1H,      jwks_uri",
                "PT1H,      -,         backchannel_logout_uri",
                "-,         -,         jwks_uri",
            })
    void wantsALookOfTheLastDayAtEveryNewEndpoint(Duration keys, Duration logout, String missing) {
        var looks = Stream.of(look("jwks_uri", KEYS, keys), look("backchannel_logout_uri", LOGOUT, logout))
                .filter(look -> look != null)
                .toList();
        assertThat(tooOld(ASKED, Candidate.EMPTY, looks))
                .isEqualTo(missing == null ? "" : "live-check-too-old " + missing);
    }

    @Test
    void wantsALookAtTheAddressThatIsAskedFor() {
        var logout = look("backchannel_logout_uri", LOGOUT, Duration.ofHours(1));
        var elsewhere = look("jwks_uri", KEYS + "/old", Duration.ofHours(1));
        assertThat(tooOld(ASKED, Candidate.EMPTY, List.of(elsewhere, logout))).isEqualTo("live-check-too-old jwks_uri");
        var swapped = look("backchannel_logout_uri", KEYS, Duration.ofHours(1));
        assertThat(tooOld(ASKED, Candidate.EMPTY, List.of(swapped, logout))).isEqualTo("live-check-too-old jwks_uri");
    }

    @Test
    void wantsNoLookAtWhatStaysAsItIsOrIsNotThere() {
        assertThat(tooOld(ASKED, ASKED, List.of())).isEmpty();
        assertThat(tooOld(ASKED.withClientName("Another"), ASKED, List.of())).isEmpty();
        assertThat(tooOld(Candidate.EMPTY, ASKED, List.of())).isEmpty();
        // The same keys, used in another way, are checked anew.
        assertThat(tooOld(ASKED.withAuthentication("private_key_jwt", "RS512", KEYS), ASKED, List.of()))
                .isEqualTo("live-check-too-old jwks_uri");
    }

    private static CheckReport look(String member, String uri, Duration ago) {
        return ago == null
                ? null
                : new CheckReport(member, uri, NOW.minus(ago), List.of(), EndpointObservation.NOTHING, List.of());
    }

    private static String tooOld(Candidate asked, Candidate live, List<CheckReport> looks) {
        return FreshnessRules.tooOld(asked, live, looks, NOW)
                .map(refusal -> refusal.reason().code() + " " + String.join(" ", refusal.arguments()))
                .orElse("");
    }
}
