package dev.connectionmanager.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Streams;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.environment.ProvidersDocument;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Libraries that know nothing of this portal register by RFC 7591, and another registration endpoint answers the same messages. The
 * programs are under {@code src/test/clients/registering}. Needs Node with npm, and a network for their libraries.
 */
@PortalTest
class RegisteringLibrariesIT {
    private static final Path SOURCES = Path.of("src", "test", "clients", "registering");
    private static final Path HOME = Path.of("target", "clients", "registering").toAbsolutePath();
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([^|]+) \\| ([0-9][^|]*) \\| ([0-9][^|]*) \\| [^|]+ \\|$");

    @Inject
    Environments environments;

    @BeforeEach
    void readTheProvidersDocument() {
        ProvidersDocument.keep(environments, "integration");
    }

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(HOME);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.toList()) {
                Files.copy(file, HOME.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Command.run(HOME, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    @Test
    void openidClient5RegistersAndReads() throws Exception {
        var told = told("openid-client-5.mjs", 1);
        assertThat(told.at("/registered/client_name").textValue()).isEqualTo("openid-client 5");
        assertThat(told.at("/registered/client_secret").textValue()).isNotBlank();
        assertThat(told.at("/read/client_id")).isEqualTo(told.at("/registered/client_id"));
        assertThat(told.at("/read/redirect_uris")).isEqualTo(told.at("/registered/redirect_uris"));
    }

    @Test
    void openidClient6RegistersAndReads() throws Exception {
        var told = told("openid-client-6.mjs", 1);
        assertThat(told.at("/registered/token_endpoint_auth_method").textValue())
                .isEqualTo("client_secret_post");
        assertThat(told.at("/registered/client_secret").textValue()).isNotBlank();
        assertThat(told.at("/read/client_id")).isEqualTo(told.at("/registered/client_id"));
    }

    @Test
    void clientsOfTheModelContextProtocolRegister() throws Exception {
        var told = told("mcp.mjs", 1);
        assertThat(told.at("/registered/client_id").textValue()).endsWith(".apps.national");
        assertThat(told.at("/registered/client_secret").textValue()).isNotBlank();
        assertThat(told.at("/registered/client_secret_expires_at").intValue()).isZero();
    }

    /** The table of the note is what was seen: a difference that it does not explain is a fault. */
    @Test
    void differsFromAnotherEndpointAsTheNoteSays() throws Exception {
        var told = Streams.stream(told("compare.mjs", 100))
                .map(answer -> List.of(text(answer, "what"), text(answer, "there"), text(answer, "here")))
                .toList();
        assertThat(told).hasSizeGreaterThan(25);
        var explained = ROW.matcher(Files.readString(Path.of("docs", "connect.md")))
                .results()
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .toList();
        assertThat(told.stream()
                        .filter(answer -> !answer.get(1).equals(answer.get(2)))
                        .toList())
                .isEqualTo(explained);
    }

    private static String text(JsonNode answer, String member) {
        return answer.path(member).asText();
    }

    private static JsonNode told(String program, int uses) throws Exception {
        var token = InitialAccessTokenExamples.issue("integration", uses).<String>path("token");
        var told = Command.run(HOME, "node", program, Persons.address() + "/connect/integration", token);
        IssuedSecrets.fromJson(told);
        return new ObjectMapper()
                .readTree(told.lines().reduce((before, last) -> last).orElseThrow());
    }
}
