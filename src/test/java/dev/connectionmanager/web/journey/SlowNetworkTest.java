package dev.connectionmanager.web.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Journeys where answers take seconds, or do not come. */
@PortalTest
class SlowNetworkTest {
    private static final Api OWNER = Api.as("owner");

    private String path;
    private String application;

    @BeforeEach
    void makeApplication() {
        path = Api.newApplication("Slow network");
        application = path.replace("/api/v1", "");
    }

    private static void late(Route route) {
        try {
            Thread.sleep(1_200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        route.resume();
    }

    private void answerAll(Browser browser) {
        browser.go(application)
                .press("Register in Integration")
                .fill("Redirect URIs, one a line", "https://app.supplier.co.uk/cb")
                .press("Continue");
        browser.choose("Client secret JWT").press("Continue").press("Continue").press("Continue");
    }

    @Test
    void whoIsImpatientRegistersOnce() {
        try (var browser = Browser.open().logIn("owner")) {
            answerAll(browser);
            browser.page.route("**/draft/registration", SlowNetworkTest::late);
            browser.page
                    .getByText("Register", new Page.GetByTextOptions().setExact(true))
                    .last()
                    .dblclick();
            browser.page.waitForURL(address -> address.endsWith("/draft/registration"));
            assertThat(browser.heading()).isEqualTo("Application registered");
        }
        assertThat(OWNER.get(path + "/registrations/integration/revisions").<List<?>>path("items"))
                .hasSize(1);
    }

    @Test
    void anAnswerThatNeverComesIsAskedForAgain() {
        try (var browser = Browser.open().logIn("owner")) {
            answerAll(browser);
            var sent = new AtomicInteger();
            // The portal does its work; what it answers is lost on the way.
            browser.page.route("**/draft/registration", route -> {
                if (sent.incrementAndGet() == 1) {
                    route.fetch();
                    route.abort();
                } else {
                    route.resume();
                }
            });
            browser.press("Register");
            // The browser shows its own page instead.
            browser.page.waitForCondition(() -> browser.page.url().startsWith("chrome-error:"));
            browser.go(application + "/registrations/integration");
            assertThat(browser.text()).contains("Client ID", "https://app.supplier.co.uk/cb");
        }
        assertThat(OWNER.get(path + "/registrations/integration/revisions").<List<?>>path("items"))
                .hasSize(1);
    }

    @Test
    void goesOnWhereScriptsAndStylesNeverArrive() {
        try (var browser = Browser.open()) {
            browser.page.route("**/assets/**", Route::abort);
            browser.logIn("owner");
            answerAll(browser);
            browser.press("Register");
            assertThat(browser.heading()).isEqualTo("Application registered");
        }
    }
}
