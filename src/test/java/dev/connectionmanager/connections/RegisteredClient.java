package dev.connectionmanager.connections;

import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A client that a team registered in Integration, to be rehearsed with at this computer.
 *
 * @param path of its registration in the API
 * @param secret {@code null} = it has none
 */
record RegisteredClient(String path, String clientId, String secret) {
    /** Of cookies: 64 characters. */
    private static final String SESSION_KEY = "0123456789abcdef".repeat(4);

    @Override
    public String toString() {
        return clientId;
    }

    /** @param userInfo {@code plain}, or the algorithm of its signature */
    static RegisteredClient of(Maker maker, int port, String method, String userInfo) {
        var application = Api.newApplication("Connection of " + maker.code());
        var metadata = new HashMap<String, Object>(Map.of(
                "redirect_uris", List.of("https://app.supplier.co.uk/callback"), "token_endpoint_auth_method", method));
        if (method.equals("private_key_jwt")) {
            metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        }
        if (!userInfo.equals("plain")) {
            metadata.put("userinfo_signed_response_alg", userInfo);
        }
        var path = application + "/registrations/integration";
        var owner = Api.as("owner");
        var answer = owner.put(path, metadata, "If-None-Match: *");
        answer.then().statusCode(201);
        owner.put(
                        path + "/local-addresses",
                        Map.of(
                                "redirect_uris",
                                List.of(maker.redirectUri(port)),
                                "backchannel_logout_uri",
                                maker.logoutUri(port)),
                        "")
                .then()
                .statusCode(200);
        return new RegisteredClient(path, answer.path("client_id"), answer.path("client_secret"));
    }

    /** A kit as the API gives it: its files by name, and with what it was seen to work. */
    record ShownKit(String name, String version, Map<String, String> files) {}

    /** That which leads to the mock. */
    ShownKit rehearsal(String framework) {
        return kit(framework, "?provider=mock");
    }

    /** That which leads to the environment. */
    ShownKit inEarnest(String framework) {
        return kit(framework, "");
    }

    private ShownKit kit(String framework, String query) {
        var answer = Api.as("viewer").get(path + "/kit" + query);
        answer.then().statusCode(200).body("client_id", equalTo(clientId));
        List<Map<String, Object>> kits = answer.path("kits");
        var kit = kits.stream()
                .filter(one -> one.get("framework").equals(framework))
                .findFirst()
                .orElseThrow();
        var files = new LinkedHashMap<String, String>();
        for (var file : (List<?>) kit.get("files")) {
            files.put((String) ((Map<?, ?>) file).get("name"), (String) ((Map<?, ?>) file).get("text"));
        }
        return new ShownKit((String) kit.get("name"), (String) kit.get("version"), files);
    }

    /**
     * What the texts read from their environment; its keys are written to files.
     *
     * @param home where the program is started
     */
    Map<String, String> environment(Path home, int port) throws IOException {
        return environment(home, port, secret);
    }

    /** @param secret {@code null} = it has none */
    static Map<String, String> environment(Path home, int port, String secret) throws IOException {
        var key = LaboratoryInternet.KEY;
        try {
            var environment = new HashMap<>(Map.of(
                    "CLIENT_KEY_FILE",
                    pem(home, "PRIVATE KEY", key.toPrivateKey().getEncoded()),
                    "CLIENT_PUBLIC_KEY_FILE",
                    pem(home, "PUBLIC KEY", key.toPublicKey().getEncoded()),
                    "CLIENT_KEY_ID",
                    key.getKeyID(),
                    "SESSION_KEY",
                    SESSION_KEY,
                    "AUTH_SECRET",
                    SESSION_KEY,
                    "AUTH_URL",
                    "http://localhost:" + port + "/auth",
                    "PORT",
                    Integer.toString(port)));
            if (secret != null) {
                environment.put("CLIENT_SECRET", secret);
            }
            return environment;
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return where it is */
    private static String pem(Path home, String what, byte[] encoded) throws IOException {
        var file = home.toAbsolutePath().resolve(what.toLowerCase(Locale.ROOT).replace(' ', '-') + ".pem");
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n")
                .toString();
    }
}
