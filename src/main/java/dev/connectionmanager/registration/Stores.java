package dev.connectionmanager.registration;

import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    /** A pattern for {@code lower(…) like … escape '!'}. */
    static String containing(String part) {
        return "%"
                + part.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }

    @ApplicationScoped
    static class ApplicationStore implements PanacheRepositoryBase<Application, UUID> {
        Optional<Application> existing(UUID id) {
            return findByIdOptional(id).filter(application -> !application.deleted());
        }

        /** Takes the row's lock: acts on one application and its registrations happen one after another. */
        Optional<Application> lock(UUID id) {
            return lockEvenDeleted(id).filter(application -> !application.deleted());
        }

        Optional<Application> lockEvenDeleted(UUID id) {
            return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
        }
    }

    @ApplicationScoped
    static class RegistrationStore implements PanacheRepositoryBase<Registration, UUID> {
        Optional<Registration> existing(UUID applicationId, String environment) {
            return find("applicationId = ?1 and environment = ?2 and deletedAt is null", applicationId, environment)
                    .firstResultOptional();
        }

        /** The one issued last, deleted or not. */
        Optional<Registration> last(UUID applicationId, String environment) {
            return find("applicationId = ?1 and environment = ?2 order by issuedAt desc", applicationId, environment)
                    .firstResultOptional();
        }

        /** Those that were deleted: first what was suspended then, and of equals the latest. */
        List<Registration> deleted(UUID applicationId, int most) {
            return find(
                            "applicationId = ?1 and deletedAt is not null"
                                    + " order by case when suspendedAt is null then 1 else 0 end, deletedAt desc",
                            applicationId)
                    .page(0, most)
                    .list();
        }

        List<Registration> existing(Collection<UUID> applicationIds) {
            return list("applicationId in ?1 and deletedAt is null", applicationIds);
        }

        /** Whether it still stands as it was read. */
        boolean inForce(Registration read) {
            return count("id = ?1 and revision = ?2 and deletedAt is null", read.id(), read.revision()) == 1;
        }

        boolean ever(UUID applicationId) {
            return count("applicationId", applicationId) > 0;
        }
    }

    @ApplicationScoped
    static class RevisionStore implements PanacheRepositoryBase<Revision, UUID> {
        Revision inForce(Registration registration) {
            return number(registration, registration.revision());
        }

        Revision number(Registration registration, int number) {
            return find("registrationId = ?1 and number = ?2", registration.id(), number)
                    .singleResult();
        }

        /** At most so many of those with a smaller number, which have no gaps. */
        List<Revision> newestFirst(Registration registration, int below, int most) {
            return find("registrationId = ?1 and number < ?2 order by number desc", registration.id(), below)
                    .range(0, most - 1)
                    .list();
        }
    }

    @ApplicationScoped
    static class DraftStore implements PanacheRepositoryBase<Draft, UUID> {
        Optional<Draft> of(UUID applicationId, String environment) {
            return find("applicationId = ?1 and environment = ?2", applicationId, environment)
                    .firstResultOptional();
        }

        List<Draft> of(Collection<UUID> applicationIds) {
            return list("applicationId in ?1", applicationIds);
        }
    }

    @ApplicationScoped
    static class HandoverStore implements PanacheRepositoryBase<Handover, UUID> {
        Optional<Handover> open(UUID applicationId) {
            return find("applicationId = ?1 and state = ?2", applicationId, Handover.State.OPEN)
                    .firstResultOptional();
        }

        /** At most so many that are open and were made before. */
        List<UUID> over(Instant before, int most) {
            return getEntityManager()
                    .createQuery("select id from Handover where state = ?1 and offeredAt <= ?2 order by id", UUID.class)
                    .setParameter(1, Handover.State.OPEN)
                    .setParameter(2, before)
                    .setMaxResults(most)
                    .getResultList();
        }

        Optional<Handover> latest(UUID applicationId, UUID fromTeam) {
            return find("applicationId = ?1 and fromTeam = ?2 order by offeredAt desc", applicationId, fromTeam)
                    .firstResultOptional();
        }

        long countOpenTo(UUID team, Instant since) {
            return count(
                    "toTeam = ?1 and state = ?2 and offeredAt > ?3"
                            + " and applicationId in (select id from Application where deletedAt is null)",
                    team,
                    Handover.State.OPEN,
                    since);
        }

        /**
         * Offers to this team, each with the application that is offered.
         *
         * @param since offers made until then have lapsed
         * @param condition on the offer {@code h} beside that
         */
        TypedQuery<Object[]> openTo(UUID team, Instant since, String condition) {
            return getEntityManager()
                    .createQuery(
                            "select h, a from Handover h join Application a on a.id = h.applicationId"
                                    + " where h.toTeam = :team and h.state = :open"
                                    + " and a.deletedAt is null and h.offeredAt > :since and " + condition
                                    + " order by h.offeredAt, h.id",
                            Object[].class)
                    .setParameter("team", team)
                    .setParameter("open", Handover.State.OPEN)
                    .setParameter("since", since);
        }

        /** How many offers to that team its makers left open or took back: those of any time, these since then. */
        long unanswered(UUID fromTeam, UUID toTeam, Instant since) {
            return count(
                    "fromTeam = ?1 and toTeam = ?2 and (state = ?3 or state = ?4 and offeredAt > ?5)",
                    fromTeam,
                    toTeam,
                    Handover.State.OPEN,
                    Handover.State.WITHDRAWN,
                    since);
        }

        /** Which application was offered, whatever became of the offer. */
        Optional<UUID> applicationOf(UUID id, UUID toTeam) {
            return getEntityManager()
                    .createQuery("select applicationId from Handover where id = ?1 and toTeam = ?2", UUID.class)
                    .setParameter(1, id)
                    .setParameter(2, toTeam)
                    .getResultStream()
                    .findFirst();
        }
    }

    @ApplicationScoped
    static class OwedSecretStore implements PanacheRepositoryBase<UncollectedSecret, UUID> {}

    @ApplicationScoped
    static class AttestationStore implements PanacheRepositoryBase<Attestation, UUID> {}

    @ApplicationScoped
    static class AttestationStatusStore implements PanacheRepositoryBase<AttestationStatus, UUID> {
        /** At most so many teams that are due until then and have not been reminded of it. */
        List<AttestationStatus> toRemind(Instant until, int most) {
            return getEntityManager()
                    .createNativeQuery(
                            "select * from attestation_status s where s.due_at <= ?1 and not exists (select 1"
                                    + " from attestation_reminder r where r.team_id = s.team_id"
                                    + " and r.due_at = s.due_at) order by s.due_at, s.team_id limit ?2",
                            AttestationStatus.class)
                    .setParameter(1, until)
                    .setParameter(2, most)
                    .getResultList();
        }

        /** @return whether it was not noted before, by this node or another */
        boolean noteReminder(AttestationStatus status) {
            return getEntityManager()
                            .createNativeQuery("insert into attestation_reminder (team_id, due_at) values (?1, ?2)"
                                    + " on conflict do nothing")
                            .setParameter(1, status.teamId())
                            .setParameter(2, status.dueAt())
                            .executeUpdate()
                    == 1;
        }
    }

    @ApplicationScoped
    static class CheckStore implements PanacheRepositoryBase<CheckedEndpoint, UUID> {
        private static final String NEWER = "o.registrationId = c.registrationId and o.field = c.field"
                + " and (o.revision > c.revision or o.revision = c.revision and o.at > c.at)";

        /** The newest report of each endpoint: of the latest revision, and of that the latest. */
        List<CheckedEndpoint> latest(UUID registrationId) {
            return list(
                    "from CheckedEndpoint c where c.registrationId = ?1"
                            + " and not exists (select 1 from CheckedEndpoint o where " + NEWER + ")"
                            + " order by c.field desc",
                    registrationId);
        }

        /** The newest report of a look at this address in which something was sent to it. */
        Optional<CheckReport> lastSent(UUID registrationId, CheckReport latest) {
            return find(
                            "registrationId = ?1 and field = ?2 and sent = true order by at desc",
                            registrationId,
                            latest.field())
                    .firstResultOptional()
                    .map(CheckedEndpoint::report)
                    .filter(report -> report.uri().equals(latest.uri()));
        }

        /**
         * Drops reports that a newer one has replaced and that are older than this. One in which something was sent is
         * replaced only by another such.
         */
        void thin(UUID registrationId, Instant passedBefore, Instant failedBefore) {
            delete(
                    "delete from CheckedEndpoint c where c.registrationId = ?1"
                            + " and (c.at < ?3 or c.failed = false and c.at < ?2)"
                            + " and exists (select 1 from CheckedEndpoint o where " + NEWER
                            + " and (o.sent = true or c.sent = false))",
                    registrationId,
                    passedBefore,
                    failedBefore);
        }
    }

    @ApplicationScoped
    static class HealthStore implements PanacheRepositoryBase<EndpointHealth, UUID> {
        private static final long ENOUGH = 20;

        Optional<EndpointHealth> of(UUID registrationId, String field) {
            return find("registrationId = ?1 and field = ?2", registrationId, field)
                    .firstResultOptional();
        }

        /**
         * Whether most of what was looked at since then began to fail: then it is rather the portal that has lost its way
         * to the internet. Only with so many looks that it cannot be chance.
         */
        boolean mostFailSince(Instant since) {
            var failing = count("health.failingSince >= ?1", since);
            return failing >= ENOUGH && failing * 2 > count("health.lookedAt >= ?1", since);
        }

        /** Forgets endpoints that this registration has no more. */
        void retain(RegistrationSnapshot registered) {
            list("registrationId", registered.registration().id()).stream()
                    .filter(kept -> !kept.health().uri().equals(registered.endpoint(kept.field())))
                    .forEach(this::delete);
        }
    }

    @ApplicationScoped
    static class ChallengeStore implements PanacheRepositoryBase<KeyChallenge, UUID> {
        /** Those that nobody can answer any more and nobody will look at. */
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
