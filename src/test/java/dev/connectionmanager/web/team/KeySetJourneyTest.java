package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.RsaKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class KeySetJourneyTest {
    private static final String PAGES = "/teams/" + Api.FIRST_TEAM + "/key-sets";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void publishesAddsAndEndsKeys(boolean scripts) {
        try (var browser = (scripts ? Browser.open() : Browser.withoutScripts()).logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM).follow("Key sets").look("key sets none");
            browser.press("Make a key set").sees("Make a key set");
            browser.fill("Public keys", "-----BEGIN PUBLIC KEY-----\nMIIB").press("Publish key set");
            browser.look("key set error");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text()).contains("Give the key set a name", "not a public key in PEM");
            assertThat(browser.page.locator("#keys").inputValue()).contains("MIIB");

            browser.fill("Name", "Journey").fill("Public keys", key(4)).press("Publish key set");
            browser.sees("Journey").look("key set");
            // Nobody can have read the key set without it.
            assertThat(browser.text())
                    .contains("You can sign with its keys now")
                    .doesNotContain("Sign with it from");
            var uri = browser.page.locator("#jwks-uri").innerText();
            assertThat(uri).contains("/key-sets/");

            browser.press("Add or replace a key").sees("Add or replace a key");
            browser.fill("Public keys", key(4)).press("Publish key").look("key there already");
            assertThat(browser.text()).contains("is in this key set already");
            browser.fill("Public keys", key(5)).choose(thumbprint(4)).press("Publish key");
            browser.sees("Journey").look("key set while rotating");
            assertThat(browser.text()).contains("Sign with it from", "Leaves");

            browser.follow("Withdraw " + thumbprint(5)).look("withdraw a key");
            browser.press("Withdraw key").sees("Journey");
            browser.follow("Delete this key set").look("delete a key set");
            browser.press("Delete key set").sees("Key sets");
            assertThat(browser.text()).doesNotContain("Journey");
        }
    }

    @Test
    void viewersChangeNothing() {
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go(PAGES).look("key sets as viewer");
            assertThat(browser.text()).doesNotContain("Make a key set");
        }
    }

    private static String key(int index) {
        return RsaKeys.key(index).toPublicJWK().toJSONString();
    }

    private static String thumbprint(int index) {
        try {
            return RsaKeys.key(index).computeThumbprint().toString();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
