package dev.connectionmanager.mock.logout;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.application.ApplicationCandidate;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.credential.ApiCredentialCandidate;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.DeployedPortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where the mock is switched off, nobody sends a logout token by it. Nobody can log in here: a team is made by the acts. */
@DeployedPortalTest
class LogoutTestsOffTest {
    @Inject
    Teams teams;

    @Inject
    Applications applications;

    @Inject
    Registrations registrations;

    @Inject
    ApiCredentials credentials;

    @Inject
    Sql sql;

    @Test
    void refusesToSend() {
        var team = UUID.randomUUID();
        teams.giveAccess(team, "Mock off", List.of(Category.SUPPLIER), Map.of("mock-off@a.example", Role.OWNER));
        sql.execute(
                "update member set subject = 'mock-off', name = 'O', joined_at = now() where team_id = '" + team + "'");
        var owner = Actor.person("mock-off", "", "O", false, Map.of(team, Role.OWNER));
        var asked = new ApplicationCandidate("Mock off", null, "supplier", "web", List.of(), null);
        var application = applications.create(owner, team, Parsed.typed(asked)).id();
        registrations.put(
                owner,
                application,
                "integration",
                current -> Parsed.typed(Candidate.EMPTY
                        .withAuthentication("client_secret_basic", null, null)
                        .withRedirectUris(List.of("https://mock-off.supplier.co.uk/callback"))),
                Precondition.absent());
        var writing = new ApiCredentialCandidate("Mock off", "write", null);
        var token = credentials.issue(owner, team, Parsed.typed(writing)).token();
        Api.with(token)
                .post("/api/v1/applications/" + application + "/registrations/integration/logout-tests", Map.of())
                .then()
                .statusCode(409)
                .body("code", equalTo("mock-off"), "detail", containsString("switched off"));
    }
}
