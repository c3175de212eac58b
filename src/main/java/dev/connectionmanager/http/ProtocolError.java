package dev.connectionmanager.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an endpoint of a protocol answers to a request that cannot be served: RFC 6749 section 5.2.
 *
 * @param error the code
 * @param description for the developer of the client
 */
public record ProtocolError(
        @JsonProperty("error") String error,
        @JsonProperty("error_description") String description) {

    /** @param status the HTTP status that goes with it */
    public static ProtocolError of(int status, String description) {
        return new ProtocolError(status < 500 ? "invalid_request" : "server_error", description);
    }
}
