package dev.connectionmanager.review.rules;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How soon operators want to have decided. Working days count, Monday to Friday in the United Kingdom's time; public
 * holidays are not known here and count as working days. Each submission starts the clock anew.
 */
@ApplicationScoped
public class ServiceLevel {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    private final int workingDays;

    ServiceLevel(@ConfigProperty(name = "connection-manager.review.service-level") Period serviceLevel) {
        if (serviceLevel.getDays() < 1 || serviceLevel.toTotalMonths() != 0) {
            throw new IllegalArgumentException("connection-manager.review.service-level must be days, such as P5D");
        }
        this.workingDays = serviceLevel.getDays();
    }

    public int workingDays() {
        return workingDays;
    }

    /** The same time of day, so many working days later. */
    public Instant due(Instant submitted) {
        return due(submitted, workingDays);
    }

    static Instant due(Instant submitted, int days) {
        var at = submitted.atZone(ZONE);
        for (int left = days; left > 0; ) {
            at = at.plusDays(1);
            if (at.getDayOfWeek() != DayOfWeek.SATURDAY && at.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return at.toInstant();
    }
}
