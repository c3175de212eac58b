package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are compressed, and what caches on the way are told of it. */
@PortalTest
class CompressionTest {
    private static final HttpClient ANYBODY = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"/", "/environments", "/nothing", "/docs/", "/q/openapi"})
    void pagesAndDescriptionsAre(String path) {
        compressed(Packed.get(ANYBODY, path));
        var plain = Persons.get(ANYBODY, path);
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(String.join(", ", plain.headers().allValues("Vary"))).containsOnlyOnce("Accept-Encoding");
        assertThat(Packed.get(ANYBODY, path).text()).isEqualTo(plain.body());
    }

    @Test
    void pagesOfWhoIsLoggedInAre() {
        compressed(Packed.get(Persons.browser("owner"), "/teams"));
    }

    @Test
    void answersOfTheApiAre() {
        compressed(Packed.send(ANYBODY, api("/api/v1/teams")));
        compressed(Packed.send(ANYBODY, api("/api/v1/teams/" + UUID.randomUUID())));
    }

    @Test
    void noneWithAnETagIs() {
        var answer = Packed.send(ANYBODY, api("/api/v1/teams/" + Api.FIRST_TEAM));
        assertThat(answer.header("ETag")).isNotEmpty();
        plain(answer);
        assertThat(answer.header("Vary")).doesNotContain("Accept-Encoding");
    }

    @Test
    void noneWithASecretIs() {
        var answer = Packed.send(
                ANYBODY,
                api("/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"Compression\",\"scope\":\"read\"}")));
        assertThat(answer.text()).contains("cm_api_");
        plain(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/local/mail", "/invitations/made-up"})
    void noPageIsWhoseAddressesLetSomebodyIn(String path) {
        plain(Packed.get(Persons.browser("owner"), path));
    }

    private static HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create(Persons.address() + path))
                .header("Authorization", "Bearer " + Persons.accessToken("owner"));
    }

    private static void compressed(Packed answer) {
        assertThat(answer.header("Content-Encoding")).as(answer.toString()).isEqualTo("gzip");
        assertThat(answer.header("Vary")).containsOnlyOnce("Accept-Encoding");
        assertThat(answer.text()).isNotEmpty();
    }

    private static void plain(Packed answer) {
        assertThat(answer.header("Content-Encoding")).as(answer.toString()).isEmpty();
        assertThat(answer.text()).isNotEmpty();
    }
}
