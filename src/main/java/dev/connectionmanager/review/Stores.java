package dev.connectionmanager.review;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    @ApplicationScoped
    static class RequestStore implements PanacheRepositoryBase<Request, UUID> {
        /** Without reading the request itself, so that it can be read afresh under the application's lock. */
        Optional<UUID> applicationOf(UUID requestId) {
            return getEntityManager()
                    .createQuery("select applicationId from Request where id = ?1", UUID.class)
                    .setParameter(1, requestId)
                    .getResultStream()
                    .findFirst();
        }

        /** The last one of each application in each environment: the open one, where one is. */
        List<Request> latest(Collection<UUID> applicationIds) {
            return applicationIds.isEmpty()
                    ? List.of()
                    : list(
                            "from Request r where r.applicationId in ?1 and r.createdAt = (select max(o.createdAt)"
                                    + " from Request o where o.applicationId = r.applicationId"
                                    + " and o.environment = r.environment)",
                            applicationIds);
        }

        /** The one that is open, if any is. */
        Optional<Request> open(UUID applicationId, String environment) {
            return find(
                            "applicationId = ?1 and environment = ?2 and state in ('DRAFT', 'SUBMITTED',"
                                    + " 'CHANGES_REQUESTED')",
                            applicationId,
                            environment)
                    .firstResultOptional();
        }

        Optional<Request> lastApproved(UUID applicationId, String environment) {
            return find(
                            "applicationId = ?1 and environment = ?2 and state = 'APPROVED' order by createdAt desc",
                            applicationId,
                            environment)
                    .firstResultOptional();
        }

        /** The newest first. */
        List<Request> of(UUID applicationId, String environment) {
            return list(
                    "applicationId = ?1 and environment = ?2 order by createdAt desc, id desc",
                    applicationId,
                    environment);
        }
    }

    @ApplicationScoped
    static class EntryStore implements PanacheRepositoryBase<RequestEntry, UUID> {
        /** The oldest first. */
        List<RequestEntry> of(UUID requestId) {
            return list("requestId = ?1 order by at, id", requestId);
        }

        /** What this form has said before; empty for no form. */
        Optional<RequestEntry> ofForm(UUID requestId, UUID formId) {
            return formId == null
                    ? Optional.empty()
                    : find("requestId = ?1 and formId = ?2", requestId, formId).firstResultOptional();
        }
    }
}
