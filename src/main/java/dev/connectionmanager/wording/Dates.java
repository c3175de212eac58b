package dev.connectionmanager.wording;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How people read days and times: as they are in London. */
public final class Dates {
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK);
    private static final DateTimeFormatter SHORT_DAY = DateTimeFormatter.ofPattern("d MMM", Locale.UK);
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm", Locale.UK).withZone(LONDON);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm zzz", Locale.UK).withZone(LONDON);

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM yyyy", Locale.UK);
    private static final DateTimeFormatter CELL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(LONDON);

    private Dates() {}

    /** {@code Dec 2026}. */
    public static String month(LocalDate day) {
        return MONTH.format(day);
    }

    /** As spreadsheets understand it: {@code 2026-12-03 14:05:22}. */
    public static String cell(Instant time) {
        return CELL.format(time);
    }

    /** {@code 3 December 2026}. */
    public static String day(LocalDate day) {
        return DAY.format(day);
    }

    /** The day of this moment. */
    public static String day(Instant time) {
        return day(LocalDate.ofInstant(time, LONDON));
    }

    /** {@code 3 Dec}. */
    public static String shortDay(LocalDate day) {
        return SHORT_DAY.format(day);
    }

    /** {@code 14:05}. */
    public static String timeOfDay(Instant time) {
        return TIME_OF_DAY.format(time);
    }

    /** {@code 3 December 2026 at 14:05 GMT}. */
    public static String time(Instant time) {
        return TIME.format(time);
    }
}
