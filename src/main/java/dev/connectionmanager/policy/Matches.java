package dev.connectionmanager.policy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a search has found of one kind.
 *
 * @param items the first of them
 * @param total how many there are, counted up to {@link Total#COUNTED}
 */
public record Matches<T>(List<T> items, long total) {
    public Matches {
        items = List.copyOf(items);
    }

    public static <T> Matches<T> none() {
        return new Matches<>(List.of(), 0);
    }

    /**
     * @param rows of what {@link #first} asks for
     * @param read what has these ids, by id
     */
    public static <T> Matches<T> of(List<Object[]> rows, Function<List<UUID>, Map<UUID, T>> read) {
        if (rows.isEmpty()) {
            return none();
        }
        var ids = rows.stream().map(row -> (UUID) row[0]).toList();
        var found = read.apply(ids);
        return new Matches<>(
                ids.stream().map(found::get).filter(Objects::nonNull).toList(), ((Number) rows.get(0)[1]).longValue());
    }

    /**
     * SQL for the ids of the first of those that fit, each with how many fit.
     *
     * @param fitting a select of {@code id} and what it is ordered by, served by an index
     * @param most how many are wanted
     */
    public static String first(String fitting, String order, int most) {
        return "select id, count(*) over () as total from (" + fitting + " limit " + Total.COUNTED
                + ") fitting order by " + order + " limit " + most;
    }
}
