package dev.connectionmanager.audit;

import dev.connectionmanager.policy.Times;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** Where a page of events ended; its cursor is what callers see of it. Events are sorted by all three. */
public record AuditPosition(Instant at, String chain, long sequence) {
    public static AuditPosition of(AuditEvent event) {
        return new AuditPosition(event.at(), event.chain(), event.sequence());
    }

    public String cursor() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + sequence + " " + chain).getBytes(StandardCharsets.UTF_8));
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
        if (parts.length != 3 || parts[2].indexOf('\0') >= 0) {
            throw new IllegalArgumentException("cursor");
        }
        try {
            return new AuditPosition(Times.known(Instant.parse(parts[0])), parts[2], Long.parseLong(parts[1]));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("cursor", e);
        }
    }
}
