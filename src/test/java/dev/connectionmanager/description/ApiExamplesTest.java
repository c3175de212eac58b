package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.keyset.HostedKeySetExamples;
import dev.connectionmanager.mock.MockTest;
import dev.connectionmanager.mock.RelyingParty;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.Offers;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import dev.connectionmanager.testuser.TestUserExamples;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the description shows as an example of what to send is sent, and does what the operation is for. */
@PortalTest
class ApiExamplesTest {
    private static final ObjectNode DOCUMENT = new ApiDescription().document();
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");

    /**
     * What an example needs.
     *
     * @param condition with which precondition, {@code null} for that of what is there
     * @param places what stands where the example has a name in braces
     */
    private record Scene(Api who, String path, String condition, Map<String, String> places) {
        Scene(Api who, String path, String condition) {
            this(who, path, condition, Map.of());
        }

        Scene(Api who, String path) {
            this(who, path, "");
        }

        String fill(String example) {
            var filled = example;
            for (var place : places.entrySet()) {
                assertThat(filled).contains("{" + place.getKey() + "}");
                filled = filled.replace("{" + place.getKey() + "}", place.getValue());
            }
            return filled;
        }
    }

    private static final Map<String, Supplier<Scene>> SCENES = scenes();

    private static Api toolProgram() {
        return Api.with(ToolProgram.with(Credentials.token("credential-write")).session());
    }

    private static String toolConfig() {
        var made = ToolProgram.with(Credentials.token("credential-write"))
                .create(Map.of(
                        "client_name", "Example", "redirect_uris", List.of("https://app.supplier.co.uk/callback")));
        return "/api/configs/" + Api.FIRST_TEAM + "/" + made.get("config_name").textValue() + "?hash="
                + made.get("hash").textValue();
    }

