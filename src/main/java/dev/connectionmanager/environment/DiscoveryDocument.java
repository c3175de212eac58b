package dev.connectionmanager.environment;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcType;
import org.hibernate.dialect.type.PostgreSQLJsonPGObjectJsonType;

/** What is known of the discovery document at one address: the last good one, and whether it could be read since. */
@Entity
@Immutable
class DiscoveryDocument {
    /** How long a document is served as new. */
    private static final Duration FRESH = Duration.ofHours(1);

    @Id
    private String address;

    @JdbcType(PostgreSQLJsonPGObjectJsonType.class)
    private PublishedMetadata published;

    private Instant readAt;
    private Instant unreadableSince;

    protected DiscoveryDocument() {}

    String address() {
        return address;
    }

    /** The environment as this document has it, or as configured where there is none that belongs to it. */
    Environment over(Environment configured, Instant now) {
        if (published == null || !isOf(configured)) {
            return configured.with(
                    configured.metadata(),
                    new MetadataOrigin(
                            MetadataSource.CONFIGURED,
                            configured.origin().since(),
                            Optional.ofNullable(unreadableSince)));
        }
        var fresh = readAt.plus(FRESH).isAfter(now);
        return configured.with(
                published.over(configured.metadata()),
                fresh
                        ? new MetadataOrigin(MetadataSource.DISCOVERY, readAt, Optional.empty())
                        : new MetadataOrigin(
                                MetadataSource.DISCOVERY_KEPT, readAt, Optional.ofNullable(unreadableSince)));
    }

    /** The addresses that it names, by member; none where it is not this environment's. */
    Map<String, String> endpointsOf(Environment configured) {
        return published != null && isOf(configured) ? published.endpoints() : Map.of();
    }

    /** Not after the environment was given another issuer. */
    private boolean isOf(Environment configured) {
        return configured.issuer().map(published.issuer()::equals).orElse(true);
    }
}
