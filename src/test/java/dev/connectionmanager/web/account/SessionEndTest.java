package dev.connectionmanager.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

/** What a person is told of the end of their session, and what is left of it in the browser. */
@PortalTest
class SessionEndTest {
    private static final String FORM = "/teams/" + Api.FIRST_TEAM + "/applications/new";

    @Test
    void aPageWarnsBeforeTheSessionEndsAndProlongsIt() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.page.clock().install();
            browser.go(FORM);
            assertThat(browser.page.locator("#session").innerText()).contains("You are logged out at");
            assertThat(browser.page.locator("#session-warning").innerText()).isEmpty();
            browser.page.clock().fastForward("28:30");
            browser.page.locator("#session-warning button").waitFor();
            browser.look("session about to end");
            assertThat(browser.page.locator("#session-warning").innerText()).contains("unless you go on working");
            browser.press("Stay logged in");
            browser.page.waitForCondition(
                    () -> browser.page.locator("#session-warning button").count() == 0);
        }
    }

    @Test
    void aPageSaysWithoutScriptsWhenTheSessionEnds() {
        try (var browser = Browser.withoutScripts().logIn("owner")) {
            assertThat(browser.text())
                    .containsPattern(
                            "You are logged out at \\d\\d:\\d\\d if you open no page until then, and at \\d\\d:\\d\\d in any case");
        }
    }

    @Test
    void whoeverGoesBackFindsWhatTheyTyped() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(FORM).fill("Name", "Typed and left");
            browser.follow("Environments");
            browser.page.goBack();
            browser.page.waitForLoadState();
            assertThat(browser.page
                            .getByLabel("Name", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                            .inputValue())
                    .isEqualTo("Typed and left");
        }
    }

    @Test
    void pagesAreKeptByNobodyElseAndThoseWithASecretByNobody() {
        var owner = Persons.browser("owner");
        assertThat(Persons.get(owner, FORM).headers().firstValue("Cache-Control"))
                .hasValue("private, no-cache");
        var out = Persons.post(Persons.withoutRedirects("owner"), "/logout");
        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(out.headers().firstValue("Clear-Site-Data")).hasValue("\"cache\"");
    }

    @Test
    void thePageAsksWhenTheSessionEnds() {
        var told = Persons.get(Persons.browser("owner"), "/session");
        assertThat(told.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(told.body()).contains("\"unused\"", "\"latest\"");
    }
}
