package dev.connectionmanager.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Position;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** A list as the API answers it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record ItemList<T>(List<T> items, String nextCursor) {

    static <T> ItemList<T> all(List<T> items) {
        return new ItemList<>(items, null);
    }

    static <S, T> ItemList<T> of(Page<S> page, Function<S, T> item) {
        return new ItemList<>(page.items().stream().map(item).toList(), page.nextCursor());
    }

    /** @throws BadRequestException for a query parameter that this list does not know */
    static void allow(UriInfo uri, String... known) {
        var allowed = Set.of(known);
        uri.getQueryParameters().keySet().stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadRequestException("This list has no parameter '" + name + "'.");
                });
    }

    /** @throws BadRequestException unless it is a number from 1 to 100 */
    static int limit(String limit) {
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > 100) {
            throw new BadRequestException("limit must be a number from 1 to 100.");
        }
        return Integer.parseInt(limit);
    }

    /** @throws BadRequestException for a cursor that no list of ours gave */
    static Position position(String cursor) {
        return position(() -> Position.parse(cursor));
    }

    /** As {@link #position}, of a list that is sorted by time. */
    static Position timedPosition(String cursor) {
        return position(() -> Position.parseTimed(cursor));
    }

    /** @param reading of a cursor; refuses one that is of no such list */
    static Position position(Supplier<Position> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("cursor is not one that this list gave.");
        }
    }
}
