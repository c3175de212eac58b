package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One and the same client, whichever face it is written by and whichever it is read by: no member is lost or changed. Clients are made
 * up, {@code -Dgenerated.clients=1000} of them, from {@code -Dgenerated.seed}.
 */
@PortalTest
class EveryFaceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = Integer.getInteger("generated.clients", 24);
    private static final long SEED = Long.getLong("generated.seed", 18);

    private static final String SESSION_REQUIRED = "backchannel_logout_session_required";

    /** What only the portal sets is no matter here. */
    private static final Set<String> MEMBERS = Set.of(
            "client_name",
            "redirect_uris",
            "token_endpoint_auth_method",
            "token_endpoint_auth_signing_alg",
            "jwks_uri",
            "userinfo_signed_response_alg",
            "backchannel_logout_uri",
            SESSION_REQUIRED);

    /** A way to write and to read a client; members are named as in the API. */
    private interface Face {
        /** What of a client it can say. */
        Set<String> members();

        /** @return the client ID */
        String write(ObjectNode client);

        ObjectNode read(String clientId);

        /** Writes again what it has read. */
        void writeAgain(String clientId);
    }

    @Inject
    Sql database;

    private List<Face> faces;

    @BeforeEach
    void openFaces() {
        faces = List.of(new ApiFace(), new ToolFace());
    }

    @Test
    void readsWhatAnyFaceHasWritten() {
        var random = new Random(SEED);
        for (int i = 0; i < CLIENTS; i++) {
            var client = MadeUpClients.next(random);
            for (var writer : faces) {
                var written = of(client, writer.members());
                var id = writer.write(written);
                var what = "seed " + SEED + ", client " + i + " written by "
                        + writer.getClass().getSimpleName();
                assertReads(id, written, what);
                for (var face : faces) {
                    face.writeAgain(id);
                    assertReads(
                            id,
                            written,
                            what + " and again by " + face.getClass().getSimpleName());
                }
            }
        }
    }

    private void assertReads(String id, ObjectNode said, String what) {
        var written = said.deepCopy();
        if (written.has("backchannel_logout_uri") && !written.has(SESSION_REQUIRED)) {
            written.put(SESSION_REQUIRED, false);
        }
        for (var reader : faces) {
            assertThat(of(reader.read(id), MEMBERS))
                    .as(what + ", read by " + reader.getClass().getSimpleName())
                    .isEqualTo(of(written, reader.members()));
        }
    }

    private static ObjectNode of(ObjectNode client, Set<String> members) {
        var part = client.deepCopy();
        part.retain(members);
        client.properties().stream()
                .filter(member -> member.getValue().isNull())
                .forEach(member -> part.remove(member.getKey()));
        return part;
    }

    /** Clients that break no rule, of all that the rules allow. */
    private static final class MadeUpClients {
        private static final List<String> NAMES =
                List.of("Ward", "Réunion", "病院", "Sömn & Röst", "e-Rezept", "№ 7", "O’Brien’s", "ﬁle", "x".repeat(60));

        static ObjectNode next(Random random) {
            var client = JsonNodeFactory.instance.objectNode();
            client.put("client_name", pick(random, NAMES) + " " + pick(random, NAMES) + " " + random.nextInt(1_000));
            var uris = new HashSet<String>();
            for (int n = random.nextInt(5); n >= 0; n--) {
                uris.add("https://app" + random.nextInt(9) + ".supplier.co.uk/"
                        + pick(
                                random,
                                List.of(
                                        "callback",
                                        "auth-callback",
                                        "CIS2/Callback",
                                        "a/b?c=d&e=%20f",
                                        "users/auth/cis2/callback")));
            }
            uris.forEach(client.putArray("redirect_uris")::add);
            var method = pick(
                    random,
                    List.of("private_key_jwt", "client_secret_jwt", "client_secret_post", "client_secret_basic"));
            client.put("token_endpoint_auth_method", method);
            if (method.equals("private_key_jwt")) {
                client.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
                maybe(random, client, "token_endpoint_auth_signing_alg", "RS256");
            } else if (method.equals("client_secret_jwt")) {
                maybe(random, client, "token_endpoint_auth_signing_alg", "HS256");
            }
            maybe(random, client, "userinfo_signed_response_alg", pick(random, List.of("RS256", "RS512")));
            if (random.nextInt(3) == 0) {
                client.put("backchannel_logout_uri", "https://keys.laboratory.co.uk/logout");
                client.put(SESSION_REQUIRED, random.nextBoolean());
            }
            return client;
        }

        private static void maybe(Random random, ObjectNode client, String member, String value) {
            if (random.nextBoolean()) {
                client.put(member, value);
            }
        }

        private static <T> T pick(Random random, List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }

    private static ObjectNode json(String body) {
        try {
            return (ObjectNode) JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class ApiFace implements Face {
        private final Api owner = Api.as("owner");

        @Override
        public Set<String> members() {
            return MEMBERS;
        }

        @Override
        public String write(ObjectNode client) {
            return owner.put(
                            Api.newApplication("Faces") + "/registrations/integration",
                            client.toString(),
                            "If-None-Match: *")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("client_id");
        }

        @Override
        public ObjectNode read(String clientId) {
            return json(owner.get(path(clientId)).asString());
        }

        @Override
        public void writeAgain(String clientId) {
            var read = owner.get(path(clientId));
            owner.put(path(clientId), read.asString(), "If-Match: " + read.header("ETag"))
                    .then()
                    .statusCode(200);
        }

        private String path(String clientId) {
            return "/api/v1/applications/"
                    + database.text("select application_id from registration where client_id = '" + clientId + "'")
                    + "/registrations/integration";
        }
    }

    private final class ToolFace implements Face {
        private static final String SIGNING_ALG = "token_endpoint_auth_signing_alg";
        private static final String ITS_SIGNING_ALG = "jwks_uri_signing_algorithm";
        private final ToolProgram program = ToolProgram.with(Credentials.token("credential-write"));

        @Override
        public Set<String> members() {
            return Set.of(
                    "client_name",
                    "redirect_uris",
                    "token_endpoint_auth_method",
                    SIGNING_ALG,
                    "jwks_uri",
                    "backchannel_logout_uri");
        }

        @Override
        public String write(ObjectNode client) {
            return program.create(renamed(client, SIGNING_ALG, ITS_SIGNING_ALG))
                    .at("/client_config/client_id")
                    .textValue();
        }

        @Override
        public ObjectNode read(String clientId) {
            return renamed((ObjectNode) get(clientId).get("client_config"), ITS_SIGNING_ALG, SIGNING_ALG);
        }

        @Override
        public void writeAgain(String clientId) {
            var read = get(clientId);
            program.edit(name(clientId), read.get("hash").textValue(), read.get("client_config"));
        }

        private JsonNode get(String clientId) {
            return program.get(name(clientId));
        }

        private String name(String clientId) {
            return database.text("select c.name from config_name c join registration r on r.id = c.registration_id"
                    + " where r.client_id = '" + clientId + "'");
        }

        private static ObjectNode renamed(ObjectNode client, String from, String to) {
            var copy = client.deepCopy();
            if (copy.has(from)) {
                copy.set(to, copy.remove(from));
            }
            return copy;
        }
    }
}