    private static Map<String, Supplier<Scene>> scenes() {
        var scenes = new HashMap<String, Supplier<Scene>>();
        scenes.put("createTeam", () -> new Scene(OPERATOR, "/api/v1/teams"));
        scenes.put("changeTeam", () -> new Scene(OWNER, newTeam(), null));
        scenes.put("inviteMember", () -> new Scene(OWNER, newTeam() + "/members"));
        scenes.put("changeMember", () -> new Scene(OWNER, invited()));
        scenes.put("nameOwner", () -> new Scene(OPERATOR, ownerless() + "/owners"));
        scenes.put("requestAccess", () -> new Scene(Api.as("newcomer"), "/api/v1/team-requests"));
        scenes.put("decideTeamRequest", () -> new Scene(OPERATOR, teamRequest() + "/decision"));
        scenes.put("issueApiCredential", () -> new Scene(OWNER, newTeam() + "/api-credentials"));
        scenes.put("addTestUser", () -> new Scene(OWNER, newTeam() + "/test-users"));
        scenes.put("changeTestUser", () -> new Scene(OWNER, TestUserExamples.user()));
        scenes.put("askForTestUsers", () -> new Scene(OWNER, newTeam() + "/test-user-requests"));
        scenes.put("receiveTestUsers", () -> new Scene(OWNER, TestUserExamples.request() + "/receipt"));
        scenes.put("createKeySet", () -> new Scene(OWNER, newTeam() + "/key-sets"));
        scenes.put("addKeys", () -> new Scene(OWNER, HostedKeySetExamples.path() + "/keys"));
        scenes.put("issueInitialAccessToken", () -> new Scene(OWNER, newTeam() + "/initial-access-tokens"));
        scenes.put("issueRegistrationToken", () -> new Scene(OWNER, registered() + "/registration-token"));
        scenes.put(
                "registerClient",
                () -> new Scene(Api.with(Credentials.token("credential-write")), "/connect/integration/register"));
        scenes.put("replaceClient", ApiExamplesTest::registeredByItself);
        scenes.put("issueOwnApiCredential", () -> new Scene(Api.as("operator2"), "/api/v1/me/api-credentials"));
        scenes.put("validate", () -> new Scene(OWNER, "/api/v1/environments/integration/validations"));
        scenes.put("createApplication", () -> new Scene(OWNER, "/api/v1/teams/" + Api.FIRST_TEAM + "/applications"));
        scenes.put("changeApplication", () -> new Scene(OWNER, Api.newApplication("Example"), null));
        scenes.put("offerHandover", () -> new Scene(OWNER, Api.newApplication("Example") + "/handover"));
        scenes.put(
                "decideHandover",
                () -> new Scene(
                        OWNER,
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/handovers/" + Offers.toFirstTeam("Example")
                                + "/decision"));
        scenes.put(
                "putRegistration",
                () -> new Scene(
                        OWNER, Api.newApplication("Example") + "/registrations/integration", "If-None-Match: *"));
        scenes.put("rotateSecret", () -> new Scene(OWNER, registered() + "/secrets"));
        scenes.put("suspendClient", () -> new Scene(OPERATOR, registeredElsewhere() + "/suspension"));
        scenes.put("editRequest", () -> new Scene(OWNER, request(), null));
        scenes.put("comment", () -> new Scene(OWNER, request() + "/comments"));
        scenes.put("writeNote", () -> new Scene(OPERATOR, submitted() + "/notes"));
        scenes.put("assignRequest", () -> new Scene(OPERATOR, submitted() + "/assignee"));
        scenes.put("decideRequest", () -> decision());
        scenes.put("resendInvitation", () -> new Scene(OWNER, invited() + "/invitation"));
        scenes.put("acceptInvitation", () -> new Scene(Api.as("newcomer"), invitation() + "/acceptance"));
        scenes.put("declineInvitation", () -> new Scene(Api.as("newcomer"), invitation() + "/refusal"));
        scenes.put("attest", () -> new Scene(OWNER, newTeam() + "/attestation", null));
        scenes.put("collectSecret", () -> new Scene(OWNER, approved() + "/secret-collection"));
        scenes.put("putLocalAddresses", () -> new Scene(OWNER, registered() + "/local-addresses"));
        scenes.put("sendLogoutTest", () -> new Scene(OWNER, registeredForLogouts() + "/logout-tests"));
        scenes.put("runChecks", () -> new Scene(OWNER, registered() + "/checks"));
        scenes.put("restoreRegistration", () -> new Scene(OPERATOR, deleted() + "/restoration"));
        scenes.put("checkRequest", () -> new Scene(OWNER, request() + "/checks"));
        scenes.put("submitRequest", () -> new Scene(OWNER, ready() + "/submission"));
        scenes.put("requestKeyChallenge", () -> new Scene(OWNER, registeredWithKeys() + "/key-proofs"));
        scenes.put("answerKeyChallenge", () -> keyChallenge());
        scenes.put("createConfig", () -> new Scene(toolProgram(), "/api/configs/" + Api.FIRST_TEAM));
        scenes.put("replaceConfig", () -> new Scene(toolProgram(), toolConfig()));
        scenes.put("withdrawRequest", () -> new Scene(OWNER, request() + "/withdrawal"));
        var stranger = Api.with("nobody");
        scenes.put("registerMockClient", () -> new Scene(stranger, "/mock/register"));
        scenes.put(
                "fetchLogoutTokens",
                () -> new Scene(
                        stranger, "/mock/logout-tokens", "", Map.of("id_token", RelyingParty.idTokenOfAStranger())));
        scenes.put("putMockTestClients", () -> ofMockTest("clients"));
        scenes.put("putMockTestUsers", () -> ofMockTest("users"));
        scenes.put("setMockTestClock", () -> ofMockTest("clock"));
        scenes.put("wantFault", () -> ofMockTest("faults"));
        scenes.put("turnMockTestKeys", () -> ofMockTest("keys"));
        return scenes;
    }

    @Inject
    Sql sql;

    /** Other tests know the newcomer as somebody of no team. */
    @AfterEach
    void sendTheNewcomerHome() {
        sql.execute("delete from member where subject = 'local-newcomer'");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExampleWorks(String operationId, String method, JsonNode operation, String example, String mediaType) {
        assertThat(SCENES).containsKey(operationId);
        var scene = SCENES.get(operationId).get();
        var request = scene.who().request().contentType(mediaType).body(scene.fill(example));
        if (scene.condition() == null) {
            request.header("If-Match", scene.who().get(scene.path()).header("ETag"));
        } else if (!scene.condition().isEmpty()) {
            var header = scene.condition().split(": ", 2);
            request.header(header[0], header[1]);
        }
        var answer = MockTest.patiently(() -> request.request(method, scene.path()));
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 299);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> examples() {
        var found = new TreeMap<String, org.junit.jupiter.params.provider.Arguments>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(one -> one.getValue()
                        .at("/requestBody/content")
                        .properties()
                        .forEach(content -> {
                            var id = one.getValue().path("operationId").asText();
                            var example = content.getValue().path("example");
                            found.put(
                                    id + content.getKey(),
                                    org.junit.jupiter.params.provider.Arguments.of(
                                            id,
                                            one.getKey().toUpperCase(java.util.Locale.ROOT),
                                            one.getValue(),
                                            example.toString(),
                                            content.getKey()));
                        })));
        return found.values().stream();
    }

    private static String newTeam() {
        return teamOf("owner@local.example", "owner");
    }

