package dev.connectionmanager.web.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PackagedPortal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the guides say, as a reader would: one shell, from the top of the page to its end. Needs openssl, curl, Node with npm, and a network for jose. */
class GuidesIT {
    private static final Pattern BLOCK =
            Pattern.compile("<pre [^>]*data-run=\"([^\"]+)\"[^>]*>(.*?)</pre>", Pattern.DOTALL);

    private static PackagedPortal portal;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        portal = PackagedPortal.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (portal != null) {
            portal.close();
        }
    }

    @Test
    void aNewcomerGetsTokensWithAKeyOfTheirOwn() throws Exception {
        assertThat(followed("private-key-jwt")).contains("\"kty\": \"RSA\"", "\"access_token\"", "\"id_token\"");
    }

    @Test
    void theLogoutEndpointTakesATokenOnce() throws Exception {
        assertThat(followed("back-channel-logout")).contains("end the session", "200", "used before 400");
    }

    /** @return what the commands wrote */
    private String followed(String guide) throws Exception {
        var page = Api.bare().get(portal.address() + "/guides/" + guide).asString();
        var commands = new ArrayList<String>();
        var blocks = BLOCK.matcher(page);
        while (blocks.find()) {
            var text = blocks.group(2)
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&");
            if (blocks.group(1).equals("sh")) {
                commands.add(text);
            } else {
                Files.writeString(directory.resolve(blocks.group(1)), text);
            }
        }
        assertThat(commands).isNotEmpty();
        var script = Files.writeString(directory.resolve("all.sh"), "set -eu\n" + String.join("\n", commands) + "\n");
        var written = directory.resolve("written");
        var shell = new ProcessBuilder("bash", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(written.toFile())
                .start();
        assertThat(shell.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(shell.exitValue()).as(Files.readString(written)).isZero();
        return Files.readString(written);
    }
}
