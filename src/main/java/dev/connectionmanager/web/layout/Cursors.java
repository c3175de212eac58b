package dev.connectionmanager.web.layout;

import dev.connectionmanager.policy.Refusal;
import java.util.function.Function;

/** Where a page of a list begins, as its address says. */
public final class Cursors {
    private Cursors() {}

    /**
     * @param cursor {@code null} = from the beginning
     * @param list reads a cursor of the list; {@code null} for the beginning
     * @throws Refusal.NotFound for an address that somebody has shortened or made up: there is no such page
     */
    public static <T> T position(String cursor, Function<String, T> list) {
        try {
            return list.apply(cursor);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound();
        }
    }
}
