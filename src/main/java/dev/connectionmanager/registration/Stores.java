package dev.connectionmanager.registration;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

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

        /** Those that operators keep out in this environment, of the deleted ones those that were deleted since then. */
        List<Registration> suspended(String environment, Instant deletedSince) {
            return list(
                    "environment = ?1 and state = 'SUSPENDED' and (deletedAt is null or deletedAt > ?2) order by issuedAt, id",
                    environment,
                    deletedSince);
        }

        /** The same of one application, in every environment. */
        List<Registration> suspended(UUID applicationId, Instant deletedSince) {
            return list(
                    "applicationId = ?1 and state = 'SUSPENDED' and (deletedAt is null or deletedAt > ?2)"
                            + " order by deletedAt nulls first, issuedAt, id",
                    applicationId,
                    deletedSince);
        }

        /** The addresses that registrations of these applications name for their endpoints. */
        List<String> endpoints(Collection<UUID> applicationIds) {
            return getEntityManager()
                    .unwrap(Session.class)
                    .createNativeQuery(
                            "select distinct e.uri from registration r"
                                    + " join revision v on v.registration_id = r.id and v.number = r.revision,"
                                    + " lateral (values (v.metadata ->> 'jwks_uri'), (v.metadata ->> 'backchannel_logout_uri')) e(uri)"
                                    + " where r.application_id in (:applications) and r.deleted_at is null and e.uri is not null",
                            String.class)
                    .setParameter("applications", applicationIds)
                    .getResultList();
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

        /** The one that was in force then, and all that came after it. */
        List<Revision> since(Registration registration, Instant then) {
            return list(
                    "registrationId = ?1 and number >= (select coalesce(max(r.number), 0) from Revision r"
                            + " where r.registrationId = ?1 and r.at <= ?2)",
                    registration.id(),
                    then);
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
    static class UncollectedSecretStore implements PanacheRepositoryBase<UncollectedSecret, UUID> {}
}
