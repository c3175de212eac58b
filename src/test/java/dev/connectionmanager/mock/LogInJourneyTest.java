package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A team rehearses with what it registered, without scripts, and reads why a log-in failed. */
@PortalTest
class LogInJourneyTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void logsInReadsTheLogBreaksTheRedirectUriAndReadsWhy(boolean scripts) {
        var client = MockRegistration.make("Journey of a log-in", Map.of());
        var party = client.relyingParty();
        var sentCode = new java.util.concurrent.atomic.AtomicReference<String>();
        try (var user = scripts ? Browser.open() : Browser.withoutScripts()) {
            user.go(authorize(client, client.redirectUri(), "openid selectedrole"));
            user.sees("Log in as");
            assertThat(user.text()).contains("Nobody here is real", "Journey of a log-in", client.clientId());
            user.press("Oluwaseun Rolesworth").sees("Choose a role");
            // What is there no test can reach: that the browser asks for it is enough.
            var reached = user.page.waitForRequest(
                    request -> request.url().startsWith(client.redirectUri()),
                    () -> user.press("General Medical Practitioner at THE GABLES SURGERY"));
            var code = URLUtils.parseParameters(URI.create(reached.url()).getRawQuery())
                    .get("code")
                    .get(0);
            sentCode.set(code);
            assertThat(party.redeem(
                                    party.basic(client.secret()),
                                    new AuthorizationCodeGrant(
                                            new AuthorizationCode(code), URI.create(client.redirectUri())))
                            .indicatesSuccess())
                    .isTrue();
        }
        try (var browser = scripts ? Browser.open() : Browser.withoutScripts()) {
            browser.logIn("viewer").go(client.path().replace("/api/v1", ""));
            browser.follow("Why did my log-in fail?").sees("Why did my log-in fail?");
            assertThat(browser.text())
                    .contains("Token request: granted", "Authorization request: granted", "aal3-many-roles");

            browser.go(authorize(client, client.redirectUri() + "s", "openid"));
            browser.sees("This log-in cannot go on");
            assertThat(browser.text()).contains("redirect_uri_mismatch", client.redirectUri() + "s");
            browser.go(client.path().replace("/api/v1", "") + "/log-ins").look("log-in that was refused");
            assertThat(browser.text())
                    .contains(
                            "differs at character 36: sent is ‘s’, registered is nothing more",
                            "redirect_uri_mismatch");
            assertThat(browser.page.locator("mark").first().innerText()).isEqualTo("s");
            browser.follow("What was seen to pass and to fail, to hand in as evidence")
                    .sees("What was seen of log-ins");
            var file = browser.page.waitForDownload(() -> browser.page.click("text=download it as a file"));
            assertThat(file.suggestedFilename()).matches("log-ins-" + client.clientId() + "-[0-9-]{10}\\.json");
            assertThat(file.path())
                    .content()
                    .contains(
                            "\"client_id\" : \"" + client.clientId() + "\"",
                            "\"verdict\" : \"failed\"",
                            "\"last_failed\"")
                    .doesNotContain(sentCode.get(), client.secret());
            browser.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(browser.text())
                    .contains("What was seen of log-ins", client.clientId(), RelyingParty.commonIssuer())
                    .doesNotContain("Log out", "Local mode", "Back", "download", "Privacy");
            browser.page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
            browser.go(client.path().replace("/api/v1", "") + "/local-addresses")
                    .sees("Addresses on your computer");
        }
    }

    static String authorize(MockRegistration client, String redirectUri, String scope) {
        return RelyingParty.commonIssuer() + "/authorize?"
                + URLUtils.serializeParameters(Map.of(
                        "response_type", List.of("code"),
                        "client_id", List.of(client.clientId()),
                        "redirect_uri", List.of(redirectUri),
                        "scope", List.of(scope),
                        "state", List.of("s"),
                        "nonce", List.of("n")));
    }
}
