package dev.connectionmanager.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Which requests came with which key, for 24 hours. Each act is a transaction of its own. */
@ApplicationScoped
public class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int FORGOTTEN_AT_ONCE = 100;

    /** Of two at once the second waits for the first, and finds its row. */
    private static final String CLAIM = """
            insert into idempotency_key as k (id, asked, started_at) values (:id, :asked, :now)
            on conflict (id) do update set asked = excluded.asked, started_at = excluded.started_at, status = null,
                location = null, tag = null, body = null
            where k.started_at < :old returning id""";

    /** Of two at once one finds the other's request in its place, and changes nothing. */
    private static final String REPLACE = """
            update idempotency_key set asked = :asked, started_at = :now, status = null, location = null, tag = null,
                body = null where id = :id and asked <> :asked""";

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
     * @return the request that has the key already; empty when it is the caller's from now on, to {@link #keep} or
     *     {@link #free}
     */
    @Transactional
    public Optional<KeyedRequest> claim(Claim claim) {
        var now = clock.instant();
        var old = now.minus(KEPT);
        entities.createNativeQuery(FORGET)
                .setParameter("old", old)
                .setParameter("most", FORGOTTEN_AT_ONCE)
                .executeUpdate();
        KeyedRequest earlier;
        do {
            var claimed = entities.createNativeQuery(CLAIM)
                    .setParameter("id", claim.id())
                    .setParameter("asked", claim.asked())
                    .setParameter("now", now)
                    .setParameter("old", old)
                    .getResultList();
            if (!claimed.isEmpty()) {
                return Optional.empty();
            }
            // None, when it was freed in this very moment.
            earlier = entities.find(KeyedRequest.class, claim.id());
        } while (earlier == null);
        return Optional.of(earlier);
    }

    /**
     * Claims a key that another request has, and forgets that one.
     *
     * @return whether the key is the caller's from now on; not when a request that asks the same has it by now, or none
     */
    @Transactional
    public boolean replace(Claim claim) {
        return entities.createNativeQuery(REPLACE)
                        .setParameter("id", claim.id())
                        .setParameter("asked", claim.asked())
                        .setParameter("now", clock.instant())
                        .executeUpdate()
                == 1;
    }

    /** Keeps the answer for whoever sends the request again. Nothing happens where another request has the key by now. */
    @Transactional
    public void keep(Claim claim, KeyedRequest.Answer answer) {
        var request = entities.find(KeyedRequest.class, claim.id(), LockModeType.PESSIMISTIC_WRITE);
        if (request != null && request.asked(claim)) {
            request.answered(answer);
        }
    }

    /** As if the request had not been sent. Nothing happens where another request has the key by now. */
    @Transactional
    public void free(Claim claim) {
        entities.createNativeQuery("delete from idempotency_key where id = :id and asked = :asked")
                .setParameter("id", claim.id())
                .setParameter("asked", claim.asked())
                .executeUpdate();
    }
}
