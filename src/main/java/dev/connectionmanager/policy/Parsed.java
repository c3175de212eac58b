package dev.connectionmanager.policy;

import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was sent, as far as it could be read. An act takes it whole, so that it can ask for the actor's rights first and
 * then refuse with everything that is wrong at once.
 *
 * @param candidate what could be read
 * @param violations what could not: unknown members, wrong types
 */
public record Parsed<C>(C candidate, Violations violations) {
    /** What was typed into a form, which can always be read. */
    public static <C> Parsed<C> typed(C candidate) {
        return new Parsed<>(candidate, Violations.NONE);
    }

    public <D> Parsed<D> map(Function<C, D> to) {
        return new Parsed<>(to.apply(candidate), violations);
    }

    /** These and what the rules say; of a member that could not be read, only that. */
    public Violations and(Violations judged) {
        var unreadable = violations.all().stream().map(Violation::path).collect(Collectors.toSet());
        return violations.and(new Violations(judged.all().stream()
                .filter(violation -> !unreadable.contains(violation.path()))
                .toList()));
    }

    /**
     * For acts that take it member by member.
     *
     * @throws Refusal.Rejected when something could not be read
     */
    public C readable() {
        Refusal.Rejected.ifBlocking(violations);
        return candidate;
    }
}
