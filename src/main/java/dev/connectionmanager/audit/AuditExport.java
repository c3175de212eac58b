package dev.connectionmanager.audit;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How events leave the portal. JSON lines are what {@link VerifyCommand} takes; CSV is for spreadsheets. */
public final class AuditExport {
    private static final List<String> COLUMNS = List.of(
            "at",
            "actor_name",
            "actor",
            "role",
            "team_id",
            "act",
            "object",
            "object_id",
            "version",
            "before",
            "after",
            "about",
            "request_id",
            "chain",
            "sequence",
            "hash",
            "sealed");

    private AuditExport() {}

    /** @return one JSON object and a line feed, in the form that the hashes are made of */
    public static String jsonLine(AuditEvent event) {
        return TrailLine.of(event).toJson() + "\n";
    }

    public static String csvHeader() {
        return csv(COLUMNS.stream());
    }

    /** @return one record of RFC 4180 */
    public static String csvLine(AuditEvent event) {
        var line = TrailLine.of(event);
        return csv(COLUMNS.stream().map(line::field));
    }

    private static String csv(Stream<String> values) {
        return values.map(AuditExport::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    /** Spreadsheets run a cell that begins like a formula (CWE-1236): an apostrophe makes it text. */
    private static String cell(String value) {
        var text = Objects.requireNonNullElse(value, "");
        var defused = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + defused.replace("\"", "\"\"") + '"';
    }
}
