package dev.connectionmanager.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpServer;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The log-in page in a real browser, for a script that waits on a loopback address. */
@PortalTest
class LogInPageTest {
    /** Browsers apply a page's form-action to where its form is redirected to as well: the script's own port. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "127.0.0.1, localhost", "::1, [::1]"})
    void leadsBackToTheScriptThatAsked(String listen, String host) throws Exception {
        var script = listening(listen);
        script.createContext("/", exchange -> {
            var body = "Back at the script".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        script.start();
        try (var browser = Browser.withoutScripts()) {
            var redirectUri = "http://" + host + ":" + script.getAddress().getPort() + "/callback";
            browser.go(
                    "/local/openid/authorize?response_type=code&client_id=connection-manager-cli&scope=openid&state=s"
                            + "&code_challenge_method=S256&code_challenge="
                            + CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier())
                                    .getValue()
                            + "&redirect_uri=" + redirectUri);
            browser.page
                    .getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("owner").setExact(true))
                    .click();
            browser.page.waitForURL(url -> url.startsWith(redirectUri + "?"));
            assertThat(browser.page.content()).contains("Back at the script");
        } finally {
            script.stop(0);
        }
    }

    private static HttpServer listening(String address) throws IOException {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), 0), 0);
        } catch (BindException e) {
            return Assumptions.abort("This machine has no " + address);
        }
    }
}
