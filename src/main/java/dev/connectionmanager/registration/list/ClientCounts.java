package dev.connectionmanager.registration.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** How many clients there are and were, and how they authenticate. */
@ApplicationScoped
public class ClientCounts {
    private static final String NOW = """
            select r.environment, v.metadata ->> 'token_endpoint_auth_method', lower(a.category), count(*)
            from registration r join revision v on v.registration_id = r.id and v.number = r.revision
            join application a on a.id = r.application_id
            where r.deleted_at is null group by 1, 2, 3""";

    /** Which method a client had from when until when, by its revisions; counted at each moment that is asked for. */
    private static final String THEN = """
            with method as (
                select v.metadata ->> 'token_endpoint_auth_method' as name, v.at as since,
                    least(coalesce(lead(v.at) over (partition by v.registration_id order by v.number), 'infinity'),
                        coalesce(r.deleted_at, 'infinity')) as until
                from revision v join registration r on r.id = v.registration_id)
            select m.place, count(*), count(*) filter (where method.name = 'private_key_jwt')
            from unnest(cast(:moments as timestamptz[])) with ordinality m (at, place)
            join method on method.since <= m.at and method.until > m.at
            group by 1""";

    private final EntityManager entities;

    ClientCounts(EntityManager entities) {
        this.entities = entities;
    }

    /** @param category {@code supplier}… */
    public record Kind(String environment, String method, String category, long clients) {}

    /** Clients that are not deleted, of each kind of which there are any. */
    @SuppressWarnings("unchecked")
    public List<Kind> now() {
        List<Object[]> rows = entities.createNativeQuery(NOW, Object[].class).getResultList();
        return rows.stream()
                .map(row -> new Kind((String) row[0], (String) row[1], (String) row[2], ((Number) row[3]).longValue()))
                .toList();
    }

    /** @param privateKeyJwt how many of the clients authenticated so */
    public record Share(Instant at, long clients, long privateKeyJwt) {}

    /** How many clients there were at these moments, in the order of these. */
    @SuppressWarnings("unchecked")
    public List<Share> at(List<Instant> moments) {
        List<Object[]> rows = entities.createNativeQuery(THEN, Object[].class)
                .setParameter("moments", moments.stream().map(Instant::toString).toArray(String[]::new))
                .getResultList();
        var found = new TreeMap<Integer, Object[]>();
        rows.forEach(row -> found.put(((Number) row[0]).intValue() - 1, row));
        return IntStream.range(0, moments.size())
                .mapToObj(place -> share(moments.get(place), found.get(place)))
                .toList();
    }

    private static Share share(Instant at, Object[] row) {
        return row == null
                ? new Share(at, 0, 0)
                : new Share(at, ((Number) row[1]).longValue(), ((Number) row[2]).longValue());
    }
}
