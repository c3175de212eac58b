package dev.connectionmanager.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many of the latest checks must fail until it is rather the portal's own network. */
class RecentLooksTest {
    private static final Instant NOW = Instant.parse("2026-11-30T01:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0, false", "3, 0, false", "4, 0, true", "4, 3, true", "4, 4, false", "20, 100, false", "36, 1, true"
    })
    void goesByTheShareOfAll(int failing, int passing, boolean mostFail) {
        var looks = new RecentLooks();
        for (int i = 0; i < failing; i++) {
            looks.add("failing" + i, NOW.plusSeconds(i), true);
        }
        for (int i = 0; i < passing; i++) {
            looks.add("passing" + i, NOW.plusSeconds(i), false);
        }
        assertThat(looks.mostFail()).isEqualTo(mostFail);
    }

    @Test
    void countsAHostOnceByWhatWasSeenLast() {
        var looks = new RecentLooks();
        for (int i = 0; i < 20; i++) {
            looks.add("one.example", NOW.plusSeconds(i), true);
        }
        assertThat(looks.mostFail()).isFalse();
        looks.add("one.example", NOW.plusSeconds(30), false);
        looks.add("one.example", NOW.plusSeconds(29), true);
        assertThat(looks.mostPass()).isTrue();
    }

    @Test
    void coversTheTimeToTheSecondLookAndNotMuchMore() {
        var looks = new RecentLooks();
        for (int i = 0; i < 6; i++) {
            looks.add("passing" + i, NOW.minus(Duration.ofMinutes(6)), false);
        }
        for (int i = 0; i < 4; i++) {
            looks.add("failing" + i, NOW.plusSeconds(i), true);
        }
        assertThat(looks.mostFail()).isFalse();
        looks.add("failing0", NOW.plus(HealthRules.SECOND_LOOK), true);
        assertThat(looks.mostFail()).isTrue();
    }
}
