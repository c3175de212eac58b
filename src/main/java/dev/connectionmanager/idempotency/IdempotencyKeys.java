package dev.connectionmanager.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Which requests came with which key, for 24 hours. Each act is a transaction of its own. */
@ApplicationScoped
public class IdempotencyKeys {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int FORGOTTEN_AT_ONCE = 100;
    /** Checks of endpoints take 20 seconds, and so may one that waits for them. */
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(2);

    /** Of two at once the second waits for the first, and finds its row. */
    private static final String CLAIM = """
            insert into idempotency_key as k (id, asked, started_at, uncommitted) values (:id, :asked, :now, :attempt)
            on conflict (id) do update set asked = excluded.asked, started_at = excluded.started_at, status = null,
                location = null, tag = null, body = null, uncommitted = excluded.uncommitted
            where k.started_at < :old
                or k.started_at < :overdue and k.status is null and k.uncommitted is not null
            returning id""";

    /** Of two at once one finds the other's request in its place, and changes nothing. */
    private static final String REPLACE = """
            update idempotency_key set asked = :asked, started_at = :now, status = null, location = null, tag = null,
                body = null, uncommitted = :attempt where id = :id and asked <> :asked""";

    private static final String FORGET = """
            delete from idempotency_key where id in (select id from idempotency_key where started_at < :old
                order by started_at limit :most for update skip locked)""";

    private final EntityManager entities;
    private final CommittedWork work;
    private final Clock clock;
    /** Of requests whose end could not be written down, since the database was away. */
    private final Queue<Claim> unsettled = new ConcurrentLinkedQueue<>();

    IdempotencyKeys(EntityManager entities, CommittedWork work, Clock clock) {
        this.entities = entities;
        this.work = work;
        this.clock = clock;
    }

    /**
     * Claims a key for a request, and forgets old ones in passing. One whose request has not ended by any means and
     * has committed nothing is free: should that request come to life again, it commits nothing any more.
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
        settle();
        KeyedRequest earlier;
        do {
            var claimed = entities.createNativeQuery(CLAIM)
                    .setParameter("id", claim.id())
                    .setParameter("asked", claim.asked())
                    .setParameter("attempt", claim.attempt())
                    .setParameter("now", now)
                    .setParameter("old", old)
                    .setParameter("overdue", now.minus(LONGEST_REQUEST))
                    .getResultList();
            if (!claimed.isEmpty()) {
                work.begin(claim);
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
        var replaced = entities.createNativeQuery(REPLACE)
                        .setParameter("id", claim.id())
                        .setParameter("asked", claim.asked())
                        .setParameter("attempt", claim.attempt())
                        .setParameter("now", clock.instant())
                        .executeUpdate()
                == 1;
        if (replaced) {
            work.begin(claim);
        }
        return replaced;
    }

    /** What ended in a fault: as if it had not been sent, where it is certain that it has done nothing; else kept. */
    @Transactional
    public void fail(Claim claim, KeyedRequest.Answer answer) {
        work.end();
        if (freeUncommitted(claim) == 0) {
            answered(claim, answer);
        }
    }

    /** For a request whose end cannot be written down now: done with the next one that claims a key. */
    public void settleLater(Claim claim) {
        work.end();
        unsettled.add(claim);
    }

    private void settle() {
        // Those that this transaction takes along in vain are overdue some day.
        for (var claim = unsettled.poll(); claim != null; claim = unsettled.poll()) {
            freeUncommitted(claim);
        }
    }

    private int freeUncommitted(Claim claim) {
        return entities.createNativeQuery(
                        "delete from idempotency_key where id = :id and uncommitted = :attempt and status is null")
                .setParameter("id", claim.id())
                .setParameter("attempt", claim.attempt())
                .executeUpdate();
    }

    /** Keeps the answer for whoever sends the request again. Nothing happens where another request has the key by now. */
    @Transactional
    public void keep(Claim claim, KeyedRequest.Answer answer) {
        work.end();
        answered(claim, answer);
    }

    private void answered(Claim claim, KeyedRequest.Answer answer) {
        var request = entities.find(KeyedRequest.class, claim.id(), LockModeType.PESSIMISTIC_WRITE);
        if (request != null && request.asked(claim)) {
            request.answered(answer);
        }
    }

    /** As if the request had not been sent. Nothing happens where another request has the key by now. */
    @Transactional
    public void free(Claim claim) {
        work.end();
        entities.createNativeQuery("delete from idempotency_key where id = :id and asked = :asked")
                .setParameter("id", claim.id())
                .setParameter("asked", claim.asked())
                .executeUpdate();
    }
}
