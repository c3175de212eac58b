package dev.connectionmanager.api.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Total;
import java.util.List;
import java.util.function.Function;

/**
 * A list as the API answers it.
 *
 * @param total how many there are on all pages together, at most {@link Total#MOST}; {@code null} where that was not asked for
 * @param totalExact whether there are no more than that; {@code null} where it was not asked for
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ItemList<T>(
        List<T> items,
        String nextCursor,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long total,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean totalExact) {

    public ItemList(List<T> items, String nextCursor) {
        this(items, nextCursor, null, null);
    }

    public static <T> ItemList<T> all(List<T> items) {
        return new ItemList<>(items, null);
    }

    public static <S, T> ItemList<T> of(Page<S> page, Function<S, T> item) {
        return new ItemList<>(page.items().stream().map(item).toList(), page.nextCursor());
    }

    ItemList<T> withCursor(String cursor) {
        return new ItemList<>(items, cursor, total, totalExact);
    }

    /** @param counted up to {@link Total#COUNTED} */
    ItemList<T> withTotal(long counted) {
        return new ItemList<>(items, nextCursor, Math.min(counted, Total.MOST), counted <= Total.MOST);
    }
}
