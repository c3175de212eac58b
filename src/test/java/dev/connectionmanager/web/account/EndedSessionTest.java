package dev.connectionmanager.web.account;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import org.junit.jupiter.api.Test;

/** A session that ends while a person fills in a form. */
@PortalTest
class EndedSessionTest {
    @Test
    void whatWasTypedIsSentAfterTheNextLogIn() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM + "/applications/new")
                    .fill("Name", "Typed for half an hour")
                    .choose("National, provided by a supplier")
                    .choose("Web");
            browser.forgetSession();
            browser.press("Add application").sees("You are not logged in");
            var tab = browser.page.context().waitForPage(() -> browser.follow("Log in (opens in a new tab)"));
            tab.waitForURL("**/authorize**");
            tab.navigate(tab.url() + "&login_hint=owner");
            tab.waitForURL("**/teams");
            browser.page.reload();
            browser.sees("Typed for half an hour");
        }
    }
}
