package dev.connectionmanager.team;

import dev.connectionmanager.policy.Violations;

/**
 * What was sent, read.
 *
 * @param candidate what could be read of it
 * @param violations what could not
 */
public record Reading<C>(C candidate, Violations violations) {
    /** What was typed into a form, which can always be read. */
    public static <C> Reading<C> typed(C candidate) {
        return new Reading<>(candidate, Violations.NONE);
    }
}
