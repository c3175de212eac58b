package dev.connectionmanager.registration;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

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

        List<Registration> existing(Collection<UUID> applicationIds) {
            return list("applicationId in ?1 and deletedAt is null", applicationIds);
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

        /** Oldest first. */
        List<Revision> of(Registration registration) {
            return list("registrationId = ?1 order by number", registration.id());
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
    static class OwedSecretStore implements PanacheRepositoryBase<OwedSecret, UUID> {}

    @ApplicationScoped
    static class CheckStore implements PanacheRepositoryBase<CheckedEndpoint, UUID> {
        /** The newest report of each endpoint. */
        List<CheckedEndpoint> latest(UUID registrationId) {
            return list(
                    "from CheckedEndpoint c where c.registrationId = ?1 and c.at = (select max(o.at)"
                            + " from CheckedEndpoint o where o.registrationId = ?1 and o.field = c.field)"
                            + " order by c.field desc",
                    registrationId);
        }
    }
}
