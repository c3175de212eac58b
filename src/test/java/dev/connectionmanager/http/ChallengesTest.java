package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code WWW-Authenticate} says: RFC 6750 section 3. */
@PortalTest
class ChallengesTest {
    private static final String LIST = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";

    @ParameterizedTest
    @CsvSource({
        "'', Bearer",
        "Basic YTpi, Bearer",
        "Bearer x, 'Bearer error=\"invalid_token\"'",
        "bearer x, 'Bearer error=\"invalid_token\"'",
        "Bearer cm_api_000000000000000000000000000000000000, 'Bearer error=\"invalid_token\"'"
    })
    void whoeverSendsABadTokenIsToldSo(String sent, String challenge) {
        var answer = ask("GET", sent);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(challenge);
    }

    @Test
    void aRevokedCredentialIsABadToken() {
        for (var kind : new String[] {"credential-revoked", "credential-expired"}) {
            assertThat(ask("GET", "Bearer " + Credentials.token(kind)).headers().allValues("WWW-Authenticate"))
                    .containsExactly("Bearer error=\"invalid_token\"");
        }
    }

    @Test
    void aCredentialThatMayOnlyReadIsToldTheScopeThatItLacks() {
        var answer = ask("POST", "Bearer " + Credentials.token("credential-read"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer error=\"insufficient_scope\", scope=\"write\"");
        assertThat(answer.body()).contains("\"scope\":\"write\"");
        assertThat(ask("POST", "Bearer " + Persons.accessToken("viewer"))
                        .headers()
                        .allValues("WWW-Authenticate"))
                .isEmpty();
    }

    private static HttpResponse<String> ask(String method, String authorization) {
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + LIST))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return Persons.send(HttpClient.newHttpClient(), request.build());
    }
}
