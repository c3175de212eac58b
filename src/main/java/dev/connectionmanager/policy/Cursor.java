package dev.connectionmanager.policy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** Where a page of things sorted by name, time or number ended; its cursor is what callers see of it. */
public record Cursor(String name, UUID id) {
    private static final int UUID_LENGTH = 36;

    /** In a list that is sorted by time. */
    public static Cursor at(Instant time, UUID id) {
        return new Cursor(time.toString(), id);
    }

    /** @throws IllegalArgumentException in a list that is sorted by something else */
    public Instant time() {
        try {
            return Times.known(Instant.parse(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("cursor", e);
        }
    }

    /** @throws IllegalArgumentException in a list that is sorted by something else */
    public int number() {
        return Integer.parseInt(name);
    }

    public String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((id + name).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param cursor {@code null} = from the beginning
     * @return {@code null} for the beginning
     * @throws IllegalArgumentException when this is no cursor of ours
     */
    public static Cursor parse(String cursor) {
        if (cursor == null) {
            return null;
        }
        var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        // The database cannot be asked for what it cannot hold.
        if (text.length() < UUID_LENGTH || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("cursor");
        }
        return new Cursor(text.substring(UUID_LENGTH), UUID.fromString(text.substring(0, UUID_LENGTH)));
    }

    /** As {@link #parse}, of a list that is sorted by time. */
    public static Cursor parseTimed(String cursor) {
        var position = parse(cursor);
        if (position != null) {
            position.time();
        }
        return position;
    }

    /** As {@link #parse}, of a list that is sorted by number. */
    public static Cursor parseNumbered(String cursor) {
        var position = parse(cursor);
        if (position != null) {
            position.number();
        }
        return position;
    }
}
