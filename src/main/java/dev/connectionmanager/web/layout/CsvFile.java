package dev.connectionmanager.web.layout;

import dev.connectionmanager.policy.Csv;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.search.WholeList;
import dev.connectionmanager.wording.Dates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A whole list as a file for spreadsheets. */
@ApplicationScoped
public class CsvFile {
    /** So many are read at a time. */
    public static final int PAGE = 100;

    private final WholeList lists;

    CsvFile(WholeList lists) {
        this.lists = lists;
    }

    /**
     * Reads the first page at once, so that what is refused is refused, and the others while the file is sent.
     *
     * @param name of the file, without its ending
     * @param pages reads the page at a cursor, {@code null} for the first one, with up to {@link #PAGE} items
     * @param row the cells of one item; {@code null} = empty
     */
    public <T> Response of(
            String name, List<String> header, Function<String, Page<T>> pages, Function<T, Stream<String>> row) {
        var first = pages.apply(null);
        StreamingOutput body = out -> {
            var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            writer.write(Csv.BYTE_ORDER_MARK + Csv.line(header.stream()));
            lists.each(first, pages, item -> write(writer, Csv.line(row.apply(item))));
            writer.flush();
        };
        return Response.ok(body, "text/csv")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + ".csv\"")
                .build();
    }

    /** {@code 2026-12-01 14:03:22}, in Europe/London; empty for {@code null}. */
    public static String time(Instant time) {
        return time == null ? "" : Dates.cell(time);
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
