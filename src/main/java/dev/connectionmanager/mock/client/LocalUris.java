package dev.connectionmanager.mock.client;

import java.net.URI;
import java.util.regex.Pattern;

/** Addresses on the computer that a browser or a program runs on. */
public final class LocalUris {
    private static final Pattern LOOPBACK =
            Pattern.compile("https?://(?:127\\.0\\.0\\.1|\\[::1]|localhost)(?::[0-9]{1,5})?(?:[/?][^#]*)?");

    private static final int LONGEST = 2_000;

    private LocalUris() {}

    /** Whether whoever opens it stays on their own computer. */
    public static boolean isLoopback(String uri) {
        if (uri.length() > LONGEST || !LOOPBACK.matcher(uri).matches()) {
            return false;
        }
        try {
            return URI.create(uri).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
