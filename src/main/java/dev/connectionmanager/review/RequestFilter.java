package dev.connectionmanager.review;

import dev.connectionmanager.team.Category;
import java.util.Set;
import java.util.UUID;

/**
 * Which requests a list shows.
 *
 * @param states empty = any
 * @param team {@code null} = any
 * @param environment {@code null} = any
 * @param category {@code null} = any
 * @param assignee subject of an operator; empty text = nobody; {@code null} = any
 * @param risk {@code null} = any
 * @param name part of the application's name, in any case; empty = any
 * @param application {@code null} = any
 */
public record RequestFilter(
        Set<RequestState> states,
        UUID team,
        String environment,
        Category category,
        String assignee,
        Risk.Level risk,
        String name,
        UUID application) {
    public static final RequestFilter ALL = new RequestFilter(Set.of(), null, null, null, null, null, "", null);

    public RequestFilter {
        states = Set.copyOf(states);
    }

    /** Which comes first. */
    public enum Order {
        /** The request that was made last. */
        NEWEST,
        /** The one that was submitted first: only what has been submitted. */
        WAITING
    }
}
