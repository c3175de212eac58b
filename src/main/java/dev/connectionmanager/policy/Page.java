package dev.connectionmanager.policy;

import java.util.List;

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
}
