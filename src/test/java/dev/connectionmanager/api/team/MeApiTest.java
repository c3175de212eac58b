package dev.connectionmanager.api.team;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

/** Who calls, as the portal sees them. */
@PortalTest
class MeApiTest {
    private static final String ME = "/api/v1/me";

    @Test
    void tellsAPersonTheirTeamsAndRoles() {
        Api.as("viewer")
                .get(ME)
                .then()
                .statusCode(200)
                .body("kind", equalTo("person"))
                .body("name", equalTo("Vera Viewer"))
                .body("operator", equalTo(false))
                .body("teams.find { it.team_id == '" + Api.FIRST_TEAM + "' }.role", equalTo("viewer"))
                .body("teams.find { it.team_id == '" + Api.FIRST_TEAM + "' }.name", notNullValue())
                .body("teams.team_id", hasItem(Api.FIRST_TEAM))
                .body("scope", nullValue())
                .body("expires_at", nullValue());
    }

    @Test
    void tellsAnOperatorThatTheyAreOne() {
        Api.as("operator").get(ME).then().body("operator", equalTo(true));
        Api.as("newcomer").get(ME).then().body("operator", equalTo(false)).body("teams", empty());
    }

    @Test
    void tellsACredentialItsTeamItsScopeAndItsEnd() {
        for (var scope : java.util.Map.of("read", "viewer", "write", "admin").entrySet()) {
            var issued = Credentials.issue("Pipeline " + scope.getKey(), scope.getKey(), null);
            Api.with(issued.path("token"))
                    .get(ME)
                    .then()
                    .statusCode(200)
                    .body("kind", equalTo("credential"))
                    .body("name", equalTo("Pipeline " + scope.getKey()))
                    .body("operator", equalTo(false))
                    .body("teams.team_id", contains(Api.FIRST_TEAM))
                    .body("teams.role", contains(scope.getValue()))
                    .body("scope", equalTo(scope.getKey()))
                    .body("expires_at", equalTo(issued.path("expires_at")));
        }
    }
}
