package dev.connectionmanager.audit;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Set;

/**
 * Which events are looked for; what is {@code null} does not matter.
 *
 * @param chains the chains that are looked through: ids of teams, or {@link AuditEvent#PORTAL}
 * @param objects the ids of things
 * @param person the {@code sub} of who did it, or how their name begins, whatever its case and accents
 * @param acts the codes of acts
 * @param from not before this
 * @param until before this
 * @param withoutMail whether what was mailed is left out
 */
@RecordBuilder
public record AuditFilter(
        Set<String> chains,
        Set<String> objects,
        String person,
        Set<String> acts,
        Instant from,
        Instant until,
        boolean withoutMail)
        implements AuditFilterBuilder.With {
    public static final AuditFilter ALL = AuditFilterBuilder.builder().build();

    public AuditFilter {
        chains = chains == null ? null : Set.copyOf(chains);
        objects = objects == null ? null : Set.copyOf(objects);
        acts = acts == null ? null : Set.copyOf(acts);
    }

    /** The same, of this thing only; {@code null} = of any. */
    public AuditFilter of(String object) {
        return withObjects(object == null ? null : Set.of(object));
    }

    /** The same, of this act only; {@code null} = of any. */
    public AuditFilter act(String act) {
        return withActs(act == null ? null : Set.of(act));
    }

    /** The same, in these chains only. */
    public AuditFilter in(Set<String> only) {
        return withChains(only);
    }
}
