package dev.connectionmanager.face;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** A way to write and to read a client; members are named as in the API. */
interface Face {
    String SESSION_REQUIRED = "backchannel_logout_session_required";

    /** What the portal alone sets is no matter here. */
    Set<String> MEMBERS = Set.of(
            "client_name",
            "redirect_uris",
            "token_endpoint_auth_method",
            "token_endpoint_auth_signing_alg",
            "jwks_uri",
            "userinfo_signed_response_alg",
            "backchannel_logout_uri",
            SESSION_REQUIRED);

    /** What of a client it can say. */
    default Set<String> members() {
        return MEMBERS;
    }

    /** @return the client ID */
    String write(ObjectNode client);

    /** @return what it has read, and written again as it was */
    ObjectNode writeAgain(String clientId);

    static ObjectNode json(String body) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
