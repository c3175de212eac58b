package dev.connectionmanager.keyset;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/**
 * One public key of a hosted key set.
 *
 * @param thumbprint RFC 7638, SHA-256, base64url: a name for it that fits into every address
 * @param jwk RFC 7517, as it is published
 * @param leavesAt when it is published no more, since another takes its place; {@code null} = it stays
 */
@RecordBuilder
public record HostedKey(String kid, String thumbprint, String type, String jwk, Instant addedAt, Instant leavesAt)
        implements HostedKeyBuilder.With {
    boolean publishedAt(Instant now) {
        return leavesAt == null || leavesAt.isAfter(now);
    }

    boolean named(String kidOrThumbprint) {
        return thumbprint.equals(kidOrThumbprint) || kid.equals(kidOrThumbprint);
    }
}
