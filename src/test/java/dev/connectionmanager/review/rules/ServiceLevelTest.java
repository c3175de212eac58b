package dev.connectionmanager.review.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLevelTest {
    @ParameterizedTest
    @CsvSource({
        // From a Monday to the next one.
        "2026-11-23T09:00:00Z, 5, 2026-11-30T09:00:00Z",
        "2026-11-27T23:30:00Z, 1, 2026-11-30T23:30:00Z",
        // On a Saturday.
        "2026-11-28T12:00:00Z, 1, 2026-11-30T12:00:00Z",
        // Summer time ends in between: the same time of day in London.
        "2026-10-23T09:00:00Z, 1, 2026-10-26T10:00:00Z",
        "2026-11-24T09:00:00Z, 10, 2026-12-08T09:00:00Z",
    })
    void countsWorkingDays(Instant submitted, int days, Instant due) {
        assertThat(ServiceLevel.due(submitted, days)).isEqualTo(due);
    }

    @Test
    void takesDaysOnly() {
        assertThat(new ServiceLevel(Period.ofDays(5)).workingDays()).isEqualTo(5);
        assertThatThrownBy(() -> new ServiceLevel(Period.ofMonths(1))).hasMessageContaining("service-level");
        assertThatThrownBy(() -> new ServiceLevel(Period.ZERO)).hasMessageContaining("service-level");
    }
}
