package dev.connectionmanager.face;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.testing.Api;

/** The REST API. */
record ApiFace(Registered registered) implements Face {
    private static final Api OWNER = Api.as("owner");

    @Override
    public String write(ObjectNode client) {
        return OWNER.put(
                        Api.newApplication("Faces") + "/registrations/integration",
                        client.toString(),
                        "If-None-Match: *")
                .then()
                .statusCode(201)
                .extract()
                .path("client_id");
    }

    ObjectNode read(String clientId) {
        return Face.json(OWNER.get(path(clientId)).asString());
    }

    @Override
    public ObjectNode writeAgain(String clientId) {
        var read = OWNER.get(path(clientId));
        OWNER.put(path(clientId), read.asString(), "If-Match: " + read.header("ETag"))
                .then()
                .statusCode(200);
        return Face.json(read.asString());
    }

    private String path(String clientId) {
        return "/api/v1" + registered.path(clientId);
    }
}
