package dev.connectionmanager.api.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.http.AccessMatrix;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of the existing tool: whose log-in counts, what is read and written, and that the acts are those of all edges. */
@PortalTest
class ToolFormatTest {
    private static final String CONFIGS = "/api/configs/" + Api.FIRST_TEAM;
    private static final String METHOD = "token_endpoint_auth_method";

    @Inject
    Sql database;

    private final String writer = session("credential-write");

    private static String session(String credential) {
        return ToolProgram.with(Credentials.token(credential)).session();
    }

    private static RequestSpecification in(String session) {
        return Api.with(session).request();
    }

    private static Map<String, Object> config(String name) {
        return new HashMap<>(Map.of(
                "client_name",
                name,
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback"),
                METHOD,
                "client_secret_basic"));
    }

    private Response create(Map<String, Object> config) {
        return in(writer).body(config).post(CONFIGS);
    }

    private Response read(String name) {
        return in(writer).get(CONFIGS + "/" + name);
    }

    private Response replace(String name, Map<String, Object> config) {
        return in(writer)
                .queryParam("hash", read(name).<String>path("hash"))
                .body(config)
                .put(CONFIGS + "/" + name);
    }

    private String made() {
        return create(config("Made " + UUID.randomUUID()))
                .then()
                .statusCode(201)
                .extract()
                .path("config_name");
    }

    private static Api owner() {
        return Api.as("owner");
    }

