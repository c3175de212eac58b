package dev.connectionmanager.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often acts were done. */
@ApplicationScoped
public class AuditCounts {
    /** By the index on acts and times alone. */
    private static final String WEEKLY = """
            select cast(date_trunc('week', e.at at time zone 'Europe/London') as date), e.act, count(*)
            from audit_entry e where e.act = any(cast(:acts as text[])) and e.at >= :since
            group by 1, 2""";

    private final EntityManager entities;

    AuditCounts(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * By the Monday of each week in Europe/London, and by act; what did not happen is left out.
     *
     * @param since not before this
     */
    public Map<LocalDate, Map<String, Long>> weekly(Set<String> acts, Instant since) {
        @SuppressWarnings("unchecked")
        List<Object[]> rows = entities.createNativeQuery(WEEKLY, Object[].class)
                .setParameter("acts", acts.toArray(String[]::new))
                .setParameter("since", since)
                .getResultList();
        var weeks = new HashMap<LocalDate, Map<String, Long>>();
        for (var row : rows) {
            weeks.computeIfAbsent(LocalDate.parse(row[0].toString()), week -> new HashMap<>())
                    .put((String) row[1], ((Number) row[2]).longValue());
        }
        return weeks;
    }
}
