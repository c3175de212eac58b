package dev.connectionmanager.registration.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;

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
                select r.environment, v.metadata ->> 'token_endpoint_auth_method' as name, v.at as since,
                    least(coalesce(lead(v.at) over (partition by v.registration_id order by v.number), 'infinity'),
                        coalesce(r.deleted_at, 'infinity')) as until
                from revision v join registration r on r.id = v.registration_id)
            select m.at, count(*), count(*) filter (where method.name = 'private_key_jwt')
            from unnest(cast(:moments as timestamptz[])) m (at)
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

    /** How many clients there were at these moments; none for a moment when there were none. */
    @SuppressWarnings("unchecked")
    public List<Share> at(List<Instant> moments) {
        List<Object[]> rows = entities.createNativeQuery(THEN, Object[].class)
                .setParameter("moments", moments.toArray(Instant[]::new))
                .getResultList();
        return rows.stream()
                .map(row -> new Share((Instant) row[0], ((Number) row[1]).longValue(), ((Number) row[2]).longValue()))
                .toList();
    }
}
