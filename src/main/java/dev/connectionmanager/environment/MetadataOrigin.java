package dev.connectionmanager.environment;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an environment's metadata comes from, and since when.
 *
 * @param source which of the three it is
 * @param since when these values were read: from the discovery document, or from the settings as this portal started
 * @param unreadableSince when reading the discovery document first failed after that; empty when it did not, or is not
 *     an hour old yet
 */
public record MetadataOrigin(MetadataSource source, Instant since, Optional<Instant> unreadableSince) {
    static MetadataOrigin configured(Instant since) {
        return new MetadataOrigin(MetadataSource.CONFIGURED, since, Optional.empty());
    }
}
