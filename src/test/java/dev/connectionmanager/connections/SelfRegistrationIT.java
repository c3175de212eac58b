package dev.connectionmanager.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.environment.ProvidersDocument;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Relying parties of other makers register themselves by RFC 7591, with nothing but the address to discover at and a token. */
@PortalTest
class SelfRegistrationIT {
    private static final String ISSUER_PATH = "/connect/integration";
    private static final Pattern CSRF = Pattern.compile("name=\"x_csrf\"[^>]*value=\"([^\"]+)\"");

    @Inject
    Sql sql;

    @Inject
    Environments environments;

    @BeforeEach
    void readTheProvidersDocument() {
        ProvidersDocument.keep(environments, "integration");
    }

    @Test
    void quarkusRegistersReadsUpdatesAndDeletesAClient() throws Exception {
        var home = home("registering-quarkus");
        install(home);
        var told = Program.run(
                home,
                "java",
                "-Dquarkus.oidc-client-registration.auth-server-url=" + Persons.address() + ISSUER_PATH,
                "-Dquarkus.oidc-client-registration.initial-token=" + initialAccessToken(),
                "-jar",
                "target/quarkus-app/quarkus-run.jar");
        assertThat(told)
                .containsPattern("registered [0-9]{12}\\.apps\\.national with a secret: true")
                .contains("read Registered by Quarkus")
                .contains("updated Updated by Quarkus [https://quarkus.supplier.co.uk/callback]")
                .contains("deleted");
        var clientId = told.replaceFirst("(?s).*registered ([0-9]{12}\\.apps\\.national).*", "$1");
        assertThat(sql.number("select count(*) from registration where deleted_at is not null and client_id = '"
                        + clientId + "'"))
                .isEqualTo(1);
    }

    /** What cannot be fetched here is no fault of the portal's. */
    private static void install(Path home) throws InterruptedException {
        try {
            QuarkusBuild.run(home);
        } catch (IOException | IllegalStateException e) {
            abort("Quarkus is not run, since its client registration cannot be installed here: " + e.getMessage());
        }
    }

    /** Its first visitor names the issuer; then it has all that it needs to send them on. */
    @Test
    void modAuthOpenidcRegistersItself() throws Exception {
        var home = home("registering-apache");
        var issuer = Persons.address() + ISSUER_PATH;
        var metadata = Files.createTempDirectory(home, "metadata-");
        var name = encoded(issuer.substring("http://".length()));
        Files.writeString(
                metadata.resolve(name + ".conf"), "{\"registration_token\": \"" + initialAccessToken() + "\"}");
        int port = Program.freePort();
        var settings = Map.of(
                "PORT", Integer.toString(port), "METADATA", metadata.toString(), "SESSION_KEY", "of-this-test-alone");
        var command = List.of("apache2", "-X", "-d", home.toString(), "-f", "httpd.conf");
        try (var apache = Program.serve(home, port, settings, command)) {
            var first = visit(port, "/", "");
            var csrf = CSRF.matcher(first.body());
            assertThat(csrf.find()).as(first.body()).isTrue();
            var chosen = "/callback?iss=" + encoded(issuer) + "&target_link_uri="
                    + encoded("https://keys.laboratory.co.uk/") + "&method=get&x_csrf=" + csrf.group(1);
            var cookies = first.headers().allValues("Set-Cookie").stream()
                    .map(cookie -> cookie.split(";")[0])
                    .collect(Collectors.joining("; "));
            var sentOn = visit(port, chosen, cookies);
            assertThat(sentOn.statusCode()).as(sentOn.body() + apache.said()).isEqualTo(302);
            var client = Files.readString(metadata.resolve(name + ".client"));
            IssuedSecrets.fromJson(client);
            var clientId = client.replaceAll("(?s).*\"client_id\":\\s*\"([^\"]+)\".*", "$1");
            assertThat(sentOn.headers().firstValue("Location").orElseThrow())
                    .contains("client_id=" + clientId, encoded("https://keys.laboratory.co.uk/callback"));
            assertThat(sql.number("select count(*) from registration where client_id = '" + clientId + "'"))
                    .isEqualTo(1);
        }
    }

    /** As a proxy passes it on, behind which it is known by its public name. */
    private static HttpResponse<String> visit(int port, String path, String cookies)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/html")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "keys.laboratory.co.uk");
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String initialAccessToken() {
        return InitialAccessTokenExamples.issue("integration", 1).path("token");
    }

    private static Path home(String name) throws IOException {
        var from = Path.of("src", "test", "connections", name);
        var home = Path.of("target", "connections", name).toAbsolutePath();
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var to = home.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return home;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
