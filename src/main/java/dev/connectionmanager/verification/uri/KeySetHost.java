package dev.connectionmanager.verification.uri;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Where the portal itself publishes key sets that teams keep with it. Such an address is never opened: what it serves is known.
 *
 * @param publicUrl of the portal, without a slash at its end
 */
public record KeySetHost(String publicUrl) {
    /** The first part of the paths of key sets. */
    public static final String ROOT = "key-sets";

    public String uri(UUID id) {
        return start() + id;
    }

    private String start() {
        return publicUrl + "/" + ROOT + "/";
    }

    /** Whether this is an address of the portal's key sets, there or not, however its host is spelled. */
    public boolean covers(String uri) {
        if (uri.startsWith(start())) {
            return true;
        }
        try {
            var asked = new URI(uri);
            var own = URI.create(publicUrl);
            return own.getHost().equalsIgnoreCase(asked.getHost())
                    && own.getScheme().equalsIgnoreCase(asked.getScheme())
                    && port(own) == port(asked)
                    && asked.getPath().toLowerCase(Locale.ROOT).startsWith("/" + ROOT + "/");
        } catch (URISyntaxException notOurs) {
            return false;
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Which key set it is, of an address that is spelled as {@link #uri} does; empty for any other. */
    public Optional<UUID> id(String uri) {
        try {
            var id = UUID.fromString(uri.substring(Math.min(uri.length(), start().length())));
            return uri.equals(uri(id)) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
