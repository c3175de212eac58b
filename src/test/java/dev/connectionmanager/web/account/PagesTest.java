package dev.connectionmanager.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PortalTest
class PagesTest {
    @Test
    void everybodyCanReadWhatTheServiceIsFor() {
        try (var browser = Browser.open()) {
            browser.go("/").sees("Register an application for log-in");
            browser.follow("Environments").sees("Environments");
            assertThat(browser.text()).contains("5552", "A9A5A", "R8015", "AAL3");
            for (var link : List.of("Accessibility statement", "Contact", "Cookies", "Privacy", "Terms")) {
                browser.follow(link).sees(link);
            }
            assertThat(browser.go("/contact").text()).contains("operators@local.example");
            browser.go("/logout").sees("Log out");
            browser.go("/login").sees("Log in as");
        }
    }

    @Test
    void everybodyCanReadTheGuides() {
        try (var browser = Browser.open()) {
            browser.go("/").follow("Guides").sees("Guides");
            var guides = browser.page.locator("main li a").allInnerTexts();
            assertThat(guides).hasSize(7);
            for (var guide : guides) {
                browser.go("/guides").follow(guide).look("guide " + guide);
                assertThat(browser.heading()).isEqualTo(guide);
            }
        }
    }

    @Test
    void programsReadWhichPagesAreForThem() {
        Api.bare().get("/robots.txt").then().statusCode(200).contentType("text/plain");
        // No contact is configured here: a wrong one would be worse than none.
        Api.bare().get("/.well-known/security.txt").then().statusCode(404);
    }

    @Test
    void errorPagesAreInTheSameDesign() {
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go("/nowhere").sees("Page not found");
            assertThat(browser.text()).contains("Vera Viewer");
            browser.go("/applications/00000000-0000-4000-8000-000000000000").sees("Page not found");
            browser.go("/teams/" + Api.FIRST_TEAM + "/applications/new").sees("You cannot do this");
            browser.go("/teams/" + Api.FIRST_TEAM + "?cursor=cut-off").sees("Page not found");
        }
    }

    @Test
    void newcomerIsToldWhatToDo() {
        try (var browser = Browser.open().logIn("newcomer")) {
            browser.look("newcomer");
            assertThat(browser.text()).contains("not a member of a team yet", "Team ID");
        }
    }

    @Test
    void viewerSeesAndChangesNothing() {
        var application = Api.newApplication("Seen");
        Api.as("owner").put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *");
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go(application.replace("/api/v1", "")).look("application of a viewer");
            browser.follow("Integration").look("registration of a viewer");
            assertThat(browser.page.locator("main button:visible").allInnerTexts())
                    .allMatch(text -> text.startsWith("Copy"));
        }
    }

    @Test
    void applicationsAreFilteredAndPaged() {
        for (int i = 10; i < 32; i++) {
            Api.newApplication("Many " + i);
        }
        try (var browser = Browser.open().logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM)
                    .fill("Words of the name begin with", "many")
                    .press("Filter")
                    .look("filtered applications");
            assertThat(browser.text()).contains("Many 10", "Many 29").doesNotContain("Many 30");
            browser.follow("Next page of applications");
            assertThat(browser.text()).contains("Many 30", "Many 31").doesNotContain("Many 29");
            browser.fill("Words of the name begin with", "none of this name")
                    .press("Filter")
                    .look("no applications");
            assertThat(browser.text()).contains("No application matches");
        }
    }

    @Test
    void detailsAreChangedAndAnotherPersonsChangeIsShown() {
        var application = Api.newApplication("Details");
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application.replace("/api/v1", ""))
                    .follow("Change details")
                    .sees("Change details");
            Api.as("admin").patch(application, Map.of("description", "Theirs"), "If-Match: \"0\"");
            browser.fill("Name", "Mine")
                    .fill("Contacts (optional)", "a@b.nhs.uk\nwrong")
                    .press("Save");
            browser.look("details changed by another");
            assertThat(browser.text()).contains("Somebody else has changed this application", "Theirs");
            browser.press("Save").look("details error");
            assertThat(browser.text()).contains("‘wrong’ is not an email address");
            browser.fill("Contacts (optional)", "a@b.nhs.uk").press("Save").sees("Mine");
        }
    }

    @Test
    void liveChecksAreShownStepByStep() {
        var registration = Api.newApplication("Checked") + "/registrations/integration";
        Api.as("owner")
                .put(
                        registration,
                        Map.of(
                                "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method", "private_key_jwt",
                                "jwks_uri", "https://keys.laboratory.co.uk/jwks",
                                "backchannel_logout_uri", "https://keys.laboratory.co.uk/logout"),
                        "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(registration.replace("/api/v1", ""))
                    .follow("Live checks")
                    .sees("Live checks");
            browser.press("Check again").sees("Live checks");
            assertThat(browser.text()).contains("Public keys", "Back-channel logout", "Passed", "TLSv1.3");
        }
    }
}
