package dev.connectionmanager.mock;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Test clients that anybody makes without an account. */
@PortalTest
class OpenClientsTest {
    private static final String LOOPBACK = "http://127.0.0.1:3999/callback";

    @Test
    void logsInWithAClientMadeByRfc7591AndSparesLoopbackTheClick() throws Exception {
        var made = register(Map.of("redirect_uris", List.of(LOOPBACK), "unheard_of", 1));
        made.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("client_id", matchesPattern("mock-[a-z2-9]{24}"))
                .body("token_endpoint_auth_method", equalTo("client_secret_basic"))
                .body("client_secret_expires_at", equalTo(0))
                .body("jwks_uri", nullValue());
        var party = RelyingParty.of(RelyingParty.commonIssuer(), made.path("client_id"), LOOPBACK);
        var logIn = party.logIn().ask("gp", "openid", UnaryOperator.identity());
        assertThat(logIn.answer().headers().firstValue("Location").orElseThrow())
                .startsWith(LOOPBACK);
        assertThat(logIn.redeem(party.basic(made.path("client_secret"))).indicatesSuccess())
                .isTrue();
    }

    /** Its registration access token reads and ends it: RFC 7592. */
    @Test
    void isItsMakersToReadAndToEnd() {
        var made = register(Map.of("redirect_uris", List.of(LOOPBACK)));
        String token = made.path("registration_access_token");
        String uri = made.path("registration_client_uri");
        Api.bare()
                .queryParam("client_id", made.<String>path("client_id"))
                .queryParam("redirect_uri", LOOPBACK + "s")
                .get("/mock/authorize")
                .then()
                .statusCode(400);
        var own = Api.with(token);
        own.get(uri).then().statusCode(200).body("client_secret", nullValue()).body("redirect_uris", hasItem(LOOPBACK));
        own.get(uri + "/log")
                .then()
                .statusCode(200)
                .body("items[0].failed_check", equalTo("redirect_uri"))
                .body("items[0].position", equalTo(LOOPBACK.length() + 1));
        own.get(uri + "/log?cursor=x").then().statusCode(400);
        for (var stranger : List.of(Api.bare(), Api.with(token + "a").request())) {
            stranger.get(uri).then().statusCode(401).body("error", equalTo("invalid_token"));
        }
        own.delete(uri, "").then().statusCode(204);
        own.get(uri + "/log").then().statusCode(401);
    }

    @Test
    void takesKeysByValueAndNoAddressOfKeys() {
        register(Map.of(
                        "redirect_uris",
                        List.of(LOOPBACK),
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "jwks_uri",
                        "https://keys.laboratory.co.uk/jwks"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_client_metadata"))
                .body("error_description", containsString("jwks_uri is refused"));
        register(Map.of("redirect_uris", List.of(LOOPBACK), "token_endpoint_auth_method", "private_key_jwt"))
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("jwks-required"));
        register(Map.of(
                        "redirect_uris",
                        List.of(LOOPBACK),
                        "token_endpoint_auth_method",
                        "private_key_jwt",
                        "jwks",
                        new JWKSet(LaboratoryInternet.KEY).toJSONObject(false)))
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("jwks-private-key"));
        var made = register(Map.of(
                "redirect_uris",
                List.of(LOOPBACK),
                "token_endpoint_auth_method",
                "private_key_jwt",
                "jwks",
                new JWKSet(LaboratoryInternet.KEY).toJSONObject(true)));
        made.then().statusCode(201).body("client_secret", nullValue());
        var party = RelyingParty.of(RelyingParty.commonIssuer(), made.path("client_id"), LOOPBACK);
        assertThat(party.logIn()
                        .ask("gp", "openid", UnaryOperator.identity())
                        .redeem(party.privateKeyJwt(LaboratoryInternet.KEY, JWSAlgorithm.RS256))
                        .indicatesSuccess())
                .isTrue();
    }

