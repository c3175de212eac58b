package dev.connectionmanager.web.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.MockRegistration;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a registration to the files that log people in, without scripts. */
@PortalTest
class KitJourneyTest {
    @Test
    void choosesAFrameworkAndRehearses() {
        var client = MockRegistration.make("Journey of a kit", Map.of());
        try (var browser = Browser.withoutScripts()) {
            browser.logIn("viewer").go(client.path().replace("/api/v1", ""));
            browser.follow("Log in with your framework").sees("Log in with your framework");
            assertThat(browser.text()).contains(client.clientId(), "https://am.nhsint.", "AAL3_ANY");
            browser.follow("Quarkus").sees("Quarkus");
            assertThat(browser.text()).contains("quarkus.oidc.client-id=" + client.clientId(), "${CLIENT_SECRET}");
            browser.follow("Show them for the mock authorisation service").sees("Quarkus");
            assertThat(browser.text())
                    .contains("/mock", "rehearsed at the mock")
                    .doesNotContain(client.secret());
            var download = browser.page.waitForDownload(() ->
                    browser.page.getByText("Download application.properties").click());
            assertThat(download.suggestedFilename()).isEqualTo("application.properties");
        }
    }

    @Test
    void saysWhichKitNobodyHasRun() {
        var client = MockRegistration.make("Journey of another kit", Map.of());
        try (var browser = Browser.open()) {
            browser.logIn("viewer")
                    .go(client.path().replace("/api/v1", "") + "/kit")
                    .look("kits");
            browser.follow("ASP.NET Core").sees("ASP.NET Core");
            assertThat(browser.text()).contains("Nobody has run this one yet", "Program.cs");
        }
    }
}
