package dev.connectionmanager.policy;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items what is on it
 * @param nextCursor opaque, where the next page begins; {@code null} on the last page
 */
public record Page<T>(List<T> items, String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * @param found what was found from where the page begins, at least one more than is shown where there is more
     * @param limit how many are shown
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, Cursor> position) {
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                shown,
                found.size() > limit ? position.apply(shown.get(limit - 1)).encoded() : null);
    }
}
