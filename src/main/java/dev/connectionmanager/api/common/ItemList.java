package dev.connectionmanager.api.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.connectionmanager.policy.Page;
import java.util.List;
import java.util.function.Function;

/** A list as the API answers it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ItemList<T>(List<T> items, String nextCursor) {

    public static <T> ItemList<T> all(List<T> items) {
        return new ItemList<>(items, null);
    }

    public static <S, T> ItemList<T> of(Page<S> page, Function<S, T> item) {
        return new ItemList<>(page.items().stream().map(item).toList(), page.nextCursor());
    }
}
