package dev.connectionmanager.registration.check;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** Which live checks were asked for, and which node runs them. Each act joins the caller's transaction. */
    @ApplicationScoped
    static class AskedCheckStore implements PanacheRepositoryBase<AskedCheck, UUID> {
        /** Four times what a check takes. */
        private static final Duration LEASE = Duration.ofSeconds(90);

        private static final Duration KEPT = Duration.ofDays(1);

        Optional<AskedCheck> unfinished(String askedBy, AskedCheck.Details details) {
            return find(
                            "endedAt is null and askedBy = ?1 and applicationId = ?2 and environment = ?3 and subject = ?4"
                                    + " and (subjectId = ?5 or subjectId is null) order by askedAt desc limit 1",
                            askedBy,
                            details.applicationId(),
                            details.environment(),
                            details.subject(),
                            details.subjectId())
                    .firstResultOptional();
        }

        boolean anyDue(Instant now) {
            return count("endedAt is null and (leasedUntil is null or leasedUntil <= ?1)", now) > 0;
        }

        /** Takes what has waited the longest and is not leased to any node. */
        Optional<AskedCheck> take(UUID lease, Instant now) {
            var found = getEntityManager()
                    .createNativeQuery(
                            "select * from asked_check where ended_at is null and (leased_until is null or leased_until <= :now)"
                                    + " order by asked_at limit 1 for update skip locked",
                            AskedCheck.class)
                    .setParameter("now", now)
                    .getResultList();
            for (var row : found) {
                ((AskedCheck) row).lease(lease, now.plus(LEASE));
                return Optional.of((AskedCheck) row);
            }
            return Optional.empty();
        }

        /** While the lease lasts: another node's is not touched. */
        Optional<AskedCheck> leased(UUID id, UUID lease) {
            return find("id = ?1 and lease = ?2", id, lease)
                    .withLock(LockModeType.PESSIMISTIC_WRITE)
                    .firstResultOptional();
        }

        void opens(UUID id, UUID lease, List<String> members) {
            getEntityManager()
                    .createNativeQuery("update asked_check set opened = :members where id = :id and lease = :lease")
                    .setParameter("members", members.toArray(String[]::new))
                    .setParameter("id", id)
                    .setParameter("lease", lease)
                    .executeUpdate();
        }

        void checked(UUID id, UUID lease, String member) {
            getEntityManager()
                    .createNativeQuery("update asked_check set checked = array_append(checked, cast(:member as text))"
                            + " where id = :id and lease = :lease")
                    .setParameter("member", member)
                    .setParameter("id", id)
                    .setParameter("lease", lease)
                    .executeUpdate();
        }

        void forgetOld(Instant now) {
            getEntityManager()
                    .createNativeQuery("delete from asked_check where id in (select id from asked_check"
                            + " where asked_at <= :old limit 1000 for update skip locked)")
                    .setParameter("old", now.minus(KEPT))
                    .executeUpdate();
        }
    }
}
