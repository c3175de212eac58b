package dev.connectionmanager.registration;

import dev.connectionmanager.team.rules.Category;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes client IDs: {@code <12 digits>.apps.<category>}. The number is random so that it cannot be guessed, and the
 * database sees to it that none is ever issued twice, in whichever environment and with whichever suffix.
 */
@ApplicationScoped
class ClientIds {
    private static final long LOWEST = 100_000_000_000L;
    private static final long BOUND = 1_000_000_000_000L;
    /** With 9·10¹¹ numbers, as many collisions in a row mean that the generator is broken. */
    private static final int MOST_TRIES = 20;

    private final LongSupplier numbers;

    @Inject
    ClientIds() {
        this(numbersFrom(new SecureRandom()));
    }

    ClientIds(LongSupplier numbers) {
        this.numbers = numbers;
    }

    /**
     * Issues a new client ID.
     *
     * @param reserve reserves it for ever with what it is issued for; gives nothing where its number was issued before
     */
    <T> T issue(Category category, Function<String, Optional<T>> reserve) {
        for (int i = 0; i < MOST_TRIES; i++) {
            var reserved = reserve.apply(numbers.getAsLong() + ".apps." + category.code());
            if (reserved.isPresent()) {
                return reserved.get();
            }
        }
        throw new IllegalStateException(MOST_TRIES + " client IDs in a row were taken");
    }

    private static LongSupplier numbersFrom(SecureRandom random) {
        return () -> random.longs(1, LOWEST, BOUND).findFirst().getAsLong();
    }
}
