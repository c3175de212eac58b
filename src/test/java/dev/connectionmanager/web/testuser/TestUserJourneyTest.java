package dev.connectionmanager.web.testuser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testuser.TestUserExamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class TestUserJourneyTest {
    private static final String PAGES = "/teams/" + Api.FIRST_TEAM + "/test-users";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void notesChangesAndRemovesATestUser(boolean scripts) {
        try (var browser = (scripts ? Browser.open() : Browser.withoutScripts()).logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM).follow("Test users").sees("Test users");
            browser.press("Add a test user").press("Save test user").look("test user error");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text()).contains("Choose an environment", "Enter the UUID of the test user");

            var uuid = TestUserExamples.uuid();
            browser.choose("Integration").fill("UUID", uuid);
            browser.fill("Roles (optional)", "R8015\nnurse")
                    .press("Save test user")
                    .look("test user role error");
            assertThat(browser.text()).contains("Enter the code of a role");
            assertThat(browser.page.locator("#uuid").inputValue()).isEqualTo(uuid);
            browser.fill("Roles (optional)", "R8015, R8000").fill("Who in your team has it (optional)", "Leeds");
            browser.press("Save test user").sees("Test users").look("test users");
            assertThat(browser.text()).contains(uuid, "R8015, R8000", "Leeds");

            browser.follow("Change " + uuid).sees("Change a test user").look("test user");
            browser.follow("Remove this test user").look("test user removal").press("Remove test user");
            assertThat(browser.text()).doesNotContain(uuid);
        }
    }

    @Test
    void asksForTestUsersAndNotesThatTheyHaveCome() {
        try (var browser = Browser.open().logIn("admin")) {
            browser.go(PAGES).press("Ask for test users").look("ask for test users");
            assertThat(browser.page.locator("#organisation").inputValue()).isEqualTo("A9A5A");
            browser.fill("How many", "none").press(button(browser));
            assertThat(browser.text()).contains("Enter how many test users you need");
            browser.fill("How many", "3")
                    .press(button(browser))
                    .sees("Test users asked for")
                    .look("test users asked");
            assertThat(browser.page.locator("#request-text").innerText())
                    .contains("Number: 3", "A9A5A (NHSID DEV)", "R8015", "No smartcard needed");
            browser.press("They have come").look("test users received");
            assertThat(browser.text()).doesNotContain("Not yet");
        }
    }

    @Test
    void tellsAnybodyWhatToLogInWith() {
        try (var browser = Browser.withoutScripts()) {
            browser.go("/environments").follow("Find out what to log in with").look("authenticators");
            browser.choose("AAL2 or AAL3").press("Show what serves").look("authenticators for AAL2");
            assertThat(browser.text()).contains("Microsoft Authenticator", "Security key");
            browser.choose("AAL3").press("Show what serves");
            assertThat(browser.text()).contains("Security key").doesNotContain("NHSmail account that is linked");
        }
    }

    private static String button(Browser browser) {
        return browser.page.locator("main form button").innerText().strip();
    }
}
