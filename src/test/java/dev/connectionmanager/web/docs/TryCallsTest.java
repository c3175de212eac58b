package dev.connectionmanager.web.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Swagger UI, the one page that is not held against axe and that needs scripts. */
@PortalTest
class TryCallsTest {
    @Test
    void sendsACallWithACredentialAndNeedsNothingThatThePolicyForbids() {
        try (var browser = Browser.open()) {
            var said = new ArrayList<String>();
            browser.page.onConsoleMessage(message -> {
                if (List.of("error", "warning").contains(message.type())) {
                    said.add(message.text());
                }
            });
            browser.page.onPageError(said::add);
            browser.page.onRequestFailed(request -> said.add(request.url()));
            browser.go("/docs").follow("Try calls in the browser");
            authorize(browser.page, "api_credential", Credentials.token("credential-read"));

            var operation = browser.page.locator("#operations-Teams-listTeams");
            assertThat(answer(browser.page, operation, Map.of())).contains("200", "Example Supplier");
            assertThat(operation.locator(".curl-command").innerText()).contains("/api/v1/teams");
            assertThat(said).isEmpty();
        }
    }

    /** The browser keeps the cookie, and sends it along. */
    @Test
    void logsInByTheFormatOfTheExistingToolAndListsWhatTheTeamHas() {
        try (var browser = Browser.open()) {
            browser.go("/docs/try");
            authorize(browser.page, "SecretAuth", "SecretAuth " + Credentials.token("credential-read"));
            var group = "#operations-The_existing_tool-";
            assertThat(answer(browser.page, browser.page.locator(group + "beginToolSession"), Map.of()))
                    .contains("200", "team_ids");
            assertThat(answer(
                            browser.page,
                            browser.page.locator(group + "listConfigs"),
                            Map.of("team_id", Api.FIRST_TEAM)))
                    .contains("200", "configs");
        }
    }

    private static String answer(Page page, Locator operation, Map<String, String> parameters) {
        // What is far below is drawn only when somebody comes near it.
        for (int screen = 0; screen < 200 && operation.count() == 0; screen++) {
            page.mouse().wheel(0, 400);
            page.waitForTimeout(50);
        }
        operation.locator(".opblock-summary-control").click();
        button(operation, "Try it out").click();
        parameters.forEach((name, value) ->
                operation.locator("tr[data-param-name='" + name + "'] input").fill(value));
        button(operation, "Execute").click();
        var answer = operation.locator(".live-responses-table");
        answer.waitFor();
        return answer.innerText();
    }

    @Test
    void leadsThoseWithoutScriptsToTheReference() {
        try (var browser = Browser.withoutScripts()) {
            browser.go("/docs/try");
            assertThat(browser.text()).contains("Trying calls needs JavaScript.");
        }
    }

    private static void authorize(Page page, String scheme, String credential) {
        page.locator("#calls .btn.authorize").click();
        var window = page.locator(".dialog-ux .modal-ux");
        var box = window.locator(".auth-container").filter(new Locator.FilterOptions().setHasText(scheme));
        box.locator("input").fill(credential);
        box.locator("button.authorize").click();
        box.locator("button.btn-done").click();
    }

    private static Locator button(Locator place, String name) {
        return place.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
