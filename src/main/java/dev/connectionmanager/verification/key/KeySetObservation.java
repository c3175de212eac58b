package dev.connectionmanager.verification.key;

/**
 * What a probe saw at a {@code jwks_uri}. To be judged and dropped, never stored or logged: the body may hold a private
 * key by mistake.
 *
 * @param status of the HTTP response
 * @param mediaType the Content-Type as sent, with parameters; empty for none
 * @param body as received, not yet decoded
 */
public record KeySetObservation(int status, String mediaType, byte[] body) {
    public KeySetObservation {
        body = body.clone();
    }

    /** Without the body. */
    @Override
    public String toString() {
        return "KeySetObservation[" + status + ", " + mediaType + ", " + body.length + " bytes]";
    }
}
