package dev.connectionmanager.web.form;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** A date as people type it: into three boxes. */
public record DateBoxes(String day, String month, String year) {
    private static final List<String> PARTS = List.of("-day", "-month", "-year");

    /** @param date such as {@code 2027-03-31}; {@code null} for none */
    public static DateBoxes of(String date) {
        if (date == null) {
            return new DateBoxes("", "", "");
        }
        var parsed = LocalDate.parse(date);
        return new DateBoxes(
                Integer.toString(parsed.getDayOfMonth()),
                Integer.toString(parsed.getMonthValue()),
                Integer.toString(parsed.getYear()));
    }

    public static boolean sent(String name, MultivaluedMap<String, String> fields) {
        return PARTS.stream().map(name::concat).anyMatch(fields::containsKey);
    }

    public static DateBoxes typed(String name, MultivaluedMap<String, String> fields) {
        var boxes = PARTS.stream()
                .map(part -> Objects.requireNonNullElse(fields.getFirst(name + part), ""))
                .toList();
        return new DateBoxes(boxes.get(0), boxes.get(1), boxes.get(2));
    }

    /** The date, such as {@code 2027-03-31}; what was typed where it is none; {@code null} for empty boxes. */
    public String text() {
        if (day.isEmpty() && month.isEmpty() && year.isEmpty()) {
            return null;
        }
        try {
            if (year.length() != 4) {
                throw new DateTimeException(year);
            }
            return LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day))
                    .toString();
        } catch (NumberFormatException | DateTimeException e) {
            return String.join(" ", day, month, year).strip();
        }
    }
}
