package dev.connectionmanager.environment;

import dev.connectionmanager.json.StoredJson;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** The discovery documents in the database. Nodes write in one statement each, so that none needs to wait or to fail. */
@ApplicationScoped
class DiscoveryStore implements PanacheRepositoryBase<DiscoveryDocument, String> {
    void keep(String address, PublishedMetadata published, Instant readAt) {
        getEntityManager()
                .createNativeQuery("""
                        insert into discovery_document (address, published, read_at)
                        values (:address, :published, :at)
                        on conflict (address) do update set
                            published = excluded.published, read_at = excluded.read_at, unreadable_since = null""")
                .setParameter("address", address)
                .setParameter("published", StoredJson.write(published))
                .setParameter("at", readAt)
                .executeUpdate();
    }

    /** Leaves the last good one as it is. */
    void markUnreadable(String address, Instant at) {
        getEntityManager()
                .createNativeQuery("""
                        insert into discovery_document as known (address, unreadable_since) values (:address, :at)
                        on conflict (address) do update set
                            unreadable_since = coalesce(known.unreadable_since, excluded.unreadable_since)""")
                .setParameter("address", address)
                .setParameter("at", at)
                .executeUpdate();
    }
}
