package dev.connectionmanager.api.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Scripts tell refusals apart by their codes; {@link Problems} checks that every problem document has one. */
@PortalTest
class ProblemCodesApiTest {
    private static final Api OWNER = Api.as("owner");
    private static final String LIST = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";

    @Test
    void whatHttpItselfRefusesHasACode() {
        is(Api.bare().get(LIST), 401, "log-in-needed");
        is(OWNER.get("/api/v1/nothing-here"), 404, "not-found");
        is(OWNER.request().delete("/api/v1/environments"), 405, "method-not-allowed");
        is(OWNER.request().accept("text/csv").get(LIST), 406, "not-acceptable");
        is(OWNER.post(LIST, "{\"name\":\"" + "x".repeat(300_000) + "\"}"), 413, "content-too-large");
        is(OWNER.request().contentType("text/plain").body("{}").post(LIST), 415, "unsupported-media-type");
        is(OWNER.request().urlEncodingEnabled(false).get(LIST + "?name=%00"), 400, "address-malformed");
        is(OWNER.post(LIST, "[]"), 400, "body-malformed");
        is(OWNER.get(LIST + "?limit=0"), 400, "parameter-invalid")
                .then()
                .body("detail", equalTo("limit must be a number from 1 to 100."));
        is(OWNER.get(LIST + "?sort=name"), 400, "parameter-unknown");
    }

    @Test
    void whatActsRefuseHasACode() {
        var application = Api.newApplication("Coded");
        is(OWNER.get("/api/v1/applications/" + UUID.randomUUID()), 404, "not-found");
        is(OWNER.patch(application, Map.of("name", "x"), ""), 428, "precondition-required")
                .then()
                .body("detail", containsString("ETag"));
        is(OWNER.patch(application, Map.of("name", "x"), "If-Match: \"7\""), 412, "stale");
        is(Api.as("viewer").patch(application, Map.of("name", "x"), "If-Match: \"0\""), 403, "role-needed");
        is(Api.as("owner").get("/api/v1/clients"), 403, "operator-needed");
        var reader = Api.with(Credentials.issue("Codes", "read", null).path("token"));
        is(reader.patch(application, Map.of("name", "x"), "If-Match: \"0\""), 403, "scope-read");
        is(Api.with("cm_api_" + "0".repeat(36)).get(LIST), 401, "api-credential-incomplete");
        var request = OWNER.put(application + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .header("Location");
        is(OWNER.request().header("If-Match", "*").post(request + "/withdrawal"), 428, "precondition-required");
    }

    @Test
    void whatASentenceNamesIsAMemberToo() {
        var application = Api.newApplication("Named members");
        is(OWNER.patch(application, Map.of("name", "x"), ""), 428, "precondition-required")
                .then()
                .body("header", equalTo("If-Match"));
        is(Api.as("viewer").patch(application, Map.of("name", "x"), "If-Match: \"0\""), 403, "role-needed")
                .then()
                .body("role", equalTo("admin"));
        is(OWNER.get("/api/v1/clients"), 403, "operator-needed");
        is(Api.as("operator").get("/api/v1/clients?state=gone"), 400, "parameter-invalid")
                .then()
                .body("parameter", equalTo("state"));
        is(OWNER.post(LIST, "{\n  x"), 400, "body-malformed")
                .then()
                .body("cause", equalTo("not-json"))
                .body("line", equalTo(2));
    }

    /** Nor a setting: those are nobody's business, and change with the library. */
    @Test
    void noSentenceNamesAClass() {
        var deep = "{\"name\":" + "[".repeat(60) + "]".repeat(60) + "}";
        for (var body : List.of(
                "",
                "{",
                "[",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{}x",
                deep,
                "nul",
                "{\"name\":\"\u0001\"}",
                "{'a':1}",
                "{\"name\":" + "1".repeat(2_000) + "}",
                "{\"" + "n".repeat(60_000) + "\":1}",
                "{\"name\":NaN}",
                "\uFEFF{}",
                "{\"name\":\"\\x\"}",
                "{\"name\":01}",
                "{\"name\":1e999999999}")) {
            var answer =
                    OWNER.request().body(body.getBytes(StandardCharsets.UTF_8)).post(LIST);
            answer.then().statusCode(org.hamcrest.Matchers.oneOf(400, 422));
            assertThat(answer.asString())
                    .as(body)
                    .doesNotContainPattern(
                            "[a-z]\\.[A-Z][a-z]|Jackson|Json[A-Z]|Token|Stream|Feature|Exception|[a-z]+\\.[a-z]+\\.[a-z]+[^.@]*\\(|Source");
        }
    }

    @Test
    void anEnvironmentWithoutRegistrationsSaysSo() {
        var mock = Api.newApplication("None needed") + "/registrations/mock";
        is(OWNER.put(mock, Api.metadata(), "If-None-Match: *"), 404, "registration-not-needed")
                .then()
                .body("environment", equalTo("mock"));
        is(OWNER.delete(mock, "If-Match: \"1\""), 404, "registration-not-needed");
        for (var path : List.of("", "/revisions", "/secrets", "/checks")) {
            is(OWNER.get(mock + path), 404, "registration-not-needed");
        }
        is(OWNER.post(mock + "/secrets", Map.of()), 404, "registration-not-needed");
        is(OWNER.post(mock + "/checks", Map.of()), 404, "registration-not-needed");
    }

    @Test
    void theFirstRuleThatBlocksGivesItsCode() {
        var body = Map.of("name", "", "category", "supplier", "application_type", "web", "contacts", List.of("a"));
        is(OWNER.post(LIST, body), 422, "application-name-invalid")
                .then()
                .body("errors.code", equalTo(List.of("application-name-invalid", "application-contact-invalid")));
    }

    @Test
    void anOpenRequestIsNamed() {
        var production = Api.newApplication("Open once") + "/registrations/production";
        var request = OWNER.put(production, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        is(OWNER.put(production, Api.metadata(), "If-None-Match: *"), 409, "request-open")
                .then()
                .body("detail", containsString(request.substring(request.lastIndexOf('/') + 1)));
    }

    private static Response is(Response answer, int status, String code) {
        answer.then().statusCode(status).contentType("application/problem+json").body("code", equalTo(code));
        return answer;
    }
}
