package dev.connectionmanager.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Which requests came with which Idempotency-Key, for a day. Each act is a transaction of its own. */
@ApplicationScoped
class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int FORGOTTEN_AT_ONCE = 100;

    /** Of two at once the second waits for the first, and finds its row. */
    private static final String CLAIM = """
            insert into idempotency_key as k (id, asked, started_at) values (:id, :asked, :now)
            on conflict (id) do update set asked = excluded.asked, started_at = excluded.started_at, status = null,
                location = null, tag = null, body = null
            where k.started_at < :old returning id""";

    private static final String FORGET = """
            delete from idempotency_key where id in (select id from idempotency_key where started_at < :old
                order by started_at limit :most for update skip locked)""";

    private final EntityManager entities;
    private final Clock clock;

    IdempotencyKeys(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * Claims a key for a request, and forgets old ones in passing.
     *
     * @param id stands for the caller and the key
     * @param asked stands for what is asked
     * @return the request that has the key already; empty when it is the caller's from now on, to {@link #keep} or
     *     {@link #free}
     */
    @Transactional
    Optional<KeyedRequest> claim(String id, String asked) {
        var now = clock.instant();
        var old = now.minus(KEPT);
        entities.createNativeQuery(FORGET)
                .setParameter("old", old)
                .setParameter("most", FORGOTTEN_AT_ONCE)
                .executeUpdate();
        KeyedRequest earlier;
        do {
            var claimed = entities.createNativeQuery(CLAIM)
                    .setParameter("id", id)
                    .setParameter("asked", asked)
                    .setParameter("now", now)
                    .setParameter("old", old)
                    .getResultList();
            if (!claimed.isEmpty()) {
                return Optional.empty();
            }
            // None, when it was freed in this very moment.
            earlier = entities.find(KeyedRequest.class, id);
        } while (earlier == null);
        return Optional.of(earlier);
    }

    /** Keeps the answer for whoever sends the request again. */
    @Transactional
    void keep(String id, KeyedRequest.Answer answer) {
        var request = entities.find(KeyedRequest.class, id);
        if (request != null) {
            request.answered(answer);
        }
    }

    /** As if the request had not been sent. */
    @Transactional
    void free(String id) {
        entities.createNativeQuery("delete from idempotency_key where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }
}
