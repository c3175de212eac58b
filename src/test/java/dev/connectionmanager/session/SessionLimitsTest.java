package dev.connectionmanager.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T08:00:00Z");

    private final LoginSession session = new LoginSession("id", "subject", null, new byte[0], false, BEGAN);

    @Test
    void theShorterOfBothCounts() {
        assertThat(new SessionLimits(60, 60, 10).holds(session, BEGAN.plusSeconds(9)))
                .isTrue();
        assertThat(new SessionLimits(60, 60, 10).holds(session, BEGAN.plusSeconds(10)))
                .isFalse();
        assertThat(new SessionLimits(5, 60, 10).holds(session, BEGAN.plusSeconds(5)))
                .isFalse();
    }

    @Test
    void anOperatorsEndsEarlier() {
        var operators = new LoginSession("id", "subject", null, new byte[0], true, BEGAN);
        assertThat(new SessionLimits(60, 5, 10).holds(operators, BEGAN.plusSeconds(4)))
                .isTrue();
        assertThat(new SessionLimits(60, 5, 10).holds(operators, BEGAN.plusSeconds(5)))
                .isFalse();
        assertThat(new SessionLimits(60, 5, 10).holds(session, BEGAN.plusSeconds(5)))
                .isTrue();
        assertThat(new SessionLimits(5, 60, 10).holds(operators, BEGAN.plusSeconds(5)))
                .as("never later than others'")
                .isFalse();
    }

    @Test
    void useIsNotedOnceInATenthOfTheIdleTimeAndAtMostOnceAMinute() {
        assertThat(new SessionLimits(60, 60, 10).worthNoting(session, BEGAN.plusMillis(900)))
                .isFalse();
        assertThat(new SessionLimits(60, 60, 10).worthNoting(session, BEGAN.plusMillis(1_100)))
                .isTrue();
        assertThat(new SessionLimits(43_200, 14_400, 1_800).worthNoting(session, BEGAN.plusSeconds(59)))
                .isFalse();
        assertThat(new SessionLimits(43_200, 14_400, 1_800).worthNoting(session, BEGAN.plusSeconds(61)))
                .isTrue();
    }
}
