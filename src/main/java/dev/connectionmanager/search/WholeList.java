package dev.connectionmanager.search;

import dev.connectionmanager.policy.Page;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads a list to its end, each page in a transaction of its own: however long it is, only one page of it is in memory. */
@ApplicationScoped
public class WholeList {
    /**
     * @param pages reads the page at a cursor, {@code null} for the first one
     * @param reader is handed the items of one page after another
     */
    public <T> void each(Page<T> first, Function<String, Page<T>> pages, Consumer<T> reader) {
        var page = first;
        page.items().forEach(reader);
        while (page.nextCursor() != null) {
            var cursor = page.nextCursor();
            page = QuarkusTransaction.requiringNew().call(() -> pages.apply(cursor));
            page.items().forEach(reader);
        }
    }
}
