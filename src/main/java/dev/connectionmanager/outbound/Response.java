package dev.connectionmanager.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP response, complete and within the limits. Any status; a redirect is a response like any other.
 *
 * @param headers by their names in lower case, each with its values in the order received
 * @param body without transfer coding
 * @param taken from the first octet sent to the last received
 */
public record Response(int status, Map<String, List<String>> headers, byte[] body, Duration taken) {
    public Response {
        headers = Map.copyOf(headers);
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .findFirst();
    }

    /** All values of a header that is a list, joined as RFC 9110 section 5.3 has it; empty when there is none. */
    public String list(String name) {
        return String.join(", ", headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()));
    }

    public boolean redirects() {
        return status >= 300 && status < 400 && status != 304;
    }
}
