package dev.connectionmanager.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How registered endpoints stand, in numbers. */
@ApplicationScoped
public class EndpointCounts {
    private static final String FAILING = "select h.environment, count(*) from endpoint_health h"
            + " where h.failing_since is not null and not h.gone group by 1";

    private static final String ENDING = """
            select cast(date_trunc('month', h.certificate_ends at time zone 'Europe/London') as date), count(*)
            from endpoint_health h where h.certificate_ends >= :from and h.certificate_ends < :until and not h.gone
            group by 1""";

    private final EntityManager entities;

    EndpointCounts(EntityManager entities) {
        this.entities = entities;
    }

    /** How many fail now, by the id of the environment. */
    public Map<String, Long> failing() {
        var counts = new TreeMap<String, Long>();
        rows(FAILING, Map.of()).forEach(row -> counts.put((String) row[0], ((Number) row[1]).longValue()));
        return counts;
    }

    /** How many certificates end, by the first day of the month in Europe/London. */
    public Map<LocalDate, Long> certificatesByMonth(Instant from, Instant until) {
        var counts = new TreeMap<LocalDate, Long>();
        rows(ENDING, Map.of("from", from, "until", until))
                .forEach(row -> counts.put(LocalDate.parse(row[0].toString()), ((Number) row[1]).longValue()));
        return counts;
    }

    @SuppressWarnings("unchecked")
    private List<Object[]> rows(String sql, Map<String, Object> parameters) {
        var query = entities.createNativeQuery(sql, Object[].class);
        parameters.forEach(query::setParameter);
        return query.getResultList();
    }
}
