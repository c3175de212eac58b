package dev.connectionmanager.policy;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records of RFC 4180, for spreadsheets. */
public final class Csv {
    /** Without it spreadsheets take UTF-8 for something else. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private Csv() {}

    /** One record with its line end; {@code null} = an empty cell. */
    public static String line(Stream<String> values) {
        return values.map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Spreadsheets run a cell that begins like a formula (CWE-1236): an apostrophe makes it text. */
    private static String cell(String value) {
        var text = Objects.requireNonNullElse(value, "");
        var defused = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + defused.replace("\"", "\"\"") + '"';
    }
}
