package dev.connectionmanager.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecheckWindowTest {
    /** 3600 seconds into the window: one o'clock. */
    private static final UUID ONE_O_CLOCK = new UUID(0, 3_600);

    @ParameterizedTest
    @CsvSource({
        "2026-06-01T09:00:00Z, 2026-06-02T00:00:00Z",
        "2026-06-01T12:00:00Z, 2026-06-02T00:00:00Z",
        "2026-06-01T12:00:01Z, 2026-06-03T00:00:00Z",
        "2026-06-02T00:00:03Z, 2026-06-03T00:00:00Z",
        "2026-01-10T08:00:00Z, 2026-01-11T01:00:00Z",
        // Clocks go forward at one, and back at two.
        "2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
        "2026-03-29T01:00:02Z, 2026-03-30T00:00:00Z",
        "2026-10-25T00:00:02Z, 2026-10-26T01:00:00Z",
    })
    void comesInTheNextNightThatIsHalfADayAway(Instant last, Instant next) {
        assertThat(RecheckWindow.next(ONE_O_CLOCK, last)).isEqualTo(next);
    }

    @Test
    void spreadsEvenlyOverTheWindow() {
        var noon = Instant.parse("2026-06-01T11:00:00Z");
        var byHour = Stream.generate(UUID::randomUUID)
                .limit(6_000)
                .map(id -> RecheckWindow.next(id, noon))
                .peek(moment -> assertThat(Duration.between(noon, moment))
                        .isBetween(Duration.ofHours(12), Duration.ofHours(18)))
                .collect(Collectors.groupingBy(
                        moment -> moment.atZone(ZoneId.of("Europe/London")).getHour(), Collectors.counting()));
        assertThat(byHour.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(byHour.values()).allMatch(count -> count > 850 && count < 1_150);
    }
}