    private static String teamOf(String email, String user) {
        var path = OPERATOR.post(
                        "/api/v1/teams",
                        Map.of(
                                "team_id",
                                UUID.randomUUID().toString(),
                                "name",
                                "Example",
                                "categories",
                                List.of("supplier"),
                                "owner_email",
                                email))
                .header("Location");
        if (user != null) {
            Invitees.accept(user);
        }
        return path;
    }

    /** Its owner never came. */
    private static String ownerless() {
        return teamOf("nobody@supplier.example", null);
    }

    private static String invited() {
        return OWNER.post(newTeam() + "/members", Map.of("email", "someone@supplier.example", "role", "admin"))
                .header("Location");
    }

    private static Scene ofMockTest(String part) {
        var test = MockTest.make();
        return new Scene(Api.with(test.token()), test.path(part));
    }

    private static String teamRequest() {
        return Api.as("viewer").post("/api/v1/team-requests", Api.teamRequest()).header("Location");
    }

    private static Scene registeredByItself() {
        var client = Api.with(Credentials.token("credential-write"))
                .post(
                        "/connect/integration/register",
                        Map.of("redirect_uris", List.of("https://self.supplier.co.uk/cb")));
        return new Scene(
                Api.with(client.path("registration_access_token")),
                "/connect/integration/register/" + client.path("client_id"),
                "",
                Map.of("client_id", client.path("client_id")));
    }

    private static String registeredForLogouts() {
        var path = Api.newApplication("Example") + "/registrations/integration";
        var metadata = new HashMap<>(Api.metadata());
        metadata.put(
                "backchannel_logout_uri",
                LaboratoryInternet.receive("logout-example", form -> Answers.text("400 Bad Request", "", "")));
        OWNER.put(path, metadata, "If-None-Match: *").then().statusCode(201);
        return path;
    }

    private static String registered() {
        var path = Api.newApplication("Example") + "/registrations/integration";
        OWNER.put(path, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        return path;
    }

    /** While its client is suspended its address is closed to the whole team. */
    private static String registeredElsewhere() {
        var path = Api.newApplication("Example") + "/registrations/integration";
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("redirect_uris", List.of("https://examples.suspended.co.uk/callback"));
        OWNER.put(path, metadata, "If-None-Match: *").then().statusCode(201);
        return path;
    }

    private static String registeredWithKeys() {
        var path = Api.newApplication("Example") + "/registrations/integration";
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("token_endpoint_auth_method", "private_key_jwt");
        metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        OWNER.put(path, metadata, "If-None-Match: *").then().statusCode(201);
        return path;
    }

    /** Signs it as its description says. */
    private static Scene keyChallenge() {
        try {
            var challenge = OWNER.post(
                    registeredWithKeys() + "/key-proofs",
                    Map.of(
                            "thumbprint",
                            LaboratoryInternet.KEY.computeThumbprint().toString()));
            String input = challenge.path("signing_input");
            var signature = new RSASSASigner(LaboratoryInternet.KEY)
                    .sign(
                            new JWSHeader(JWSAlgorithm.parse(challenge.path("algorithm"))),
                            input.getBytes(StandardCharsets.US_ASCII));
            return new Scene(
                    OWNER,
                    challenge.header("Location"),
                    "",
                    Map.of("signing_input", input, "signature", signature.toString()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String request() {
        return OWNER.put(
                        Api.newApplication("Example") + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .header("Location");
    }

    private static String submitted() {
        var request = ready();
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        return request;
    }

    private static String ready() {
        var request = request();
        OWNER.put(
                request,
                Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                "If-Match: " + OWNER.get(request).header("ETag"));
        return request;
    }

    /** @return the registration */
    private static String approved() {
        var request = submitted();
        var operator = Api.as("operator2");
        operator.request()
                .header("If-Match", operator.get(request).header("ETag"))
                .body(Map.of("outcome", "approve"))
                .post(request + "/decision")
                .then()
                .statusCode(200);
        return "/api/v1/applications/" + OWNER.get(request).path("application_id") + "/registrations/production";
    }

    private static String deleted() {
        var registration = registered();
        OWNER.delete(registration, "If-Match: " + OWNER.get(registration).header("ETag"))
                .then()
                .statusCode(204);
        return registration;
    }

    private static String invitation() {
        var team = newTeam();
        OWNER.post(team + "/members", Map.of("email", "newcomer@local.example", "role", "viewer"))
                .then()
                .statusCode(201);
        return "/api/v1/invitations/"
                + Api.as("newcomer")
                        .get("/api/v1/invitations?limit=100")
                        .path("items.find { it.team_id == '" + team.substring(team.lastIndexOf('/') + 1) + "' }.id");
    }

    private static Scene decision() {
        var request = submitted();
        return new Scene(
                OPERATOR,
                request + "/decision",
                "If-Match: " + OWNER.get(request).header("ETag"));
    }
}