    // Whose log-in counts

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SecretAuth",
                "SecretAuth ",
                "SecretAuth cm_api_000000000000000000000000000000000000",
                "Basic b3duZXI6b3duZXI=",
                "Bearer x"
            })
    void noOtherSecretLogsIn(String authorization) {
        var request = Api.bare().contentType("application/json");
        (authorization.isEmpty() ? request : request.header("Authorization", authorization))
                .post("/api/auth")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "SecretAuth")
                .header("Set-Cookie", nullValue());
    }

    @Test
    void whatLogsInOnOtherEdgesCountsForNothingHere() {
        for (var token : List.of(Persons.accessToken("owner"), Credentials.token("credential-write"))) {
            Api.with(token)
                    .get(CONFIGS)
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("tool-session-over"))
                    .header("WWW-Authenticate", startsWith("Bearer"));
            Api.with(token).post("/api/auth", "").then().statusCode(401);
        }
        assertThat(Persons.get(AccessMatrix.browser("owner"), CONFIGS).statusCode())
                .isEqualTo(401);
        Api.bare()
                .header("Authorization", "SecretAuth " + Credentials.token("credential-write"))
                .get(CONFIGS)
                .then()
                .statusCode(401)
                .body("detail", startsWith("Log in first: POST /api/auth"));
        Api.bare()
                .header("Authorization", "SecretAuth " + Credentials.token("credential-audit-read"))
                .post("/api/auth")
                .then()
                .statusCode(401);
    }

    @Test
    void itsSessionCountsNowhereElse() {
        var session = session("credential-write");
        for (var path : List.of("/api/v1/teams", "/teams", "/api/v1/teams/" + Api.FIRST_TEAM + "/applications")) {
            var api = path.startsWith("/api/v1");
            var asked = Api.bare()
                    .redirects()
                    .follow(false)
                    .cookie("__Host-session", session)
                    .get(path);
            assertThat(asked.statusCode()).as(path).isEqualTo(api ? 401 : 302);
            if (api) {
                Api.with(session).get(path).then().statusCode(401);
            }
        }
    }

    @Test
    void cookieAndTokenServeEachAndBothTogether() {
        var session = session("credential-read");
        Api.bare().cookie("__Host-session", session).get(CONFIGS).then().statusCode(200);
        Api.with(session).get(CONFIGS).then().statusCode(200);
        Api.with(session)
                .request()
                .cookie("__Host-session", session)
                .get(CONFIGS)
                .then()
                .statusCode(200);
        Api.with("x")
                .request()
                .cookie("__Host-session", session)
                .get(CONFIGS)
                .then()
                .statusCode(401);
    }

    @Test
    void aScopeThatReadsDoesNotWrite() {
        var reader = session("credential-read");
        var name = made();
        var hash = read(name).<String>path("hash");
        in(reader).get(CONFIGS + "/" + name).then().statusCode(200);
        in(reader)
                .body(config("Read only"))
                .post(CONFIGS)
                .then()
                .statusCode(403)
                .body("code", equalTo("scope-read"));
        in(reader)
                .body(config("Read only"))
                .put(CONFIGS + "/" + name + "?hash=" + hash)
                .then()
                .statusCode(403);
    }

    @Test
    void aSessionEndsAtOnceWithItsCredential() {
        var issued = Credentials.issue("Ends", "write", null);
        var session = ToolProgram.with(issued.path("token")).session();
        Api.with(session).get(CONFIGS).then().statusCode(200);
        owner().delete("/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials/" + issued.<String>path("id"), "")
                .then()
                .statusCode(204);
        Api.with(session).get(CONFIGS).then().statusCode(401).body("code", equalTo("api-credential-revoked"));
        Api.bare()
                .header("Authorization", "SecretAuth " + issued.path("token"))
                .post("/api/auth")
                .then()
                .statusCode(401);
    }

    @Test
    void anotherTeamsConfigsAreAnsweredLikeUnknownOnes() {
        var name = made();
        var other = Api.as("other-owner")
                .post("/api/v1/teams/" + Api.OTHER_TEAM + "/api-credentials", Map.of("name", "Other", "scope", "write"))
                .<String>path("token");
        var theirs = ToolProgram.with(other).session();
        for (var path : List.of(CONFIGS, CONFIGS + "/" + name, "/api/configs/" + UUID.randomUUID())) {
            in(theirs).get(path).then().statusCode(404).body("code", equalTo("not-found"));
            if (path.equals(CONFIGS + "/" + name)) {
                in(theirs)
                        .body(config("Theirs"))
                        .put(path + "?hash=" + "0".repeat(64))
                        .then()
                        .statusCode(404);
            } else {
                in(theirs).body(config("Theirs")).post(path).then().statusCode(404);
            }
        }
        in(theirs).get("/api/configs/" + Api.OTHER_TEAM + "/" + name).then().statusCode(404);
    }

    @Test
    void noOtherSiteWritesByTheCookie() {
        var session = session("credential-write");
        var before = in(writer).get(CONFIGS).<List<String>>path("configs");
        var body = "{\"client_name\":\"Forged\",\"redirect_uris\":[\"https://app.supplier.co.uk/callback\"]}";
        for (var sender : List.of(
                Map.of("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"),
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "null"),
                Map.of("Origin", "https://evil" + Persons.address().substring("http://".length())),
                Map.of("Sec-Fetch-Site", "same-site"))) {
            for (var type : List.of("application/json", "text/plain")) {
                var request = HttpRequest.newBuilder(URI.create(Persons.address() + CONFIGS))
                        .header("Cookie", "__Host-session=" + session)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body));
                sender.forEach(request::header);
                var answer = Persons.send(Persons.newBrowser(), request.build());
                assertThat(answer.statusCode()).as(sender + " " + type).isEqualTo(403);
                assertThat(answer.body()).contains("request-from-elsewhere");
            }
        }
        assertThat(in(writer).get(CONFIGS).<List<String>>path("configs")).isEqualTo(before);
        var own = Api.bare()
                .cookie("__Host-session", session)
                .header("Origin", Persons.address())
                .contentType("application/json")
                .body(config("Own page"))
                .post(CONFIGS);
        assertThat(own.statusCode()).as(own.asString()).isEqualTo(201);
    }

    @Test
    void whoeverAsksIsToldThatThePortalIsThere() {
        Api.bare().get("/api/hello_world").then().statusCode(200);
        Api.with("a session that is over")
                .request()
                .cookie("__Host-session", "another")
                .get("/api/hello_world")
                .then()
                .statusCode(200);
    }

    // What is read and written

    @Test
    void whatIsLeftOutHasItsDefault() {
        var config = config("Defaults");
        config.remove(METHOD);
        create(config).then().statusCode(201).body("client_config." + METHOD, equalTo("client_secret_basic"));
        config.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        config.put("jwks_uri_signing_algorithm", "RS256");
        create(config)
                .then()
                .statusCode(201)
                .body("client_config." + METHOD, equalTo("private_key_jwt"))
                .body("client_config.jwks_uri_signing_algorithm", equalTo("RS256"))
                .body("client_secret", nullValue());
    }

    @Test
    void makesAnApplicationThatTheApiHasToo() {
        var name = made();
        var id = read(name).<String>path("client_config.client_id");
        var application = owner().get("/api/v1/teams/" + Api.FIRST_TEAM + "/registrations?client_id=" + id)
                .<String>path("items[0].application_id");
        owner().get("/api/v1/applications/" + application)
                .then()
                .body("application_type", equalTo("web"))
                .body("category", equalTo("national"))
                .body("name", startsWith("Made "));
    }

    @Test
    void replacesWhatItCanSayAndKeepsTheRest() {
        var path = Api.newApplication("Rest " + UUID.randomUUID());
        owner().patch(
                        path,
                        Map.of("contacts", List.of("desk@supplier.example"), "description", "Before"),
                        "If-Match: " + owner().get(path).header("ETag"))
                .then()
                .statusCode(200);
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("userinfo_signed_response_alg", "RS256");
        metadata.put("backchannel_logout_uri", "https://keys.laboratory.co.uk/logout");
        metadata.put("backchannel_logout_session_required", true);
        var registration = path + "/registrations/integration";
        String id = owner().put(registration, metadata, "If-None-Match: *").path("client_id");
        var name = database.text("select c.name from config_name c join registration r on r.id = c.registration_id"
                + " where r.client_id = '" + id + "'");
        var config = read(name).<Map<String, Object>>path("client_config");
        assertThat(config).containsEntry("description", "Before").containsEntry("client_id", id);
        config.put("description", "After");
        config.put("redirect_uris", List.of("https://app.supplier.co.uk/other"));
        replace(name, config).then().statusCode(200).body("client_config", equalTo(config));
        owner().get(registration)
                .then()
                .body("userinfo_signed_response_alg", equalTo("RS256"))
                .body("backchannel_logout_session_required", equalTo(true))
                .body("redirect_uris", equalTo(List.of("https://app.supplier.co.uk/other")));
        owner().get(path)
                .then()
                .body("description", equalTo("After"))
                .body("contacts", equalTo(List.of("desk@supplier.example")));
        config.put("backchannel_logout_uri", null);
        replace(name, config).then().statusCode(200);
        owner().get(registration).then().body("backchannel_logout_session_required", nullValue());
    }

    /** The two are one: of what is refused nothing is left. */
    @Test
    void changesNothingWhereOneOfTheTwoIsRefused() {
        var name = made();
        var before = read(name).asString();
        var config = read(name).<Map<String, Object>>path("client_config");
        config.put("client_name", "Other");
        config.put("description", "x".repeat(1_001));
        replace(name, config).then().statusCode(422).body("errors.pointer", equalTo(List.of("/description")));
        config.put("description", "Good");
        config.put("redirect_uris", List.of("https://app.supplier.co.uk/#x"));
        replace(name, config).then().statusCode(422);
        assertThat(read(name).asString()).isEqualTo(before);
    }

    @Test
    void anotherMechanismShowsItsNewSecretOnce() {
        var config = config("Switches " + UUID.randomUUID());
        config.put(METHOD, "private_key_jwt");
        config.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        String name = create(config).then().statusCode(201).extract().path("config_name");
        config.put(METHOD, "client_secret_post");
        config.put("jwks_uri", null);
        var switched = replace(name, config);
        switched.then().statusCode(200).header("Cache-Control", "no-store");
        assertThat(switched.<String>path("client_secret")).hasSize(36);
        assertThat(read(name).asString()).doesNotContain(switched.<String>path("client_secret"));
        replace(name, config).then().statusCode(200).body("client_secret", nullValue());
    }

    @Test
    void aChangeByAnotherEdgeMakesTheHashStale() {
        var name = made();
        var hash = read(name).<String>path("hash");
        var id = read(name).<String>path("client_config.client_id");
        var application = "/api/v1/applications/"
                + owner().get("/api/v1/teams/" + Api.FIRST_TEAM + "/registrations?client_id=" + id)
                        .<String>path("items[0].application_id");
        owner().patch(
                        application,
                        Map.of("description", "By the API"),
                        "If-Match: " + owner().get(application).header("ETag"))
                .then()
                .statusCode(200);
        in(writer)
                .body(config("Late"))
                .put(CONFIGS + "/" + name + "?hash=" + hash)
                .then()
                .statusCode(412)
                .body("code", equalTo("stale"));
        in(writer)
                .body(config("Late"))
                .put(CONFIGS + "/" + name)
                .then()
                .statusCode(428)
                .body("detail", startsWith("Add ?hash="));
    }

    @Test
    void whatIsSuspendedOrDeletedIsAsForTheApi() {
        var name = made();
        var id = read(name).<String>path("client_config.client_id");
        var registration = "/api/v1/applications/"
                + owner().get("/api/v1/teams/" + Api.FIRST_TEAM + "/registrations?client_id=" + id)
                        .<String>path("items[0].application_id")
                + "/registrations/integration";
        Api.as("operator")
                .put(registration + "/suspension", Map.of("reason", "Looks odd"), "")
                .then()
                .statusCode(200);
        var config = config("Suspended still");
        config.put("redirect_uris", List.of("https://other.supplier.co.uk/callback"));
        replace(name, config).then().statusCode(200);
        owner().get(registration).then().body("state", equalTo("suspended"));
        Api.as("operator").delete(registration + "/suspension", "").then().statusCode(204);
        owner().delete(registration, "If-Match: " + owner().get(registration).header("ETag"))
                .then()
                .statusCode(204);
        read(name).then().statusCode(404);
        in(writer).get(CONFIGS).then().body("configs", not(hasItem(name)));
        Api.as("operator").post(registration + "/restoration", Map.of()).then().statusCode(200);
        read(name).then().statusCode(200).body("client_config.client_id", equalTo(id));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | body-malformed | {",
                "400 | body-malformed | []",
                "400 | body-malformed | {\"client_name\":\"a\",\"client_name\":\"b\"}",
                "422 | redirect-uri-required | {\"client_name\":\"a\"}",
                "422 | client-name-required | {\"redirect_uris\":[\"https://app.supplier.co.uk/callback\"]}",
                "422 | wrong-type | {\"client_name\":1,\"redirect_uris\":[\"https://app.supplier.co.uk/callback\"]}",
                "422 | wrong-type | {\"client_name\":\"a\",\"redirect_uris\":\"https://app.supplier.co.uk/callback\"}",
                "422 | unknown-member | {\"client_name\":\"a\",\"redirect_uris\":[\"https://app.supplier.co.uk/a\"],\"grant\":1}",
                "422 | read-only-member | {\"client_id\":\"1\",\"client_name\":\"a\",\"redirect_uris\":[\"https://app.supplier.co.uk/a\"]}",
                "422 | jwks-by-value | {\"jwks\":{},\"client_name\":\"a\",\"redirect_uris\":[\"https://app.supplier.co.uk/a\"]}"
            })
    void refusesWhatCannotBeRead(int status, String code, String body) {
        in(writer).body(body).post(CONFIGS).then().statusCode(status).body("code", equalTo(code));
        var name = made();
        if (!code.equals("read-only-member")) {
            in(writer)
                    .body(body)
                    .put(CONFIGS + "/" + name + "?hash=" + read(name).path("hash"))
                    .then()
                    .statusCode(status)
                    .body("code", equalTo(code));
        }
    }

    @Test
    void refusesWhatIsNotAskedLikeThis() {
        in(writer).contentType("text/plain").body("{}").post(CONFIGS).then().statusCode(415);
        in(writer).get(CONFIGS + "?page=1").then().statusCode(400).body("code", equalTo("parameter-unknown"));
        in(writer).get("/api/configs/not-a-team").then().statusCode(404);
        in(writer).delete(CONFIGS).then().statusCode(405).header("Allow", "GET, HEAD, OPTIONS, POST");
        in(writer).get("/api/nowhere").then().statusCode(404).contentType("application/problem+json");
        Api.bare()
                .header("Authorization", "SecretAuth " + Credentials.token("credential-read"))
                .contentType("application/json")
                .body("{\"secret\":\"x\"}")
                .post("/api/auth")
                .then()
                .statusCode(422)
                .body("code", equalTo("unknown-member"));
    }

    @Test
    void theHostSaysWhichEnvironmentIsMeant() {
        var name = made();
        for (var host : List.of("connection-manager.nhsdep.example", "CM.NHSDEP.example")) {
            in(writer).header("Host", host).get(CONFIGS).then().statusCode(200).body("configs", not(hasItem(name)));
        }
        var config = config("Trains " + UUID.randomUUID());
        String trained = in(writer)
                .header("Host", "connection-manager.nhsdep.example")
                .body(config)
                .post(CONFIGS)
                .then()
                .statusCode(201)
                .extract()
                .path("config_name");
        read(trained).then().statusCode(404);
        in(writer)
                .header("Host", "connection-manager.nhsint.example")
                .get(CONFIGS)
                .then()
                .body("configs", hasItems(name));
        assertThat(database.text("select environment from config_name where name = '" + trained + "'"))
                .isEqualTo("deployment");
    }
}
