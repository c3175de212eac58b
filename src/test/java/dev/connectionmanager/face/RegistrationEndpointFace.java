package dev.connectionmanager.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** RFC 7591 and RFC 7592. A client that was written by another face gets its registration token from an owner. */
final class RegistrationEndpointFace implements Face {
    private static final String REGISTER = "/connect/integration/register";
    /** RFC 7592 section 2.2: a replacement must not have these. */
    private static final List<String> NEVER_SENT = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    private final Map<String, String> tokens = new HashMap<>();
    private final Registered registered;

    RegistrationEndpointFace(Registered registered) {
        this.registered = registered;
    }

    @Override
    public String write(ObjectNode client) {
        var answer = Api.with(Credentials.token("credential-write")).post(REGISTER, client.toString());
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return kept(answer);
    }

    @Override
    public ObjectNode writeAgain(String clientId) {
        var read = api(clientId).get(path(clientId));
        assertThat(read.statusCode()).as(read.asString()).isEqualTo(200);
        var replacement = Face.json(read.asString()).without(NEVER_SENT);
        var answer = api(clientId).put(path(clientId), replacement.toString(), "");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        kept(answer);
        return Face.json(read.asString());
    }

    private Api api(String clientId) {
        return Api.with(tokens.computeIfAbsent(clientId, written -> Api.as("owner")
                .post("/api/v1" + registered.path(written) + "/registration-token", "")
                .path("registration_access_token")));
    }

    private String kept(Response answer) {
        var clientId = answer.<String>path("client_id");
        tokens.put(clientId, answer.path("registration_access_token"));
        return clientId;
    }

    private static String path(String clientId) {
        return REGISTER + "/" + clientId;
    }
}
