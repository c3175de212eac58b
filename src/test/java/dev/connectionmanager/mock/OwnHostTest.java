package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mock on a host of its own, at its root; and how it signs for an environment that lists more algorithms. */
@ConfiguredPortalTest
class OwnHostTest {
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">");

    private final HttpClient browser = Persons.newBrowserWithoutRedirects();

    @ConfigProperty(name = "connection-manager.mock.url")
    String mock;

    @Inject
    Sql sql;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mock",
                "/mock/authorize",
                "/mock/users",
                "/mock/users/page",
                "/mock/tests",
                "/mock/.well-known/openid-configuration",
                "/.well-known/openid-configuration"
            })
    void thePortalsHostAnswersNothingOfIt(String path) {
        assertThat(get(Persons.address() + path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/applications", "/api/v1/environments", "/q/health", "/q/openapi", "/local/openid/jwks"})
    void itsHostAnswersNothingElse(String path) {
        var answer = get(mock + path);
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void pagesFormsAndStylesWorkThere() {
        var start = get(mock + "/");
        assertThat(start.statusCode()).isEqualTo(200);
        assertThat(start.headers().firstValue("Cross-Origin-Opener-Policy")).isEmpty();
        assertThat(start.body()).contains("href=\"/clients\"", "href=\"/new-test\"", "href=\"/faults/page\"");
        var styles = STYLE.matcher(start.body()).results().toList();
        assertThat(styles).hasSizeGreaterThan(1);
        for (var style : styles) {
            assertThat(get(mock + style.group(1)).headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/css"));
        }
        for (var page : List.of("/users/page", "/faults/page", "/clients", "/new-test", "/log")) {
            assertThat(get(mock + page).statusCode()).as(page).isEqualTo(200);
        }
        var made = post("/new-test", "");
        assertThat(made.statusCode()).isIn(200, 503);
        assertThat(made.body()).contains("Mock authorisation service");
        assertThat(get(mock + "/nothing").body()).contains("The mock has nothing at this address");
    }

    /** People without a session have nothing kept for them. */
    @Test
    void aRefusedFormIsAnsweredAtOnceAndNothingIsKept() {
        var before = sql.number("select count(*) from refused_form");
        var answer = post("/clients", "redirect_uris=ftp%3A%2F%2Fx&client_name=Kept");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("There is a problem", "ftp://x", "value=\"Kept\"");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
        assertThat(sql.number("select count(*) from refused_form")).isEqualTo(before);
    }

    /** Discovery, redirects, cookie, and each algorithm by which the environment lets UserInfo be signed. */
    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256"})
    void logsInAndSignsUserInfoWithWhatTheEnvironmentLists(String algorithm) throws Exception {
        var clientId = register(algorithm);
        var party = RelyingParty.of(mock, clientId, MockRegistration.REDIRECT);
        assertThat(party.provider().getAuthorizationEndpointURI()).hasToString(mock + "/authorize");
        var logIn = party.logIn().ask("gp", "openid profile", UnaryOperator.identity());
        assertThat(logIn.answer().headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie).contains("Path=/;"));
        var tokens = ((OIDCTokenResponse) logIn.redeem(party.privateKeyJwt(LaboratoryInternet.KEY, JWSAlgorithm.RS256)))
                .getOIDCTokens();
        logIn.judge(tokens);
        assertThat(status(tokens.getBearerAccessToken().getValue())).isEqualTo(200);
        // Keys of another family are published from their first use on.
        var informed = RelyingParty.of(mock, clientId, MockRegistration.REDIRECT);
        assertThat(informed.userInfo(tokens, JWSAlgorithm.parse(algorithm))).containsKey("family_name");
    }

    /** Never plain JSON in its place. */
    @Test
    void saysInTheLogWhatItCannotSignWith() throws Exception {
        var clientId = register("EdDSA");
        var party = RelyingParty.of(mock, clientId, MockRegistration.REDIRECT);
        var tokens = ((OIDCTokenResponse) party.logIn()
                        .ask("gp", "openid profile", UnaryOperator.identity())
                        .redeem(party.privateKeyJwt(LaboratoryInternet.KEY, JWSAlgorithm.RS256)))
                .getOIDCTokens();
        assertThat(status(tokens.getBearerAccessToken().getValue())).isEqualTo(500);
        var application =
                sql.text("select application_id::text from registration where client_id = '" + clientId + "'");
        var log = Api.as("viewer").get("/api/v1/applications/" + application + "/registrations/training/log-ins");
        assertThat(log.<String>path("items[0].detail"))
                .isEqualTo(
                        "The mock cannot sign with EdDSA, which is registered: nothing is told rather than plain JSON");
    }

    private int status(String accessToken) {
        return Persons.send(
                        browser,
                        HttpRequest.newBuilder(URI.create(mock + "/userinfo"))
                                .header("Authorization", "Bearer " + accessToken)
                                .build())
                .statusCode();
    }

    private static String register(String algorithm) {
        return Api.as("owner")
                .put(
                        Api.newApplication("Own host " + algorithm) + "/registrations/training",
                        Map.of(
                                "redirect_uris",
                                List.of(MockRegistration.REDIRECT),
                                "token_endpoint_auth_method",
                                "private_key_jwt",
                                "jwks_uri",
                                "https://keys.laboratory.co.uk/jwks",
                                "userinfo_signed_response_alg",
                                algorithm),
                        "If-None-Match: *")
                .then()
                .statusCode(201)
                .extract()
                .path("client_id");
    }

    private HttpResponse<String> get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)));
    }

    private HttpResponse<String> post(String path, String form) {
        return send(HttpRequest.newBuilder(URI.create(mock + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.header("Accept", "text/html,*/*;q=0.8").build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
