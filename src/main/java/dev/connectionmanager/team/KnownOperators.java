package dev.connectionmanager.team;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;

/**
 * Who has been here as an operator. The OpenID Provider says it at each log-in, but not of who made the credential that
 * acts, and not in every token.
 */
@ApplicationScoped
public class KnownOperators {
    /** Who was not seen as an operator for so long is none any more. Policy. */
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Store store;
    private final Clock clock;
    private final Cache<String, Boolean> noted = CacheBuilder.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    KnownOperators(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Remembers that this person is an operator; writes it once an hour. */
    @Transactional(TxType.REQUIRES_NEW)
    void note(String subject) {
        if (noted.asMap().putIfAbsent(subject, true) == null) {
            store.getEntityManager()
                    .createNativeQuery("insert into known_operator (subject, seen_at) values (?1, ?2)"
                            + " on conflict (subject) do update set seen_at = excluded.seen_at")
                    .setParameter(1, subject)
                    .setParameter(2, clock.instant())
                    .executeUpdate();
        }
    }

    /** Whether the actor is an operator, or who made the credential that acts. */
    public boolean isBehind(Actor actor) {
        var since = clock.instant().minus(REMEMBERED);
        return actor.operator()
                || store.count("subject in (?1, ?2) and seenAt > ?3", actor.subject(), actor.maker(), since) > 0;
    }

    @ApplicationScoped
    static class Store implements PanacheRepositoryBase<KnownOperator, String> {}
}
