package dev.connectionmanager.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

@PortalTest
class OwnCredentialJourneyTest {
    @Test
    void anOperatorMakesUsesAndRevokesACredentialForTheTrail() {
        try (var browser = Browser.open().logIn("operator2")) {
            browser.go("/account").look("account of an operator");
            browser.follow("Your API credentials").sees("Your API credentials");
            browser.press("Make an API credential").sees("Make an API credential to read the audit trail");
            browser.press("Make API credential").look("own api credential error");
            assertThat(browser.page.title()).startsWith("Error: ");
            browser.fill("Name", "Log collector").choose("7 days");
            browser.press("Make API credential").sees("API credential made");
            var token = browser.page.locator("#api-credential").innerText();
            Api.with(token).get("/api/v1/audit-events?limit=1").then().statusCode(200);
            Api.with(token).get("/api/v1/teams").then().statusCode(403);

            browser.page.reload();
            browser.sees("Already shown");
            assertThat(browser.text()).doesNotContain(token);
            browser.go("/account/api-credentials").look("own api credentials list");
            assertThat(browser.text()).contains("Log collector").doesNotContain(token.substring(0, 20));
            browser.follow("Revoke Log collector").look("own api credential revocation");
            browser.press("Revoke API credential").sees("Your API credentials");
            assertThat(browser.text()).contains("has been revoked").doesNotContain("Log collector");
            Api.with(token).get("/api/v1/audit-events").then().statusCode(401);
        }
    }

    @Test
    void nobodyElseIsOfferedOne() {
        try (var browser = Browser.open().logIn("owner")) {
            assertThat(browser.go("/account").text()).doesNotContain("API credentials");
            browser.go("/account/api-credentials").sees("You cannot do this");
        }
    }
}
