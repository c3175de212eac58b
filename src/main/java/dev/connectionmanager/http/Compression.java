package dev.connectionmanager.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which answers are compressed. Not those with a secret: where an answer repeats what the request said, its length would
 * tell the secret letter by letter (BREACH). Not those with an ETag either: compressed, they would be another
 * representation, which needs a tag of its own (RFC 9110 section 8.8.3.3).
 */
final class Compression {
    private static final Set<String> TYPES = Set.of(
            "text/html",
            "text/plain",
            "text/css",
            "text/javascript",
            "application/javascript",
            "application/json",
            "application/problem+json",
            "application/yaml",
            "image/svg+xml");
    /** An invitation's address lets somebody in, and its page repeats it, as the mailbox of local mode does. */
    private static final Set<String> SECRET_PLACES = Set.of("/invitations/", "/local/", "/login", "/logout");

    private Compression() {}

    /** Before the headers get what they have by default: who says {@code no-store} of an answer says that it holds a secret. */
    static void decide(String path, MultiMap headers) {
        var encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        var packed = encoding != null && !encoding.contentEquals(HttpHeaders.IDENTITY);
        if (headers.contains(HttpHeaders.ETAG) || holdsSecret(path, headers)) {
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
            return;
        }
        if (!headers.contains(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING, true)) {
            headers.add(HttpHeaders.VARY, "Accept-Encoding");
        }
        if (packed) {
            return;
        }
        if (TYPES.contains(type(headers))) {
            headers.remove(HttpHeaders.CONTENT_ENCODING);
        } else {
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
    }

    private static boolean holdsSecret(String path, MultiMap headers) {
        return SECRET_PLACES.stream().anyMatch(path::startsWith)
                || headers.getAll(HttpHeaders.CACHE_CONTROL).stream()
                        .flatMap(value -> Stream.of(value.split(",")))
                        .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-store"));
    }

    private static String type(MultiMap headers) {
        var type = headers.get(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip();
    }
}
