package dev.connectionmanager.mock;

import dev.connectionmanager.testing.Api;
import java.util.HashMap;
import java.util.Map;

/** A client that a team has registered in Integration, for the mock to know. */
public record MockRegistration(String path, String clientId, String secret, String redirectUri) {
    static final String REDIRECT = "https://app.supplier.co.uk/callback";

    /** @param different members beside those of {@link Api#metadata()} */
    public static MockRegistration make(String name, Map<String, Object> different) {
        var application = Api.newApplication(name);
        var metadata = new HashMap<>(Api.metadata());
        metadata.putAll(different);
        var path = application + "/registrations/integration";
        var answer = Api.as("owner").put(path, metadata, "If-None-Match: *");
        answer.then().statusCode(201);
        return new MockRegistration(path, answer.path("client_id"), answer.path("client_secret"), REDIRECT);
    }

    public RelyingParty relyingParty() {
        return RelyingParty.of(RelyingParty.commonIssuer(), clientId, redirectUri);
    }
}
