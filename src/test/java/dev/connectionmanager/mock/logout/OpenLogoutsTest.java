package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;

import dev.connectionmanager.mock.RelyingParty;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Logout tokens of clients that anybody makes: fetched and copied, sent nowhere. */
@PortalTest
class OpenLogoutsTest {
    private static final String LOOPBACK = "http://127.0.0.1:3999/callback";

    @Inject
    Sql sql;

    private record Scene(String clientId, LogoutReceiver receiver, String idToken) {
        static Scene of(String name) {
            var receiver = new LogoutReceiver(name);
            Response made = Api.bare()
                    .contentType("application/json")
                    .body(Map.of("redirect_uris", List.of(LOOPBACK), "backchannel_logout_uri", receiver.uri))
                    .post("/mock/register");
            var party = RelyingParty.of(RelyingParty.commonIssuer(), made.path("client_id"), LOOPBACK);
            var idToken = party.logIn()
                    .ask("gp", "openid", UnaryOperator.identity())
                    .redeem(party.basic(made.path("client_secret")))
                    .toSuccessResponse()
                    .getTokens()
                    .toOIDCTokens()
                    .getIDTokenString();
            receiver.knows(made.path("client_id"));
            return new Scene(made.path("client_id"), receiver, idToken);
        }
    }

    private static Response fetch(Map<String, String> body) {
        return Api.bare().contentType("application/json").body(body).post("/mock/logout-tokens");
    }

    @Test
    void whoHasAnIdTokenFetchesTheLogoutToken() throws Exception {
        var scene = Scene.of("fetches");
        var answer = fetch(Map.of("id_token", scene.idToken()));
        answer.then().statusCode(200).body("items.client_id", contains(scene.clientId()));
        var token = answer.<String>path("items[0].logout_token");
        assertThat(scene.receiver().claims(token).getAudience().get(0).getValue())
                .isEqualTo(scene.clientId());
        assertThat(sql.number("select count(*) from mock_logout where client_id = '" + scene.clientId() + "'"))
                .as("it is sent nowhere")
                .isZero();
        assertThat(sql.number("select count(*) from mock_session where ended_at is null and sid = '"
                        + scene.receiver().claims(token).getSessionID().getValue() + "'"))
                .isZero();
        assertThat(scene.receiver().tokens).isEmpty();
        fetch(Map.of("id_token", scene.idToken(), "fault", "logout-nonce"))
                .then()
                .statusCode(200)
                .body("items.client_id", hasItem(scene.clientId()));
        fetch(Map.of("id_token", "no.token.here", "fault", "nonce-wrong"))
                .then()
                .statusCode(422)
                .body("errors.code", containsInAnyOrder("id-token-of-no-session", "fault-unknown"));
        fetch(Map.of()).then().statusCode(422).body("errors.pointer", contains("/id_token"));
    }

    @Test
    void thePageShowsItToCopy() {
        var scene = Scene.of("copies");
        try (var browser = Browser.open()) {
            browser.go("/mock/clients/logout-tokens").sees("Logout tokens of a test client");
            browser.fill("ID token", "nothing").press("End the session").look("refused id token");
            assertThat(browser.text()).contains("There is a problem", "This one names none");
            browser.fill("ID token", scene.idToken())
                    .choose("logout-expired")
                    .press("End the session")
                    .look("logout token to copy");
            assertThat(browser.text()).contains(scene.clientId(), scene.receiver().uri);
            var token = browser.page.locator("#logout-token-1").innerText();
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> scene.receiver().claims(token))
                    .hasMessageContaining("Expired");
        }
    }
}
