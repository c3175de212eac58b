package dev.connectionmanager.registration;

import dev.connectionmanager.team.rules.Category;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Issues client IDs: {@code <12 digits>.apps.<category>}. The number is random so that it cannot be guessed, and the
 * database sees to it that none is ever issued twice, in whichever environment and with whichever suffix.
 */
@ApplicationScoped
class ClientIds {
    private static final long LOWEST = 100_000_000_000L;
    private static final long BOUND = 1_000_000_000_000L;
    /** With 9·10¹¹ numbers, as many collisions in a row mean that the generator is broken. */
    private static final int MOST_TRIES = 20;

    private final EntityManager entities;
    private final Clock clock;
    private final LongSupplier numbers;

    @Inject
    ClientIds(EntityManager entities, Clock clock) {
        this(entities, clock, numbersFrom(new SecureRandom()));
    }

    ClientIds(EntityManager entities, Clock clock, LongSupplier numbers) {
        this.entities = entities;
        this.clock = clock;
        this.numbers = numbers;
    }

    /** Reserves a new client ID for ever, in the caller's transaction. */
    String issue(Category category) {
        for (int i = 0; i < MOST_TRIES; i++) {
            var number = Long.toString(numbers.getAsLong());
            var clientId = number + ".apps." + category.code();
            var inserted = entities.createNativeQuery("insert into issued_client_id (number, client_id, issued_at)"
                            + " values (?1, ?2, ?3) on conflict do nothing")
                    .setParameter(1, number)
                    .setParameter(2, clientId)
                    .setParameter(3, clock.instant())
                    .executeUpdate();
            if (inserted == 1) {
                return clientId;
            }
        }
        throw new IllegalStateException(MOST_TRIES + " client IDs in a row were taken");
    }

    private static LongSupplier numbersFrom(SecureRandom random) {
        return () -> random.longs(1, LOWEST, BOUND).findFirst().getAsLong();
    }
}
