package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@PortalTest
class CredentialJourneyTest {
    private static final String PAGES = "/teams/" + Api.FIRST_TEAM + "/credentials";

    @Test
    void makesUsesAndRevokes() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM).follow("API credentials").sees("API credentials");
            browser.press("Make an API credential").sees("Make an API credential");
            browser.press("Make API credential").look("api credential error");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text())
                    .contains("Give the API credential a name", "Choose what the API credential may do");
            browser.fill("Name", "Release pipeline").choose("Read and write").choose("30 days");
            browser.press("Make API credential").sees("API credential made");
            var token = browser.page.locator("#api-credential").innerText();
            assertThat(token).matches("cm_api_[0-9A-Za-z]{36}");
            Api.with(token).get("/api/v1/teams").then().statusCode(200);

            browser.page.reload();
            browser.sees("Already shown");
            assertThat(browser.text()).doesNotContain(token);
            browser.follow("Go to the API credentials").look("api credentials list");
            assertThat(browser.text()).contains("Release pipeline").doesNotContain(token.substring(0, 20));

            browser.follow("Revoke Release pipeline").sees("Revoke Release pipeline");
            browser.press("Revoke API credential").sees("API credentials");
            assertThat(browser.text()).doesNotContain("Release pipeline");
            Api.with(token).get("/api/v1/teams").then().statusCode(401);
        }
    }

    @Test
    void worksWithoutScripts() {
        try (var browser = Browser.withoutScripts().logIn("admin")) {
            browser.go(PAGES).press("Make an API credential");
            browser.fill("Name", "No scripts").choose("Read").press("Make API credential");
            var token = browser.page.locator("#api-credential").innerText();
            Api.with(token).get("/api/v1/teams").then().statusCode(200);
            browser.go(PAGES).follow("Revoke No scripts").press("Revoke API credential");
        }
    }

    /** What is sent after going back is meant, and must not be taken for a repeat of what was sent before. */
    @Test
    void aPageThatIsGoneBackToIsANewForm() {
        try (var browser = Browser.open().logIn("admin")) {
            browser.go(PAGES + "/new");
            var key = browser.page.locator("main input[name=idempotency_key]");
            var first = key.inputValue();
            assertThat(first).isNotEmpty();
            browser.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow'))");
            assertThat(key.inputValue()).isEqualTo(first);
            browser.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
            assertThat(key.inputValue()).isNotEqualTo(first).isNotEmpty();
        }
    }

    @Test
    void viewersSeeWhatThereIsAndChangeNothing() {
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go(PAGES).look("api credentials as viewer");
            assertThat(browser.text()).doesNotContain("Make an API credential", "Revoke");
        }
    }

    /** A double click, or the same form sent from two windows, makes one credential. */
    @Test
    void oneFormMakesOneCredential() {
        var owner = Persons.browser("owner");
        var name = "Once " + UUID.randomUUID();
        var form = UUID.randomUUID().toString();
        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> Persons.post(
                        owner,
                        PAGES + "/new",
                        "idempotency_key",
                        form,
                        "name",
                        name,
                        "scope",
                        "read",
                        "expires_at",
                        "30")))
                .limit(6)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers.stream().filter(answer -> answer.body().contains("cm_api_")))
                .hasSize(1);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 409);
        assertThat(Persons.get(owner, PAGES).body().split(name, -1)).hasSize(3);
    }
}
