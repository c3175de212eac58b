package dev.connectionmanager.review;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.review.rules.RequestState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

    @ApplicationScoped
    static class RequestStore implements PanacheRepositoryBase<ProductionRequest, UUID> {
        /** States in words, not as parameters: so the database finds the index of open requests. */
        private static final String OPEN = Stream.of(RequestState.values())
                .filter(RequestState::open)
                .map(state -> "'" + state + "'")
                .collect(Collectors.joining(", ", "state in (", ")"));

        /** Without reading the request itself, so that it can be read afresh under the application's lock. */
        Optional<UUID> applicationOf(UUID requestId) {
            return getEntityManager()
                    .createQuery("select applicationId from ProductionRequest where id = ?1", UUID.class)
                    .setParameter(1, requestId)
                    .getResultStream()
                    .findFirst();
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

        /** The newest first, at most so many: either the notes or all else. */
        List<RequestEntry> latest(UUID requestId, boolean notes, int most) {
            return find("requestId = ?1 and " + kind(notes) + " order by at desc, id desc", requestId)
                    .range(0, most - 1)
                    .list();
        }

        private static String kind(boolean notes) {
            return notes ? "kind = 'NOTE'" : "kind <> 'NOTE'";
        }
    }
}
