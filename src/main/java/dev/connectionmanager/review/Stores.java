package dev.connectionmanager.review;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
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

        List<Request> open(UUID applicationId) {
            return list("applicationId = ?1 and state in ('DRAFT', 'SUBMITTED', 'CHANGES_REQUESTED')", applicationId);
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

        /** The one that was decided about last, be it that changes were requested, whatever became of it since. */
        Optional<Request> lastDecided(UUID applicationId, String environment) {
            return find(
                            "applicationId = ?1 and environment = ?2 and decidedAt is not null order by decidedAt desc",
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
