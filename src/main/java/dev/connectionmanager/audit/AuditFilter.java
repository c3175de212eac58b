package dev.connectionmanager.audit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Set;

/**
 * Which events are looked for; what is {@code null} does not matter.
 *
 * @param chains the chains that are looked through: ids of teams, or {@link AuditEvent#PORTAL}
 * @param object the id of a thing
 * @param person the {@code sub} of who did it, or how their name begins, in either case
 * @param act the code of an act
 * @param from not before this
 * @param until before this
 */
@RecordBuilder
public record AuditFilter(Set<String> chains, String object, String person, String act, Instant from, Instant until)
        implements AuditFilterBuilder.With {
    public static final AuditFilter ALL = AuditFilterBuilder.builder().build();

    public AuditFilter {
        chains = chains == null ? null : Set.copyOf(chains);
    }

    /** The same, in these chains only. */
    public AuditFilter in(Set<String> only) {
        return withChains(only);
    }
}
