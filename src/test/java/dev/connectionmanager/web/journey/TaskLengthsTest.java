package dev.connectionmanager.web.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many pages the commonest tasks take, from the page of the thing itself, the last one included. */
@PortalTest
class TaskLengthsTest {
    private static final Api OWNER = Api.as("owner");

    private String path;
    private String application;

    @BeforeEach
    void makeApplication() {
        path = Api.newApplication("Counted");
        application = path.replace("/api/v1", "");
    }

    @Test
    void theFirstClientIdTakesSixPages() {
        try (var browser = Browser.open().logIn("owner").go(application)) {
            var pages = counted(browser);
            browser.press("Register in Integration")
                    .fill("Redirect URIs, one a line", "https://app.supplier.co.uk/cb")
                    .press("Continue");
            browser.choose("Client secret JWT")
                    .press("Continue")
                    .press("Continue")
                    .press("Continue");
            browser.press("Register");
            assertThat(browser.heading()).isEqualTo("Application registered");
            assertThat(pages).hasValueLessThanOrEqualTo(6);
        }
    }

    @Test
    void threeOtherRedirectUrisTakeThreePages() {
        register();
        try (var browser = Browser.open().logIn("owner").go(application + "/registrations/integration")) {
            var pages = counted(browser);
            browser.follow("Change redirect URIs")
                    .fill(
                            "Redirect URIs, one a line",
                            "https://a.supplier.co.uk/\nhttps://b.supplier.co.uk/\nhttps://c.supplier.co.uk/")
                    .press("Continue")
                    .press("Save changes");
            assertThat(browser.heading()).isEqualTo("Changes saved");
            assertThat(pages).hasValueLessThanOrEqualTo(3);
        }
        assertThat(OWNER.get(path + "/registrations/integration").<List<String>>path("redirect_uris"))
                .hasSize(3);
    }

    @Test
    void anotherSecretTakesThreePages() {
        register();
        try (var browser = Browser.open().logIn("owner").go(application + "/registrations/integration")) {
            var pages = counted(browser);
            browser.follow("Client secrets")
                    .press("Issue a new secret")
                    .choose("30 days")
                    .press("Issue secret");
            assertThat(browser.heading()).isEqualTo("New secret issued");
            assertThat(pages).hasValueLessThanOrEqualTo(3);
        }
    }

    @Test
    void aDecisionTakesOnePage() {
        var request = OWNER.put(path + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .header("Location");
        OWNER.put(
                request,
                Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                "If-Match: " + OWNER.get(request).header("ETag"));
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        try (var browser = Browser.open().logIn("operator").go(request.replace("/api/v1", "/review"))) {
            var pages = counted(browser);
            browser.choose("Reject").fill("Reason", "Not yet.").press("Save decision");
            assertThat(browser.text()).contains("Rejected.");
            assertThat(pages).hasValueLessThanOrEqualTo(2);
        }
    }

    /** From wherever an operator is: the search is on every page. */
    @Test
    void whoUsesAHostTakesTwoPages() {
        var host = "app" + Long.toString(System.nanoTime(), 36) + ".supplier.co.uk";
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("redirect_uris", List.of("https://" + host + "/callback"));
        OWNER.put(path + "/registrations/integration", metadata, "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("operator").go("/review")) {
            var pages = counted(browser);
            browser.page.locator("#header-search").fill(host);
            browser.press("Search everything");
            browser.page.locator(".app-hits a").first().click();
            assertThat(browser.text()).contains(host);
            assertThat(browser.page.url()).contains(application);
            assertThat(pages).hasValueLessThanOrEqualTo(2);
        }
    }

    private void register() {
        OWNER.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
    }

    /** Counts the pages that come from now on. */
    private static AtomicInteger counted(Browser browser) {
        var pages = new AtomicInteger();
        browser.page.onDOMContentLoaded(page -> pages.incrementAndGet());
        return pages;
    }
}
