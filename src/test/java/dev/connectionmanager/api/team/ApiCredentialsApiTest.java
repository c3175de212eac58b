package dev.connectionmanager.api.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class ApiCredentialsApiTest {
    private static final String ALL = "/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials";
    private static final String APPLICATIONS = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";

    @Inject
    Sql sql;

    @Test
    void issuesUsesAndRevokes() {
        var issued = Api.as("admin").post(ALL, Map.of("name", "Nightly build", "scope", "read"));
        issued.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", ALL + "/" + issued.path("id"))
                .body("name", equalTo("Nightly build"))
                .body("scope", equalTo("read"))
                .body("last_used_at", nullValue());
        String token = issued.path("token");
        assertThat(token).matches("cm_api_[0-9A-Za-z]{36}");
        assertThat(Duration.between(Instant.now(), Instant.parse(issued.path("expires_at"))))
                .isBetween(Duration.ofDays(89), Duration.ofDays(90));

        Api.with(token)
                .get("/api/v1/teams")
                .then()
                .statusCode(200)
                .body("items.team_id", equalTo(java.util.List.of(Api.FIRST_TEAM)));
        var all = Api.as("viewer").get(ALL);
        all.then().statusCode(200).body("items.id", hasItem(issued.<String>path("id")));
        assertThat(all.body().asString()).doesNotContain(token, token.substring(7, 30), "token");
        assertThat(all.<String>path("items.find { it.id == '" + issued.path("id") + "' }.last_used_at"))
                .isNotNull();

        Api.as("admin").delete(ALL + "/" + issued.path("id"), "").then().statusCode(204);
        Api.with(token)
                .get("/api/v1/teams")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("detail", containsString("revoked"));
        Api.with(issued.path("token")).get("/api/v1/teams").then().statusCode(401);
        assertThat(sql.number(
                        "select count(*) from audit_entry where act = 'revoked-api-credential-used' and team_id = '"
                                + Api.FIRST_TEAM + "' and object_id = '" + issued.path("id") + "'"))
                .as("told once, however often it is used")
                .isEqualTo(1);
        Api.as("admin").delete(ALL + "/" + issued.path("id"), "").then().statusCode(404);
        Api.as("owner").get(ALL).then().body("items.id", not(hasItem(issued.<String>path("id"))));
    }

    @Test
    void writesWhatAnAdminWritesByThemselves() {
        var script = Api.with(Credentials.token("credential-write"));
        var made = script.post(APPLICATIONS, application());
        made.then().statusCode(201);
        var application = made.header("Location");
        script.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        script.post(application + "/registrations/integration/secrets", Map.of())
                .then()
                .statusCode(201);
        script.post(application + "/registrations/integration/checks", Map.of())
                .then()
                .statusCode(200);
        Api.as("viewer")
                .get(application + "/registrations/integration/revisions")
                .then()
                .body("items[0].actor", equalTo("API credential ‘credential-write’"));
        script.delete(
                        application + "/registrations/integration",
                        "If-Match: "
                                + script.get(application + "/registrations/integration")
                                        .header("ETag"))
                .then()
                .statusCode(204);
        script.delete(application, "If-Match: " + made.header("ETag")).then().statusCode(403);
    }

    @Test
    void readsWithoutWriting() {
        var script = Api.with(Credentials.token("credential-read"));
        script.get(APPLICATIONS).then().statusCode(200);
        script.get(ALL).then().statusCode(200);
        script.post("/api/v1/environments/integration/validations", Api.metadata())
                .then()
                .statusCode(200);
        script.post("/api/v1/environments/integration/validations?live=true", Api.metadata())
                .then()
                .statusCode(200);
        script.post(APPLICATIONS, application()).then().statusCode(403);
        script.patch(Api.newApplication("Untouched"), Map.of("name", "Touched"), "If-Match: \"0\"")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"credential-read", "credential-write"})
    void noCredentialMakesOrEndsCredentials(String kind) {
        var script = Api.with(Credentials.token(kind));
        script.post(ALL, Map.of("name", "Another", "scope", "read"))
                .then()
                .statusCode(403)
                .body("detail", containsString("person"));
        var id = Credentials.issue("Kept", "read", null).<String>path("id");
        script.delete(ALL + "/" + id, "").then().statusCode(403);
        Api.as("owner").get(ALL).then().body("items.id", hasItem(id));
        Api.as("owner").delete(ALL + "/" + id, "").then().statusCode(204);
    }

    @Test
    void knowsItsOwnTeamOnly() {
        var script = Api.with(Credentials.token("credential-write"));
        for (var path : Stream.of("", "/applications", "/api-credentials").toList()) {
            var others = script.get("/api/v1/teams/" + Api.OTHER_TEAM + path);
            var unknown = script.get("/api/v1/teams/" + UUID.randomUUID() + path);
            assertThat(others.statusCode()).isEqualTo(404);
            assertThat(others.<String>path("detail")).isEqualTo(unknown.path("detail"));
        }
        script.post("/api/v1/teams/" + Api.OTHER_TEAM + "/applications", application())
                .then()
                .statusCode(404);
        var id = Credentials.issue("Kept", "read", null).<String>path("id");
        Api.as("other-owner").delete(ALL + "/" + id, "").then().statusCode(404);
        Api.as("other-owner")
                .delete("/api/v1/teams/" + Api.OTHER_TEAM + "/api-credentials/" + id, "")
                .then()
                .statusCode(404);
        Api.as("owner").delete(ALL + "/" + id, "").then().statusCode(204);
    }

    @Test
    void tellsAMistypedOneFromOneThatEnded() {
        var token = Credentials.token("credential-read");
        var mistyped = token.substring(0, 20) + (token.charAt(20) == 'a' ? 'b' : 'a') + token.substring(21);
        refused(mistyped, "checksum");
        refused(token.substring(0, 42), "checksum");
        refused("cm_api_", "checksum");
        refused("cm_api_0000000000000000000000000000002C8GjS", "not known");
        refused(Credentials.token("credential-revoked"), "revoked");
        refused(Credentials.token("credential-expired"), "expired");
        Api.bare()
                .header("Authorization", "bearer   " + token)
                .get("/api/v1/teams")
                .then()
                .statusCode(200);
    }

    /** Pages are for people: there a credential is no log-in, and what it may read stays unseen. */
    @Test
    void opensNoPage() {
        for (var kind : Stream.of("credential-write", "credential-revoked").toList()) {
            for (var path : Stream.of("/teams", "/teams/" + Api.FIRST_TEAM).toList()) {
                assertThat(page(path, kind).statusCode()).as(path).isEqualTo(302);
            }
            assertThat(page("/", kind).body()).contains("Log in").doesNotContain("Log out");
        }
    }

    private static HttpResponse<String> page(String path, String kind) {
        return Persons.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(Persons.address() + path))
                        .header("Authorization", "Bearer " + Credentials.token(kind))
                        .build());
    }

    @Test
    void saysEverythingThatIsWrong() {
        var body = new HashMap<String, Object>();
        body.put("name", " ");
        body.put("scope", 1);
        body.put("expires_at", Instant.now().plus(Duration.ofDays(367)).toString());
        body.put("owner", "me");
        Api.as("owner")
                .post(ALL, body)
                .then()
                .statusCode(422)
                .body("errors.code", hasItem("unknown-member"))
                .body("errors.code", hasItem("wrong-type"))
                .body("errors.code", hasItem("api-credential-name-invalid"))
                .body(
                        "errors.find { it.code == 'api-credential-expiry-out-of-range' }.pointer",
                        equalTo("/expires_at"));
        Credentials.issue("A year", "read", Instant.now().plus(Duration.ofDays(365)))
                .then()
                .statusCode(201);
    }

    @Test
    void isKeptAsAHashAndLeavesNoTraceInClear() {
        var issued = Credentials.issue("Traced", "write", null);
        String token = issued.path("token");
        Api.with(token).get("/api/v1/teams").then().statusCode(200);
        assertThat(sql.number("select count(*) from api_credential where id = '" + issued.path("id")
                        + "' and hash = sha256('" + token + "')"))
                .isEqualTo(1);
        assertThat(sql.number(
                        "select count(*) from api_credential c where c::text like '%" + token.substring(7, 30) + "%'"))
                .isZero();
        assertThat(sql.number(
                        "select count(*) from audit_entry e where e::text like '%" + token.substring(7, 30) + "%'"))
                .isZero();
        assertThat(sql.number("select count(*) from audit_entry where act = 'api-credential-issued' and object_id = '"
                        + issued.path("id") + "'"))
                .isEqualTo(1);
    }

    /** A busy script costs one write a minute: the row is written by the first request and by none of the next. */
    @Test
    void notesItsLastUseOnceAMinute() {
        var issued = Credentials.issue("Busy", "read", null);
        var script = Api.with(issued.path("token"));
        script.get("/api/v1/teams").then().statusCode(200);
        var row = "select xmin::text::bigint from api_credential where id = '" + issued.path("id") + "'";
        var written = sql.number(row);
        for (int i = 0; i < 5; i++) {
            script.get("/api/v1/teams").then().statusCode(200);
        }
        assertThat(sql.number(row)).isEqualTo(written);
        sql.execute("update api_credential set last_used_at = last_used_at - interval '61 seconds' where id = '"
                + issued.path("id") + "'");
        var aged = sql.number(row);
        script.get("/api/v1/teams").then().statusCode(200);
        assertThat(sql.number(row)).isNotEqualTo(aged);
    }

    @Test
    void ofManyRevocationsAtOnceOneIsDone() {
        var id = Credentials.issue("Race", "read", null).<String>path("id");
        Persons.accessToken("owner");
        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> Api.as("owner").delete(ALL + "/" + id, "").statusCode()))
                .limit(8)
                .toList();
        assertThat(answers.stream().map(CompletableFuture::join).filter(status -> status == 204))
                .hasSize(1);
        assertThat(sql.number("select count(*) from audit_entry where act = 'api-credential-revoked' and object_id = '"
                        + id + "'"))
                .isEqualTo(1);
    }

    @Test
    void isDescribed() {
        Api.bare()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .body("components.securitySchemes.api_credential.scheme", equalTo("bearer"))
                .body("security.collectMany { it.keySet() }", hasItem("api_credential"));
    }

    private static void refused(String token, String why) {
        Api.with(token)
                .get("/api/v1/teams")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .contentType("application/problem+json")
                .body("detail", containsString(why))
                .body("detail", not(containsString(token.length() > 7 ? token : "cm_api_0")));
    }

    private static Map<String, Object> application() {
        return Map.of("name", "Scripted", "category", "supplier", "application_type", "web");
    }
}
