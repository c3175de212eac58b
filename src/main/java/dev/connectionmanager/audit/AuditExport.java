package dev.connectionmanager.audit;

import dev.connectionmanager.policy.Csv;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** How events leave the portal, by page and by API alike. */
public enum AuditExport {
    /** For spreadsheets: a header and one record of RFC 4180 for each event. */
    CSV("csv"),
    /** What {@link VerifyCommand} takes: a line with one JSON object for each event, in the form that its hash is made of. */
    JSON_LINES("jsonl");

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

    private final String code;

    AuditExport(String code) {
        this.code = code;
    }

    /** As the trail names it, and the file: {@code csv}, {@code jsonl}. */
    public String code() {
        return code;
    }

    String line(AuditEvent event) {
        var line = TrailLine.of(event);
        return this == CSV ? Csv.line(COLUMNS.stream().map(line::field)) : line.toJson() + "\n";
    }

    /**
     * Writes each event as it comes, in UTF-8: however many there are, only a buffer of them is in memory.
     *
     * @param events hands over the events, one after another
     * @throws UncheckedIOException when whoever reads has gone
     */
    public void write(Consumer<Consumer<AuditEvent>> events, OutputStream stream) {
        var out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        try {
            out.write(this == CSV ? Csv.line(COLUMNS.stream()) : "");
            events.accept(event -> write(out, line(event)));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(BufferedWriter out, String line) {
        try {
            out.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
