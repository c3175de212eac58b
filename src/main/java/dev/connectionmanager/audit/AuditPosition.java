package dev.connectionmanager.audit;

import dev.connectionmanager.policy.Times;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * The event at which a page ended; its cursor is what callers see of it.
 *
 * @param id {@code null} in a cursor that the version before gave: then its time must do
 */
public record AuditPosition(Instant at, UUID id) {
    public static AuditPosition of(AuditEvent event) {
        return new AuditPosition(event.at(), event.id());
    }

    public String cursor() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param cursor {@code null} = from the beginning
     * @return {@code null} for the beginning
     * @throws IllegalArgumentException when this is no cursor of ours
     */
    public static AuditPosition parse(String cursor) {
        if (cursor == null) {
            return null;
        }
        var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", 3);
        if (parts.length < 2) {
            throw new IllegalArgumentException("cursor");
        }
        try {
            var at = Times.known(Instant.parse(parts[0]));
            return parts.length == 2 ? new AuditPosition(at, UUID.fromString(parts[1])) : ofVersionBefore(at, parts);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("cursor", e);
        }
    }

    /** It went on with the sequence in a chain, and the chain. */
    private static AuditPosition ofVersionBefore(Instant at, String... parts) {
        if (Long.parseLong(parts[1]) < 1 || parts[2].indexOf('\0') >= 0) {
            throw new IllegalArgumentException("cursor");
        }
        return new AuditPosition(at, null);
    }
}
