package dev.connectionmanager.registration.check;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    @ApplicationScoped
    static class ChallengeStore implements PanacheRepositoryBase<KeyChallenge, UUID> {
        /** Those that nobody can answer any more. */
        void dropOld(UUID registrationId, Instant now) {
            delete("registrationId = ?1 and issuedAt < ?2", registrationId, now.minus(Duration.ofDays(1)));
        }

        /** The database decides which of two answers at once was first, whichever node they came to. */
        boolean answer(UUID id, String thumbprint, Instant now) {
            return update("thumbprint = ?2, answeredAt = ?3 where id = ?1 and thumbprint is null", id, thumbprint, now)
                    == 1;
        }
    }

    @ApplicationScoped
    static class ProvenKeyStore implements PanacheRepositoryBase<ProvenKey, UUID> {
        List<ProvenKey> of(UUID registrationId) {
            return list("registrationId = ?1 order by provenAt desc", registrationId);
        }
    }
}