    @Test
    void refusesRedirectUrisAsRegistrationsDo() {
        register(Map.of("redirect_uris", List.of("http://app.supplier.co.uk/callback")))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_redirect_uri"))
                .body("errors.code", hasItem("redirect-uri-not-https"));
    }

    /** No open redirector: whoever made the client could be anybody. Errors wait for a click as well. */
    @Test
    void namesTheHostAndWaitsForAClickBeforeItSendsAnybodyToAStranger() {
        var made = register(Map.of(
                "redirect_uris", List.of("https://stranger.example.co.uk/callback"), "client_name", "Your bank"));
        made.then().statusCode(201);
        var party = RelyingParty.of(
                RelyingParty.commonIssuer(), made.path("client_id"), "https://stranger.example.co.uk/callback");
        for (var scope : List.of("openid", "openid nonsense")) {
            var logIn = party.logIn().ask("gp", scope, UnaryOperator.identity());
            assertThat(logIn.answer().statusCode()).isEqualTo(200);
            assertThat(logIn.answer().headers().firstValue("Location")).isEmpty();
            assertThat(logIn.answer().body())
                    .contains("Go on to stranger.example.co.uk", "Nobody has checked that name");
        }
        try (var browser = Browser.withoutScripts()) {
            var reached = new java.util.ArrayList<String>();
            browser.page.route("https://stranger.example.co.uk/**", route -> {
                reached.add(route.request().url());
                route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(200)
                        .setBody("here"));
            });
            browser.go(LogInJourneyTest.authorize(
                    new MockRegistration("", made.path("client_id"), "", ""),
                    "https://stranger.example.co.uk/callback",
                    "openid"));
            browser.press("Gwendolyn Practice").sees("Go on to stranger.example.co.uk");
            assertThat(reached).isEmpty();
            browser.follow("Go on to stranger.example.co.uk");
            assertThat(reached).hasSize(1);
            var code = URLUtils.parseParameters(URI.create(reached.get(0)).getRawQuery())
                    .get("code")
                    .get(0);
            assertThat(party.redeem(
                                    party.basic(made.path("client_secret")),
                                    new AuthorizationCodeGrant(
                                            new AuthorizationCode(code),
                                            URI.create("https://stranger.example.co.uk/callback")))
                            .indicatesSuccess())
                    .isTrue();
        }
    }

    @Test
    void makesAClientOnAPageToo() {
        try (var browser = Browser.open()) {
            browser.go("/mock").sees("Mock authorisation service");
            browser.follow("Make a test client").sees("Make a test client");
            browser.fill("Redirect URIs, one a line", "ftp://nowhere.test/\n" + LOOPBACK)
                    .press("Make the client");
            browser.look("test client that was refused");
            assertThat(browser.page.locator(".nhsuk-error-summary").innerText()).contains("There is a problem");
            browser.fill("Redirect URIs, one a line", LOOPBACK)
                    .press("Make the client")
                    .sees("Test client made");
            var secret = browser.page.locator("#client-secret").innerText();
            IssuedSecrets.add(secret);
            var party = RelyingParty.of(
                    RelyingParty.commonIssuer(),
                    browser.page.locator("#client-id").innerText(),
                    LOOPBACK);
            assertThat(party.logIn()
                            .ask("gp", "openid", UnaryOperator.identity())
                            .redeem(party.basic(secret))
                            .indicatesSuccess())
                    .isTrue();
            browser.go("/mock").follow("See the users").sees("Users");
        }
        assertThat(given().get("/mock/users").jsonPath().getList("items.uuid")).hasSizeGreaterThanOrEqualTo(16);
    }

    private static Response register(Map<String, Object> metadata) {
        var answer = given().contentType("application/json").body(metadata).post(Persons.address() + "/mock/register");
        if (answer.statusCode() == 201 && answer.path("client_secret") != null) {
            IssuedSecrets.add(answer.path("client_secret"));
        }
        return answer;
    }
}
