package dev.connectionmanager.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Times that callers name. */
public final class Times {
    private static final Instant FIRST = LocalDate.of(1, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final Instant LAST =
            LocalDate.of(9999, 12, 31).atStartOfDay().toInstant(ZoneOffset.UTC);

    private Times() {}

    /**
     * @return the same
     * @throws DateTimeException outside the years 1 to 9999: RFC 3339 has no others, and the database cannot be asked for
     *     most of them
     */
    public static Instant known(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new DateTimeException("A time outside the years 1 to 9999");
        }
        return time;
    }
}
