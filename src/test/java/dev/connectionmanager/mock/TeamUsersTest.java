package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testuser.TestUserExamples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A team's test users log in at the mock, each with clients of its own environment. */
@PortalTest
class TeamUsersTest {
    private static final String USERS = "/api/v1/teams/" + Api.FIRST_TEAM + "/test-users";

    @Test
    void aTestUserLogsInWithWhatTheTeamHasNotedOfIt() throws Exception {
        var uuid = noted("integration", List.of("R8015", "S8000:G8000:R9999"), List.of("microsoft-authenticator"));
        var client = MockRegistration.make("Test users", Map.of());
        var logIn = client.relyingParty()
                .logIn()
                .ask(
                        uuid,
                        "openid nationalrbacaccess",
                        request -> request.customParameter("acr_values", "AAL2_OR_AAL3_ANY"));
        var tokens = (OIDCTokenResponse) logIn.redeem(basic(client));
        assertThat(logIn.judge(tokens.getOIDCTokens()).getSubject().getValue()).isEqualTo(uuid);
        assertThat(tokens.getOIDCTokens().getIDToken().getJWTClaimsSet().getStringListClaim("amr"))
                .containsExactly("TOTP");
    }

    @Test
    void anAal2AuthenticatorDoesNotReachAal3() {
        var uuid = noted("integration", List.of(), List.of("nhsmail"));
        var client = MockRegistration.make("Test users at AAL2", Map.of());
        var logIn = client.relyingParty().logIn().ask(uuid, "openid", request -> request);
        assertThat(logIn.parameter("error")).isEqualTo("access_denied");
    }

    @Test
    void aTestUserOfAnotherEnvironmentIsRefusedWithTheSentenceThatSaysSo() {
        var uuid = noted("deployment", List.of(), List.of());
        var client = MockRegistration.make("Test users elsewhere", Map.of());
        var answer = client.relyingParty()
                .logIn()
                .ask(uuid, "openid", request -> request)
                .answer();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("belongs to the environment deployment", "registered in integration")
                .doesNotContain("value=\"" + uuid + "\"");
    }

    @Test
    void aTestUserIsNobodyToOtherTeamsAndToClientsOfNoTeam() {
        var uuid = noted("mock", List.of(), List.of());
        var client = MockRegistration.make("Test users of the mock", Map.of());
        assertThat(client.relyingParty()
                        .logIn()
                        .ask(uuid, "openid", request -> request)
                        .parameter("code"))
                .isNotNull();
        var open = Api.bare()
                .contentType("application/json")
                .body(Map.of("redirect_uris", List.of("http://127.0.0.1:3000/callback")))
                .post("/mock/register");
        var answer = RelyingParty.of(
                        RelyingParty.commonIssuer(), open.path("client_id"), "http://127.0.0.1:3000/callback")
                .logIn()
                .ask(uuid, "openid", request -> request)
                .answer();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("Log in as").doesNotContain("value=\"" + uuid + "\"");
    }

    @Test
    void listsTheMocksOwnBesideAndKeepsUuidsApart() {
        Api.as("viewer")
                .get(USERS + "?environment=mock&limit=100")
                .then()
                .statusCode(200)
                .body("items.uuid", hasItem("555200300001"));
        var uuid = noted("integration", List.of(), List.of());
        Api.as("owner")
                .post(USERS, Map.of("environment", "deployment", "uuid", uuid))
                .then()
                .statusCode(409)
                .body("code", equalTo("test-user-exists"))
                .body("environment", equalTo("integration"));
        var odd = Api.as("owner").post(USERS, Map.of("environment", "integration", "uuid", "9" + uuid.substring(1)));
        odd.then().statusCode(201).body("warnings.code", equalTo(List.of("test-user-uuid-unusual")));
        Api.as("owner")
                .patch(odd.header("Location"), Map.of("holder", "York"), "")
                .then()
                .statusCode(200)
                .body("holder", equalTo("York"));
        Api.as("owner").delete(odd.header("Location"), "").then().statusCode(204);
    }

    @Test
    void aRequestIsMailedWhereAnAddressIsConfiguredAndReceivedOnce() {
        var request = TestUserExamples.request();
        Api.as("viewer").get(request).then().statusCode(200).body("state", equalTo("asked"));
        Api.as("owner")
                .request()
                .post(request + "/receipt")
                .then()
                .statusCode(200)
                .body("state", equalTo("received"));
        Api.as("owner").request().post(request + "/receipt").then().statusCode(409);
    }

    private static String noted(String environment, List<String> roles, List<String> authenticators) {
        var uuid = TestUserExamples.uuid();
        Api.as("owner")
                .post(
                        USERS,
                        Map.of(
                                "environment",
                                environment,
                                "uuid",
                                uuid,
                                "roles",
                                roles,
                                "authenticators",
                                authenticators))
                .then()
                .statusCode(201);
        return uuid;
    }

    private static ClientSecretBasic basic(MockRegistration client) {
        return new ClientSecretBasic(new ClientID(client.clientId()), new Secret(client.secret()));
    }
}
