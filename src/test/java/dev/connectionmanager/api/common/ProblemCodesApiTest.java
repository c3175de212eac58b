package dev.connectionmanager.api.common;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
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
        is(given().get(LIST), 401, "log-in-needed");
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
