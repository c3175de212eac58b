package dev.connectionmanager.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.connectionmanager.policy.Page;
import java.util.List;
import java.util.function.Function;

/** A list as the API answers it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ItemList<T>(List<T> items, String nextCursor) {

    static <T> ItemList<T> all(List<T> items) {
        return new ItemList<>(items, null);
    }

    static <S, T> ItemList<T> of(Page<S> page, Function<S, T> item) {
        return new ItemList<>(page.items().stream().map(item).toList(), page.nextCursor());
    }
}
