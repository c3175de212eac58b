package dev.connectionmanager.connections;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.connectionmanager.kit.Kits;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Somebody who has just registered an application, and goes on from that page, in a browser, as the pages say. */
final class Newcomer implements AutoCloseable {
    static final Set<Maker> MAKERS = EnumSet.of(Maker.SPRING_SECURITY, Maker.OPENID_CLIENT, Maker.AUTHLIB);

    private final Maker maker;
    private final int port;
    private final Browser browser = Browser.open().logIn("owner");
    private String secret;
    private Instant registered;
    private Instant written;

    Newcomer(Maker maker, int port) {
        this.maker = maker;
        this.port = port;
    }

    /**
     * How long it took from the page “Application registered”.
     *
     * @param written until the kit's files were on the disk
     * @param installed until the framework was there
     * @param loggedIn until the application showed whom it had let in
     */
    record Times(Duration written, Duration installed, Duration loggedIn) {}

    /** Registers with the secret that is shown once, and writes the kit as its page shows it to an empty directory. */
    void register() throws IOException {
        var application = Api.newApplication("Newcomer with " + maker.code()).replace("/api/v1", "");
        browser.go(application)
                .press("Register in Integration")
                .fill("Redirect URIs, one a line", "https://app.supplier.co.uk/callback")
                .press("Continue");
        browser.choose("Client secret, sent with HTTP Basic authentication")
                .press("Continue")
                .press("Continue");
        browser.press("Continue").press("Register").sees("Application registered");
        registered = Instant.now();
        secret = browser.page.locator("#client-secret").innerText();
        browser.follow("Log in with your framework")
                .follow("Show them for the mock authorisation service")
                .follow("on your own computer")
                .fill("Redirect URIs, one a line", maker.redirectUri(port))
                .press("Save")
                .follow("Log in with your framework: configuration with these addresses")
                .follow(Kits.nameOf(maker.code()));
        assertThat(browser.text()).contains("mock authorisation service");
        if (Files.isDirectory(maker.home())) {
            MoreFiles.deleteRecursively(maker.home(), RecursiveDeleteOption.ALLOW_INSECURE);
        }
        maker.write(files());
        written = Instant.now();
    }

    private Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        var texts = browser.page.locator("pre.app-code").all();
        for (int i = 0; i < texts.size(); i++) {
            files.put(
                    browser.page.locator("#file-" + (i + 1) + "-name").innerText(),
                    texts.get(i).innerText());
        }
        return files;
    }

    /** Starts what was written and installed, and asks for its page. */
    Times logIn() throws IOException, InterruptedException {
        var installed = Instant.now();
        try (var program = maker.start(port, RegisteredClient.environment(maker.home(), port, secret))) {
            browser.go("http://localhost:" + port + "/");
            browser.press("Edna Testcase");
            browser.page.waitForURL("http://localhost:" + port + "/**");
            assertThat(browser.text()).as(program.said()).contains("\"sub\"", "555200300001");
            var now = Instant.now();
            return new Times(
                    Duration.between(registered, written),
                    Duration.between(registered, installed),
                    Duration.between(registered, now));
        }
    }

    @Override
    public void close() {
        browser.close();
    }
}
