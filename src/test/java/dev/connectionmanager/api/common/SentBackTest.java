package dev.connectionmanager.api.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.http.AccessMatrix;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testuser.TestUserExamples;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What any answer of ours gave is taken back as it is, and changes nothing. */
@PortalTest
class SentBackTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What an answer gave, and whoever sends it back where it came from. */
    private record Given(Api who, String path, ObjectNode document) {
        static Given of(Api who, Response answer, String path) {
            return new Given(who, path, read(answer.asString()));
        }
    }

    private static final Map<String, Supplier<Given>> DOCUMENTS = Map.ofEntries(
            Map.entry("PATCH /api/v1/teams/{team_id} of one", () -> got(OWNER, "/api/v1/teams/" + Api.FIRST_TEAM)),
            Map.entry("PATCH /api/v1/teams/{team_id} of a list", () -> listed(OWNER, "/api/v1/teams", "team_id")),
            Map.entry("PATCH /api/v1/teams/{team_id}/members/{member_id} of one", () -> got(OWNER, member())),
            Map.entry(
                    "PATCH /api/v1/teams/{team_id}/members/{member_id} of a list",
                    () -> listed(OWNER, "/api/v1/teams/" + Api.FIRST_TEAM + "/members", "id")),
            Map.entry("PATCH /api/v1/applications/{application_id} of 201", SentBackTest::made),
            Map.entry(
                    "PATCH /api/v1/applications/{application_id} of one",
                    () -> got(OWNER, Api.newApplication("Sent back"))),
            Map.entry("PATCH /api/v1/applications/{application_id} of a list", SentBackTest::application),
            Map.entry(registration("201"), () -> issued(Api.newApplication("Sent back"))),
            Map.entry(registration("one"), () -> got(OWNER, registered())),
            Map.entry(registration("200"), SentBackTest::changed),
            Map.entry(registration("200 that issued a secret"), SentBackTest::switched),
            Map.entry(registration("a list"), SentBackTest::registrationOfAList),
            Map.entry(registration("a team’s list"), SentBackTest::registrationOfTheTeam),
            Map.entry(
                    "PUT /api/v1/applications/{application_id}/registrations/{environment}/local-addresses of one",
                    () -> got(OWNER, registered() + "/local-addresses")),
            Map.entry(
                    "PATCH /api/v1/teams/{team_id}/test-users/{test_user_id} of one",
                    () -> got(OWNER, TestUserExamples.user())),
            Map.entry("PUT /api/v1/requests/{request_id} of 202", SentBackTest::opened),
            Map.entry("PUT /api/v1/requests/{request_id} of one", () -> got(OWNER, request())),
            Map.entry("PUT /api/v1/requests/{request_id} of 200", SentBackTest::edited),
            Map.entry(
                    "PUT /api/v1/requests/{request_id} of a list",
                    () -> listed(OWNER, request(), "/api/v1/requests?state=draft")),
            Map.entry(
                    "PUT /api/v1/requests/{request_id}/assignee of one",
                    () -> got(OPERATOR, submitted() + "/assignee")),
            Map.entry("PUT /api/v1/requests/{request_id}/assignee of 200", SentBackTest::assigned));

    /** What is sent there is no document that an answer gives. */
    private static final Set<String> OTHERS =
            Set.of("PUT /api/v1/applications/{application_id}/registrations/{environment}/suspension");

    private static String registration(String of) {
        return "PUT /api/v1/applications/{application_id}/registrations/{environment} of " + of;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void whatAnAnswerGaveIsTakenBackAndChangesNothing(String route) {
        var given = DOCUMENTS.get(route).get();
        var before = given.who().get(given.path());
        var sent = given.who().request().body(given.document().toString());
        if (before.header("ETag") != null) {
            sent.header("If-Match", before.header("ETag"));
        }
        var answer = sent.request(route.split(" ")[0], given.path());
        assertThat(answer.statusCode()).as(route + " " + answer.asString()).isEqualTo(200);
        var after = given.who().get(given.path());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(after.asString()).isEqualTo(before.asString());
    }

    static Stream<String> documents() {
        return DOCUMENTS.keySet().stream().sorted();
    }

    @Test
    void everyRouteThatTakesADocumentIsTried() {
        var tried = DOCUMENTS.keySet().stream()
                .map(route -> route.replaceAll(" of .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        tried.addAll(OTHERS);
        assertThat(AccessMatrix.routes().stream().filter(route -> route.matches("(PUT|PATCH) /api/v1/.*")))
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    @Test
    void validationsTakeWhatAnAnswerGaveOfARegistrationAndJudgeByFormWhatOnlyThePortalSets() {
        var validations = "/api/v1/environments/deployment/validations";
        var document = issued(Api.newApplication("Sent back")).document();
        assertThat(document.has("client_secret")).isTrue();
        OWNER.post(validations, document.toString()).then().statusCode(200).body("valid", equalTo(true));
        for (var member : List.of("client_id", "client_secret", "state", "version", "application_id", "suspension")) {
            var odd = document.deepCopy().put(member, "odd");
            OWNER.post(validations, odd.toString())
                    .then()
                    .statusCode(200)
                    .body("valid", equalTo(false))
                    .body("errors.pointer", contains("/" + member))
                    .body("errors.code", contains("read-only-member"));
        }
        // In any other place it is one that was pasted.
        var pasted = document.deepCopy();
        pasted.put("client_name", "Secret " + document.path("client_secret").asText());
        OWNER.post(validations, pasted.toString())
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/client_name"))
                .body("errors.code", contains("secret-pasted"));
        OWNER.post(
                        validations,
                        document.deepCopy()
                                .put("client_secret", "-----BEGIN PRIVATE KEY-----")
                                .toString())
                .then()
                .statusCode(422)
                .body("errors.code", contains("secret-pasted"));
    }

    @Test
    void aClientSecretIsTakenBackWhileItWorksForThisRegistrationAlone() {
        var given = issued(Api.newApplication("Sent back"));
        OWNER.post(given.path() + "/secrets", Map.of("overlap_seconds", 3600))
                .then()
                .statusCode(201);
        sendBack(given, given.document()).then().statusCode(200);
        var foreign = issued(Api.newApplication("Sent back")).document().path("client_secret");
        sendBack(given, given.document().deepCopy().set("client_secret", foreign))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/client_secret"))
                .body("errors.code", contains("read-only-member"));
        Api.as("viewer")
                .put(given.path(), given.document().toString(), "If-Match: " + tag(given.path()))
                .then()
                .statusCode(403);
        OWNER.get(given.path() + "/secrets")
                .<List<String>>path("items.id")
                .forEach(id -> OWNER.delete(given.path() + "/secrets/" + id, ""));
        sendBack(given, given.document())
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/client_secret"))
                .body("errors.code", contains("read-only-member"));
        given.document().remove("client_secret");
        sendBack(given, given.document()).then().statusCode(200);
    }

    private static Response sendBack(Given given, com.fasterxml.jackson.databind.JsonNode document) {
        return given.who().put(given.path(), document.toString(), "If-Match: " + tag(given.path()));
    }

    private static String tag(String path) {
        return OWNER.get(path).header("ETag");
    }

    private static ObjectNode read(String document) {
        try {
            return (ObjectNode) JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError(document, e);
        }
    }

    private static Given got(Api who, String path) {
        return Given.of(who, who.get(path), path);
    }

    /** The last one of a list, whose address is the list's with its id. */
    private static Given listed(Api who, String list, String id) {
        return id.startsWith("/") ? listed(list, id) : lastOf(who, list, id);
    }

    private static Given lastOf(Api who, String list, String id) {
        var items = JSON.valueToTree(who.get(list + "?limit=100").path("items"));
        var item = (ObjectNode) items.get(items.size() - 1);
        return new Given(who, list + "/" + item.path(id).asText(), item);
    }

    private static Given listed(String path, String list) {
        var found = OWNER.get(list + "&limit=100")
                .path("items.find { it.id == '" + path.substring(path.lastIndexOf('/') + 1) + "' }");
        return new Given(OWNER, path, JSON.valueToTree(found));
    }

    private static String member() {
        return "/api/v1/teams/" + Api.FIRST_TEAM + "/members/"
                + OWNER.get("/api/v1/teams/" + Api.FIRST_TEAM + "/members").path("items[0].id");
    }

    private static Given made() {
        var answer = OWNER.post(
                "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                Map.of("name", "Sent back", "category", "supplier", "application_type", "web"));
        return Given.of(OWNER, answer, answer.header("Location"));
    }

    private static Given application() {
        var path = registered().replaceAll("/registrations/.*", "");
        return listed(path, "/api/v1/teams/" + Api.FIRST_TEAM + "/applications?name=Sent");
    }

    private static Given issued(String application) {
        var path = application + "/registrations/integration";
        var answer = OWNER.put(path, Api.metadata(), "If-None-Match: *");
        answer.then().statusCode(201);
        return Given.of(OWNER, answer, path);
    }

    private static String registered() {
        return issued(Api.newApplication("Sent back")).path();
    }

    private static Given changed() {
        var path = registered();
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("token_endpoint_auth_method", "client_secret_post");
        return Given.of(OWNER, OWNER.put(path, metadata, "If-Match: " + tag(path)), path);
    }

    private static Given switched() {
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("token_endpoint_auth_method", "private_key_jwt");
        metadata.put(
                "jwks_uri",
                LaboratoryInternet.publish(
                        "sent-back-" + UUID.randomUUID(), new JWKSet(LaboratoryInternet.KEY).toString()));
        var path = Api.newApplication("Sent back") + "/registrations/integration";
        OWNER.put(path, metadata, "If-None-Match: *").then().statusCode(201);
        var answer = OWNER.put(path, Api.metadata(), "If-Match: " + tag(path));
        assertThat(answer.<String>path("client_secret")).isNotNull();
        return Given.of(OWNER, answer, path);
    }

    private static Given registrationOfAList() {
        var path = registered();
        return new Given(
                OWNER,
                path,
                JSON.valueToTree(OWNER.get(path.replaceAll("/integration$", "")).path("items[0]")));
    }

    private static Given registrationOfTheTeam() {
        var path = registered();
        var item = OWNER.get("/api/v1/teams/" + Api.FIRST_TEAM + "/registrations?client_id="
                        + OWNER.get(path).path("client_id"))
                .path("items[0]");
        return new Given(OWNER, path, JSON.valueToTree(item));
    }

    private static Given opened() {
        var answer = OWNER.put(
                Api.newApplication("Sent back") + "/registrations/production", Api.metadata(), "If-None-Match: *");
        return Given.of(OWNER, answer, answer.header("Location"));
    }

    private static String request() {
        return opened().path();
    }

    private static Given edited() {
        var path = request();
        return Given.of(OWNER, edit(path), path);
    }

    private static Response edit(String path) {
        return OWNER.put(
                path,
                Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1", "note", "Soon."),
                "If-Match: " + tag(path));
    }

    private static String submitted() {
        var path = request();
        edit(path);
        OWNER.post(path + "/submission", Map.of()).then().statusCode(200);
        return path;
    }

    private static Given assigned() {
        var path = submitted() + "/assignee";
        return Given.of(OPERATOR, OPERATOR.put(path, Map.of("assignee", "me"), ""), path);
    }
}
