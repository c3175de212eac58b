package dev.connectionmanager.web.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.web.team.TeamPagesTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PortalTest
class DraftJourneyTest {
    private String application;
    private String registration;

    @BeforeEach
    void makeApplication() {
        var path = Api.newApplication("Ward Round");
        application = path.replace("/api/v1", "");
        registration = path + "/registrations/integration";
    }

    @Test
    void offersADraftAgainAfterLogOutToTheWholeTeam() {
        try (var browser = Browser.withoutScripts().logIn("owner")) {
            browser.go(application).press("Register in Integration");
            browser.fill("Redirect URIs, one a line", "not an address").press("Continue");
            assertThat(browser.text()).contains("There is a problem");
            browser.press("Log out");
        }
        try (var browser = Browser.open().logIn("admin")) {
            browser.go(application).look("application with draft");
            assertThat(browser.text()).contains("In progress", "Olivia Owner");
            // It goes on with what nobody has answered yet.
            browser.press("Go on with the registration in Integration").look("first unanswered question");
            assertThat(browser.heading()).startsWith("How will your application authenticate");
            browser.go(application + "/registrations/integration/draft/check").look("check with errors");
            // Nothing is told as wrong before somebody has tried to register it.
            assertThat(browser.page.title()).startsWith("Check your answers");
            assertThat(browser.text())
                    .contains("not an address", "Not yet answered")
                    .doesNotContain("There is a problem");
            browser.press("Register").look("check after register");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text()).contains("There is a problem");
            assertThat(browser.page
                            .locator("#token_endpoint_auth_method .nhsuk-error-message")
                            .innerText())
                    .contains("Choose");
            browser.follow("Change redirect URIs");
            assertThat(browser.text()).contains("There is a problem");
            browser.follow("Back")
                    .follow("Discard this draft")
                    .sees("Discard this draft?")
                    .press("Discard draft");
            assertThat(browser.text()).contains("Not yet started");
        }
        Api.as("owner").get(registration).then().statusCode(404);
    }

    @Test
    void keepsOnThePageWhatIsTooLargeForTheDraft() {
        var browser = Persons.browser("owner");
        var draft = application + "/registrations/integration/draft";
        Persons.post(browser, draft);
        var typed = "https://app.trust.local/" + "x".repeat(2_000);
        var answer = Persons.post(browser, draft + "/redirect-uris", "redirect_uris", typed);
        assertThat(Persons.refused(answer)).isTrue();
        assertThat(answer.body()).contains("There is a problem", "at most 2,000", "\n" + typed + "</textarea>");
        assertThat(Persons.get(browser, draft + "/redirect-uris").body()).doesNotContain(typed);
        var request = Persons.post(browser, application + "/requests/production")
                .uri()
                .getPath();
        var questions = "/requests/" + request.split("/")[2] + "/questions";
        answer = Persons.post(browser, questions + "/redirect-uris", "redirect_uris", typed);
        assertThat(Persons.refused(answer)).isTrue();
        assertThat(answer.body()).contains("There is a problem", "at most 2,000", "\n" + typed + "</textarea>");
    }

    @Test
    void namesTheLineOfEachRedirectUriThatIsWrong() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application).press("Register in Integration");
            var typed =
                    "https://app.supplier.co.uk/cb\nhttp://app.supplier.co.uk/cb\nhttps://app.supplier.co.uk/cb#here";
            browser.fill("Redirect URIs, one a line", typed).press("Continue").look("wrong lines");
            var summary = browser.page.locator(".nhsuk-error-summary a");
            assertThat(summary.allInnerTexts()).hasSize(2);
            assertThat(summary.nth(0).innerText()).startsWith("Line 2: ");
            assertThat(summary.nth(1).innerText()).startsWith("Line 3: ");
            summary.nth(1).click();
            assertThat(browser.page.evaluate("document.activeElement.id")).isEqualTo("redirect_uris");
            assertThat(browser.page.locator("#redirect_uris").inputValue()).isEqualTo(typed);
        }
    }

    @Test
    void takesAHundredRedirectUrisOnOnePage() {
        var browser = Persons.browser("owner");
        var draft = application + "/registrations/integration/draft";
        Persons.post(browser, draft);
        var typed = IntStream.range(0, 100)
                .mapToObj(i -> "https://app.supplier.co.uk/cb/" + i)
                .collect(Collectors.joining("\r\n"));
        var answer = Persons.post(browser, draft + "/redirect-uris", "redirect_uris", typed);
        assertThat(answer.uri().getPath()).endsWith("/authentication");
        assertThat(Persons.get(browser, draft + "/redirect-uris").body())
                .contains(typed.replace("\r\n", "\n") + "</textarea>");
    }

    @Test
    void marksAChangeOnlyOnceSomethingIsSavedAndSaysWhenNothingWas() {
        Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var page = application + "/registrations/integration";
        try (var browser = Browser.withoutScripts().logIn("owner")) {
            browser.go(page).press("Change this registration").sees("Check your answers");
            assertThat(browser.text()).doesNotContain("Not yet answered", "Saved as a draft");
            browser.go(page);
            assertThat(browser.text()).doesNotContain("A change is in progress");
            browser.go(application);
            assertThat(browser.text()).doesNotContain("change in progress");
            browser.go(page).press("Change this registration").press("Save changes");
            assertThat(browser.text()).contains("You changed nothing, so nothing was saved.");
            browser.press("Change this registration").follow("Change client name");
            browser.fill("What is the client name?", "Other").press("Continue");
            browser.go(page);
            assertThat(browser.text()).contains("A change is in progress");
        }
        Api.as("owner").get(registration).then().body("version", equalTo(1));
    }

    @Test
    void registersWithoutScriptsWithKeysOfItsOwn() {
        try (var browser = Browser.withoutScripts().logIn("admin")) {
            browser.go(application).press("Register in Deployment");
            browser.fill("Redirect URIs, one a line", "https://app.trust.local/cb")
                    .press("Continue");
            browser.choose("Private key JWT").press("Continue").look("keys");
            browser.press("Continue");
            assertThat(browser.text()).contains("private key JWT needs it");
            browser.fill("JWKS URI", "https://keys.laboratory.co.uk/jwks")
                    .choose("RS256")
                    .press("Continue");
            browser.press("Continue").press("Continue").sees("Check your answers");
            assertThat(browser.text()).contains("Check this:", "inside an organisation only");
            browser.press("Register").sees("Application registered");
            assertThat(browser.page.locator("#client-secret").count()).isZero();
        }
    }

    @Test
    void keepsARefusedAttemptWithWhatWasSeenUntilItIsPutRight() {
        var jwksUri = LaboratoryInternet.publish("mended", "<html>");
        var draft = application + "/registrations/integration/draft";
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application).press("Register in Integration");
            browser.fill("Redirect URIs, one a line", "https://app.supplier.co.uk/cb")
                    .press("Continue");
            browser.choose("Private key JWT").press("Continue");
            browser.fill("JWKS URI", jwksUri).press("Continue").press("Continue");
            browser.fill("Back-channel logout URI (optional)", "https://expired.laboratory.co.uk/logout")
                    .press("Continue");
            browser.look("check before live checks");
            browser.press("Register").look("check after failed live checks");
            assertThat(browser.text())
                    .contains("There is a problem", "not well-formed", "Public keys: there is a problem")
                    .contains("https://app.supplier.co.uk/cb", "expired");
            assertThat(browser.page.locator("#jwks_uri .nhsuk-error-message").innerText())
                    .contains("not well-formed");

            browser.go(draft + "/logout").look("logout with what was seen");
            assertThat(browser.text()).contains("There is a problem", "expired");
            browser.fill("Back-channel logout URI (optional)", "https://keys.laboratory.co.uk/logout")
                    .press("Continue");
            assertThat(browser.text()).contains("not well-formed").doesNotContain("expired");

            LaboratoryInternet.publish("mended", new JWKSet(LaboratoryInternet.KEY).toString());
            browser.press("Check again").look("check after passed live checks");
            assertThat(browser.text())
                    .contains("Public keys: passed", "Back-channel logout: passed")
                    .doesNotContain("There is a problem");
            Api.as("owner").get(registration).then().statusCode(404);
            browser.press("Register").sees("Application registered");
        }
    }

    @Test
    void aRefusedChangeLeavesTheRegistrationAsItIs() {
        Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application + "/registrations/integration").press("Change this registration");
            browser.follow("Change back-channel logout URI");
            browser.fill("Back-channel logout URI (optional)", "https://nowhere.laboratory.co.uk/logout")
                    .press("Continue");
            browser.press("Save changes");
            assertThat(browser.text()).contains("There is a problem", "nowhere.laboratory.co.uk");
        }
        Api.as("owner").get(registration).then().body("version", equalTo(1));
    }

    @Test
    void carriesARegistrationOverPrefilled() {
        Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application).look("application registered once");
            browser.press("Register in Deployment with the answers from Integration")
                    .sees("Check your answers");
            assertThat(browser.text()).contains("https://app.supplier.co.uk/callback");
            browser.press("Register").sees("Application registered");
            assertThat(browser.page.locator("#client-secret").count()).isEqualTo(1);
        }
    }

    @Test
    void saysBeforehandThatSecretsWillBeRevoked() {
        Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application + "/registrations/integration").press("Change this registration");
            browser.follow("Change client authentication")
                    .choose("Private key JWT")
                    .press("Continue");
            browser.fill("JWKS URI", "https://keys.laboratory.co.uk/jwks")
                    .press("Continue")
                    .look("secrets will be revoked");
            assertThat(browser.text()).contains("Client secrets will be revoked");
            assertThat(browser.page.locator("ins").first().innerText()).isEqualTo("Private key JWT");
            browser.press("Save changes").sees("Changes saved");
        }
    }

    @Test
    void showsWhatAnotherPersonChangedAndLosesNothing() {
        var tag = Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .header("ETag");
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application + "/registrations/integration").press("Change this registration");
            browser.follow("Change client name");
            var draft = application + "/registrations/integration/draft";
            Persons.post(Persons.browser("admin"), draft + "/client-name", "client_name", "Between");
            browser.fill("What is the client name?", "Mine").press("Continue").look("client name changed meanwhile");
            assertThat(browser.text()).contains("This has changed since you opened the page", "‘Between’");
            browser.press("Continue");
            browser.go(application + "/registrations/integration").look("registration with a change");
            browser.follow("Continue with the change");
            Api.as("admin")
                    .put(
                            registration,
                            Map.of(
                                    "client_name", "Theirs",
                                    "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                                    "token_endpoint_auth_method", "client_secret_basic"),
                            "If-Match: " + tag)
                    .then()
                    .statusCode(200);
            browser.press("Save changes").sees("Somebody else has changed this registration");
            assertThat(browser.text()).contains("Theirs");
            browser.press("Go on with my answers").sees("Check your answers");
            assertThat(browser.text()).contains("Mine", "Theirs");
            browser.press("Save changes").sees("Changes saved");
        }
    }

    @Test
    void twoPeopleRegisteringOneDraftIssueOneClient() {
        var owner = Persons.browser("owner");
        var draft = application + "/registrations/integration/draft";
        Persons.post(owner, draft);
        Persons.post(owner, draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/cb");
        Persons.post(owner, draft + "/authentication", "token_endpoint_auth_method", "client_secret_post");
        var check = Persons.get(owner, draft + "/check");
        var id = TeamPagesTest.hidden(check, "draft");
        var tag = TeamPagesTest.hidden(check, "tag");
        var first = Persons.post(owner, draft + "/registration", "draft", id, "tag", tag);
        var second = Persons.post(Persons.browser("admin"), draft + "/registration", "draft", id, "tag", tag);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(Persons.refused(second)).isTrue();
        assertThat(second.body()).contains("Already registered or discarded").doesNotContain("client-secret");
    }

    @Test
    void rendersHostileTextInert() {
        for (var name :
                List.of("<script>alert(1)</script>", "{inject:csrf.token}", "{#if true}x{/if}", "\"><img src=x>")) {
            var path = Api.newApplication(name).replace("/api/v1", "");
            try (var browser = Browser.open().logIn("viewer")) {
                browser.go(path);
                assertThat(browser.heading()).isEqualTo(name);
            }
        }
    }
}
