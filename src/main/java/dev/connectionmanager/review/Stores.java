package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.review.rules.RequestState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this room keeps in the database. */
final class Stores {
    /** A request, the application that it is of, and when an owner of its team last confirmed members and contacts. */
    private static final String ASKED = """
            select a, q, (select s.attestedAt from AttestationStatus s where s.teamId = a.teamId)
            from Application a join ProductionRequest q on q.applicationId = a.id
            where q.id = ?1 and a.deletedAt is null""";

    private static final String UNREAD = """
            select r.* from production_request r where r.application_id = :application
            and r.state in ('REJECTED', 'WITHDRAWN') and r.submitted_at is not null
            and not exists (select 1 from request_read d where d.request_id = r.id and d.subject = :subject)
            and not exists (select 1 from production_request o where o.application_id = r.application_id
                and o.environment = r.environment and o.created_at > r.created_at
                and o.submitted_at is not null and o.state in ('APPROVED', 'REJECTED', 'WITHDRAWN'))
            order by r.created_at desc""";

    private Stores() {}

    /** @param attested when an owner of the application's team last confirmed members and contacts; empty for never */
    record Filed(ProductionRequest request, Application application, Optional<Instant> attested) {}

    @ApplicationScoped
    static class RequestStore implements PanacheRepositoryBase<ProductionRequest, UUID> {
        /** States in words, not as parameters: so the database finds the index of open requests. */
        private static final String OPEN = Stream.of(RequestState.values())
                .filter(RequestState::open)
                .map(state -> "'" + state + "'")
                .collect(Collectors.joining(", ", "state in (", ")"));

        /** A request and what it is of. */
        Optional<Filed> asked(UUID id) {
            return asked(id, LockModeType.NONE);
        }

        /**
         * The same, with the locks of both, that of the application first: who waited for them gets both as they are then. Nothing
         * of a request changes without its application's lock.
         */
        Optional<Filed> lock(UUID id) {
            return asked(id, LockModeType.PESSIMISTIC_WRITE);
        }

        private Optional<Filed> asked(UUID id, LockModeType lock) {
            return getEntityManager()
                    .createQuery(ASKED, Object[].class)
                    .setParameter(1, id)
                    .setLockMode(lock)
                    .getResultStream()
                    .findFirst()
                    .map(row -> new Filed(
                            (ProductionRequest) row[1], (Application) row[0], Optional.ofNullable((Instant) row[2])));
        }

        /** The last one of each application in each environment: the open one, where one is. */
        List<ProductionRequest> latest(Collection<UUID> applicationIds) {
            return applicationIds.isEmpty()
                    ? List.of()
                    : list(
                            "from ProductionRequest r where r.applicationId in ?1 and r.createdAt = (select max(o.createdAt)"
                                    + " from ProductionRequest o where o.applicationId = r.applicationId"
                                    + " and o.environment = r.environment)",
                            applicationIds);
        }

        /** The one that is open, if any is. */
        Optional<ProductionRequest> open(UUID applicationId, String environment) {
            return find("applicationId = ?1 and environment = ?2 and " + OPEN, applicationId, environment)
                    .firstResultOptional();
        }

        /** One that is open in any environment, if any is. */
        Optional<UUID> open(UUID applicationId) {
            return getEntityManager()
                    .createQuery("select id from ProductionRequest where applicationId = ?1 and " + OPEN, UUID.class)
                    .setParameter(1, applicationId)
                    .setMaxResults(1)
                    .getResultStream()
                    .findFirst();
        }

        Optional<ProductionRequest> lastApproved(UUID applicationId, String environment) {
            return find(
                            "applicationId = ?1 and environment = ?2 and state = 'APPROVED' order by createdAt desc",
                            applicationId,
                            environment)
                    .firstResultOptional();
        }

        /** The one that was decided about last, where asking for changes is a decision too, whatever its state is now. */
        Optional<ProductionRequest> lastDecided(UUID applicationId, String environment) {
            return find(
                            "applicationId = ?1 and environment = ?2 and decidedAt is not null order by decidedAt desc",
                            applicationId,
                            environment)
                    .firstResultOptional();
        }

        /**
         * What ended without a change and this person has not read. Where another request has ended since, that one alone counts.
         */
        List<ProductionRequest> unread(UUID applicationId, String subject) {
            return getEntityManager()
                    .createNativeQuery(UNREAD, ProductionRequest.class)
                    .setParameter("application", applicationId)
                    .setParameter("subject", subject)
                    .getResultList();
        }

        void read(UUID id, String subject) {
            getEntityManager()
                    .createNativeQuery("insert into request_read (request_id, subject) values (:id, :subject)"
                            + " on conflict do nothing")
                    .setParameter("id", id)
                    .setParameter("subject", subject)
                    .executeUpdate();
        }

        /** The newest first. */
        List<ProductionRequest> of(UUID applicationId, String environment) {
            return list(
                    "applicationId = ?1 and environment = ?2 order by createdAt desc, id desc",
                    applicationId,
                    environment);
        }
    }

    @ApplicationScoped
    static class EntryStore implements PanacheRepositoryBase<RequestEntry, UUID> {
        private static final String TOLD = "(select * from request_entry where request_id = :request and kind <> 'NOTE'"
                + " order by at desc, id desc limit :most)";
        private static final String WITH_NOTES = TOLD
                + " union all (select * from request_entry where request_id = :request and kind = 'NOTE'"
                + " order by at desc, id desc limit :most)";

        /** The oldest first: either the notes or all else. */
        Page<RequestEntry> page(UUID requestId, boolean notes, Cursor after, int limit) {
            var query = "requestId = :request and " + kind(notes);
            var parameters = Parameters.with("request", requestId);
            if (after != null) {
                query += " and (at, id) > (:afterTime, :afterId)";
                parameters.and("afterTime", after.time()).and("afterId", after.id());
            }
            var found =
                    find(query + " order by at, id", parameters).range(0, limit).list();
            return Page.of(found, limit, entry -> Cursor.at(entry.at(), entry.id()));
        }

        /** @throws Refusal.NotFound unless it is of this request, and a note or not */
        RequestEntry find(UUID requestId, UUID id, boolean note) {
            return findByIdOptional(id)
                    .filter(entry ->
                            entry.requestId().equals(requestId) && (entry.kind() == RequestEntry.Kind.NOTE) == note)
                    .orElseThrow(Refusal.NotFound::new);
        }

        /** The last decision that asked for changes, or turned it down. */
        Optional<RequestEntry> verdict(UUID requestId) {
            return find(
                            "requestId = ?1 and kind in ('CHANGES_REQUESTED', 'REJECTED') order by at desc, id desc",
                            requestId)
                    .firstResultOptional();
        }

        /** The newest first, at most so many of what both sides read and, where they are wanted, at most so many notes. */
        List<RequestEntry> latest(UUID requestId, boolean notes, int most) {
            return getEntityManager()
                    .createNativeQuery(notes ? WITH_NOTES : TOLD, RequestEntry.class)
                    .setParameter("request", requestId)
                    .setParameter("most", most)
                    .getResultList();
        }

        private static String kind(boolean notes) {
            return notes ? "kind = 'NOTE'" : "kind <> 'NOTE'";
        }
    }
}
