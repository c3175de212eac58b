package dev.connectionmanager.description;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.MockRegistration;
import dev.connectionmanager.mock.MockTest;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages and the README tell people to type works as it is printed. The API’s guide and the kits have tests of their own. */
@PortalTest
class ShownCommandsTest {
    /** A command that is refused ends the script, which people see for themselves. */
    private static final String STRICT = "set -eu\ncurl() { command curl -sS --fail-with-body \"$@\"; }\n";

    private static final Pattern ON_A_PAGE = Pattern.compile(
            "<pre class=\"app-code app-command\"[^>]*>(?:<code>)?(.*?)(?:</code>)?</pre>", Pattern.DOTALL);
    private static final Pattern IN_A_GUIDE = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void thoseOfTheReadme() throws Exception {
        var commands = in("README.md").stream()
                .filter(command -> command.contains("TOKEN="))
                .toList();
        assertThat(commands).hasSize(1);
        assertThat(run("", commands.get(0))).contains("\"kind\":\"person\"", "Olivia Owner");
    }

    @Test
    void thoseOfTheMock() throws Exception {
        var commands = in("docs/mock.md");
        assertThat(commands).hasSize(2);
        var withLogout = MockRegistration.make(
                "Log-out of the guide", Map.of("backchannel_logout_uri", "https://keys.laboratory.co.uk/logout"));
        assertThat(run(applicationOf(withLogout.path()), commands.get(0))).contains("\"verdict\"", "logout-expired");
        assertThat(run("", commands.get(1))).contains("\"client_id\"", "\"client_secret\"");
    }

    @Test
    void thoseForRegisteringByProgram() throws Exception {
        var commands = in("docs/connect.md");
        assertThat(commands).hasSize(2);
        var byTheStandard = "INITIAL_ACCESS_TOKEN="
                + InitialAccessTokenExamples.issue("integration", 1).path("token") + "\n";
        assertThat(run("PORTAL=" + Persons.address() + "\n" + byTheStandard, commands.get(0)))
                .contains("\"registration_endpoint\"", "\"client_name\":\"booking.supplier.co.uk\"");
        assertThat(Files.readString(directory.resolve("client.json"))).contains("\"client_name\":\"Booking\"");
        IssuedSecrets.fromJson(Files.readString(directory.resolve("client.json")));
        var byTheExistingTool = "TOKEN=" + Credentials.token("credential-write") + "\n";
        assertThat(run("PORTAL=" + Persons.address() + "\n" + byTheExistingTool, commands.get(1)))
                .contains("\"client_config\"", "\"hash\"", "https://app.supplier.co.uk/second");
        for (var kept : List.of("session.json", "made.json")) {
            IssuedSecrets.fromJson(Files.readString(directory.resolve(kept)));
        }
    }

    private static List<String> in(String guide) throws IOException {
        return IN_A_GUIDE
                .matcher(Files.readString(Path.of(guide)))
                .results()
                .map(command -> command.group(1).replace("http://localhost:8080", Persons.address()))
                .toList();
    }

    private static String applicationOf(String path) {
        return "TOKEN=" + Persons.accessToken("admin") + "\nAPPLICATION="
                + path.replaceFirst(".*/applications/([^/]*).*", "$1") + "\n";
    }

    @Test
    void thoseForAKeyPair() throws Exception {
        var owner = Persons.browser("owner");
        var page = "/teams/" + Api.FIRST_TEAM + "/key-sets/new";
        run("", commands(Persons.get(owner, page).body()));
        var key = Files.readString(directory.resolve("public.pem"));
        var made = Persons.post(owner, page, "name", "By the recipe", "keys", key);
        assertThat(made.body()).contains("By the recipe", "You can sign with its keys now");
        Persons.post(owner, made.uri().getPath() + "/deletion");
    }

    @Test
    void thoseOfATestAtTheMock() throws Exception {
        var page = MockTest.patiently(() -> Api.bare().post("/mock/new-test")).asString();
        assertThat(run("", commands(page))).contains("\"client_id\"", "nonce-wrong", "\"items\"");
    }

    private String run(String settings, String command) throws Exception {
        var printed = Shell.run(directory, STRICT + settings + command);
        IssuedSecrets.fromJson(printed);
        return printed;
    }

    private static String commands(String page) {
        var commands = ON_A_PAGE
                .matcher(page)
                .results()
                .map(one -> one.group(1)
                        .replace("&quot;", "\"")
                        .replace("&#39;", "'")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .collect(Collectors.joining("\n"));
        assertThat(commands).isNotEmpty();
        return commands;
    }
}
