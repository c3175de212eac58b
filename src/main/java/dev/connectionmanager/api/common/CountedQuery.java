package dev.connectionmanager.api.common;

import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import jakarta.ws.rs.QueryParam;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Which page of a list that says, where that is asked for, how many there are on all pages together. */
public class CountedQuery extends PageQuery {
    @QueryParam("total")
    String total;

    /**
     * @param counting tells how many there are, counted up to {@link dev.connectionmanager.policy.Total#COUNTED}; not asked where
     *     nobody asks for it
     * @throws Refusal.Malformed unless it is asked for by {@code true} or {@code false}
     */
    public <S, T> ItemList<T> list(Page<S> page, Function<S, T> item, LongSupplier counting) {
        var items = ItemList.of(page, item);
        return Flag.read("total", total) ? items.withTotal(counting.getAsLong()) : items;
    }
}
