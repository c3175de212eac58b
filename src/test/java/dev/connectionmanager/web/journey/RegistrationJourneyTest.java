package dev.connectionmanager.web.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

@PortalTest
class RegistrationJourneyTest {
    @Test
    void registersChangesRotatesAndDeletes() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.sees("Your teams").follow("Example Supplier").sees("Example Supplier");
            addApplication(browser, "Ward Round");
            browser.press("Register in Integration").sees("Redirect URIs");
            browser.fill("Redirect URIs, one a line", "http://app.supplier.co.uk/cb")
                    .press("Continue")
                    .look("redirect uri error");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text()).contains("There is a problem", "must begin with https://");
            assertThat(browser.page.locator("#redirect_uris").inputValue()).isEqualTo("http://app.supplier.co.uk/cb");
            browser.fill(
                    "Redirect URIs, one a line", "https://app.supplier.co.uk/cb\n\nhttps://app.supplier.co.uk/other");
            browser.press("Continue");
            browser.sees("How will your application authenticate to the token endpoint?");
            browser.press("Continue").look("authentication error");
            browser.choose("Client secret JWT").press("Continue");
            browser.sees("Should UserInfo responses be signed?");
            browser.choose("Yes, signed with RS256").press("Continue");
            browser.sees("Back-channel logout");
            browser.fill("Back-channel logout URI (optional)", "https://keys.laboratory.co.uk/logout")
                    .press("Continue");
            browser.sees("Check your answers").press("Register").sees("Application registered");
            var clientId = browser.page.locator("#client-id").innerText();
            var secret = browser.page.locator("#client-secret").innerText();
            assertThat(clientId).matches("[1-9][0-9]{11}\\.apps\\.supplier");
            assertThat(secret).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

            browser.page.reload();
            browser.sees("Already shown");
            assertThat(browser.text()).contains(clientId).doesNotContain(secret);

            browser.follow("Go to the registration").sees("Integration");
            change(browser);
            rotate(browser, secret);
            delete(browser, clientId);
        }
    }

    private static void addApplication(Browser browser, String name) {
        browser.press("Add an application").sees("Add an application");
        browser.press("Add application").look("application error");
        browser.fill("Name", name)
                .choose("National, provided by a supplier")
                .choose("Web")
                .press("Add application");
        browser.sees(name);
    }

    private static void change(Browser browser) {
        browser.press("Change this registration").sees("Check your answers");
        browser.follow("Change redirect URIs");
        browser.fill("Redirect URIs, one a line", "https://app.supplier.co.uk/cb");
        browser.press("Continue").look("check changes");
        assertThat(browser.page.locator("del").innerText()).isEqualTo("https://app.supplier.co.uk/other");
        browser.press("Save changes").sees("Changes saved");
        browser.follow("Go to the registration").follow("History").sees("History");
        assertThat(browser.text()).contains("Olivia Owner", "https://app.supplier.co.uk/other");
        browser.follow("Back");
    }

    private static void rotate(Browser browser, String first) {
        browser.follow("Client secrets").sees("Client secrets");
        browser.press("Issue a new secret").sees("How long should the old secret go on working?");
        browser.choose("30 days").press("Issue secret").sees("New secret issued");
        var second = browser.page.locator("#client-secret").innerText();
        assertThat(second).isNotEqualTo(first);
        browser.page.reload();
        browser.sees("Already shown");
        assertThat(browser.text()).doesNotContain(second);
        browser.follow("Go to the client secrets");
        assertThat(browser.text())
                .contains(first.substring(32), second.substring(32))
                .doesNotContain(first, second);
        browser.follow("Revoke the secret that ends in " + first.substring(32));
        browser.look("revoke secret").press("Revoke secret");
        assertThat(browser.text()).doesNotContain(first.substring(32));
        browser.follow("Back");
    }

    private static void delete(Browser browser, String clientId) {
        browser.follow("Delete this registration").sees("Delete Ward Round from Integration");
        assertThat(browser.text()).contains(clientId, "What stops working");
        browser.press("Delete registration").sees("Ward Round");
        browser.follow("Delete this application").look("delete application").press("Delete application");
        browser.sees("Example Supplier");
    }
}
