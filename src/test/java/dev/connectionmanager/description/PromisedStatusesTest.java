package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Statuses that the description promises and that no other test meets: none of them is promised in vain. */
@PortalTest
class PromisedStatusesTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");

    @Inject
    Sql sql;

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        var application = Api.newApplication("Read twice");
        var registration = registered(application, "promised-read");
        var attestation = "/api/v1/teams/" + Api.FIRST_TEAM + "/attestation";
        for (var path : List.of(application, registration, attestation)) {
            var tag = OWNER.get(path).header("ETag");
            OWNER.request()
                    .header("If-None-Match", tag)
                    .get(path)
                    .then()
                    .statusCode(304)
                    .header("ETag", tag);
        }
    }

    @Test
    void whoeverActsOnWhatHasChangedIsToldSo() {
        var application = Api.newApplication("Changed meanwhile");
        assertStale(OWNER.delete(application, "If-Match: \"77\""));
        var registration = registered(application, "promised-stale");
        assertStale(OWNER.delete(registration, "If-Match: \"77\""));
        assertStale(OPERATOR.request()
                .header("If-Match", "\"77\"")
                .body(Map.of("reason", "Stale"))
                .put(registration + "/suspension"));
        OPERATOR.put(registration + "/suspension", Map.of("reason", "To be resumed"), "")
                .then()
                .statusCode(200);
        assertStale(OPERATOR.delete(registration + "/suspension", "If-Match: \"77\""));
        OPERATOR.delete(registration + "/suspension", "").then().statusCode(204);
        assertStale(acting(request("Withdrawn meanwhile"), "withdrawal", "\"77\""));
    }

    /** Where it need not be sent, it must name a version all the same. */
    @Test
    void anyVersionIsNoVersion() {
        var registration = registered(Api.newApplication("Any version"), "promised-any");
        assertNeeded(OPERATOR.put(registration + "/suspension", Map.of("reason", "Any"), "If-Match: *"));
        assertNeeded(OPERATOR.delete(registration + "/suspension", "If-Match: *"));
        assertNeeded(acting(request("Any version"), "submission", "*"));
    }

    @Test
    void aClosedRequestIsNotChecked() {
        var request = request("Closed");
        OWNER.post(request + "/withdrawal", "").then().statusCode(200);
        OWNER.post(request + "/checks", "").then().statusCode(409);
    }

    @Test
    void thereAreNoRulesOfAnEnvironmentThatThereIsNot() {
        OWNER.post("/api/v1/environments/attic/validations", Api.metadata())
                .then()
                .statusCode(404);
    }

    @Test
    void aTeamHasSoManyCredentials() {
        var team = OPERATOR.post(
                        "/api/v1/teams",
                        Map.of(
                                "team_id",
                                UUID.randomUUID().toString(),
                                "name",
                                "Many credentials",
                                "categories",
                                List.of("supplier"),
                                "owner_email",
                                "other-owner@local.example"))
                .header("Location");
        dev.connectionmanager.testing.Invitees.accept("other-owner");
        var id = team.substring(team.lastIndexOf('/') + 1);
        assertThat(
                        sql.execute(
                                "insert into api_credential (id, team_id, name, scope, hash, created_by, created_at, expires_at)"
                                        + " select gen_random_uuid(), '" + id + "', 'Many ' || n, 'READ', sha256(('"
                                        + id
                                        + "' || n)::bytea), 'nobody', now(), now() + interval '1 day' from generate_series(1, 100) n"))
                .isEqualTo(100);
        Api.as("other-owner")
                .post(team + "/api-credentials", Map.of("name", "One too many", "scope", "read"))
                .then()
                .statusCode(409)
                .body("code", equalTo("api-credential-limit"))
                .body("limit", equalTo(100));
    }

    private static void assertStale(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(412);
    }

    private static void assertNeeded(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(428);
    }

    private static Response acting(String request, String act, String tag) {
        return OWNER.request().header("If-Match", tag).body(Map.of()).post(request + "/" + act);
    }

    /** While its client is suspended its address is closed to the whole team: each has one of its own. */
    private static String registered(String application, String host) {
        var path = application + "/registrations/integration";
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("redirect_uris", List.of("https://" + host + ".supplier.co.uk/callback"));
        OWNER.put(path, metadata, "If-None-Match: *").then().statusCode(201);
        return path;
    }

    private static String request(String name) {
        return OWNER.put(Api.newApplication(name) + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .header("Location");
    }
}
