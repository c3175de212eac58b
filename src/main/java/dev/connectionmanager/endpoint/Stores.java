package dev.connectionmanager.endpoint;

import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** What this room keeps in the database. */
final class Stores {
    private Stores() {}

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

        /** The newest report of a check of this address in which something was sent to it. */
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
        private static final int SAMPLE = 200;

        Optional<EndpointHealth> of(UUID registrationId, String field) {
            return find("registrationId = ?1 and field = ?2", registrationId, field)
                    .firstResultOptional();
        }

        /** Which of these addresses are known to be broken. */
        Set<String> broken(Set<String> uris) {
            return Set.copyOf(getEntityManager()
                    .createQuery(
                            "select h.health.uri from EndpointHealth h where h.health.uri in ?1 and h.health.broken",
                            String.class)
                    .setParameter(1, uris)
                    .getResultList());
        }

        /** Addresses that worked when they were last checked, and are to be checked again: those that were checked last. */
        List<String> working() {
            return getEntityManager()
                    .unwrap(Session.class)
                    .createNativeQuery(
                            "select h.uri from endpoint_health h join recheck r on r.registration_id = h.registration_id"
                                    + " where h.failing_since is null order by h.checked_at desc limit " + SAMPLE,
                            String.class)
                    .getResultList();
        }

        /** Forgets endpoints that this registration has no more. */
        void retain(UUID registrationId, ClientMetadata metadata) {
            list("registrationId", registrationId).stream()
                    .filter(kept -> !kept.health().uri().equals(ClientEndpoint.uri(kept.field(), metadata)))
                    .forEach(this::delete);
        }
    }
}
