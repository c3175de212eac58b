package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people make for programs that register clients by themselves. */
@PortalTest
class RegistrationTokensJourneyTest {
    private static final String PAGES = "/teams/" + Api.FIRST_TEAM + "/initial-access-tokens";
    private static final Map<String, Object> CLIENT =
            Map.of("redirect_uris", List.of("https://journey.supplier.co.uk/callback"));

    @Test
    void makesUsesAndRevokesAnInitialAccessToken() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM)
                    .follow("Initial access tokens")
                    .sees("Initial access tokens");
            browser.press("Make an initial access token").sees("Make an initial access token");
            browser.fill("How many clients shall it register?", "many");
            browser.press("Make initial access token").look("initial access token error");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text())
                    .contains("Choose the environment that clients are registered in", "a whole number from 1 to 1000");
            assertThat(browser.page.locator("#uses").inputValue()).isEqualTo("many");
            browser.choose("Integration")
                    .fill("How many clients shall it register?", "2")
                    .choose("1 day");
            browser.press("Make initial access token").look("initial access token made");
            var token = browser.page.locator("#initial-access-token").innerText();
            assertThat(token).matches("cm_iat_[0-9A-Za-z]{36}");
            Api.with(token).post("/connect/integration/register", CLIENT).then().statusCode(201);

            browser.page.reload();
            browser.sees("Already shown");
            browser.follow("Go to the initial access tokens").look("initial access tokens list");
            assertThat(browser.text()).contains("1 of 2").doesNotContain(token.substring(0, 20));

            var end = token.substring(token.length() - 4);
            browser.follow("Revoke the token that ends in " + end).look("initial access token revocation");
            browser.press("Revoke initial access token").sees("Initial access tokens");
            assertThat(browser.text()).contains("The initial access token has been revoked");
            Api.with(token).post("/connect/integration/register", CLIENT).then().statusCode(401);
        }
    }

    @Test
    void viewersSeeWhatThereIsAndChangeNothing() {
        try (var browser = Browser.withoutScripts().logIn("viewer")) {
            browser.go(PAGES).look("initial access tokens as viewer");
            assertThat(browser.text())
                    .contains("/connect/integration")
                    .doesNotContain("Make an initial access token", "Revoke");
        }
    }

    @Test
    void anAdminGivesAClientANewTokenAndIsToldThatTheOldOneEnds() {
        var path = Api.newApplication("Token journey");
        Api.as("owner")
                .put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var old = Api.as("owner").post(path + "/registrations/integration/registration-token", "");
        var address = URI.create(old.path("registration_client_uri")).getPath();
        try (var browser = Browser.withoutScripts().logIn("admin")) {
            browser.go(path.replace("/api/v1", "") + "/registrations/integration")
                    .follow("Registration access token")
                    .look("registration access token");
            assertThat(browser.text()).contains("that one stops working at once");
            browser.press("Issue registration access token").look("registration access token issued");
            var token = browser.page.locator("#registration-access-token").innerText();
            Api.with(token).get(address).then().statusCode(200);
            Api.with(old.path("registration_access_token")).get(address).then().statusCode(401);
        }
    }
}
