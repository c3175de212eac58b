package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of one's own at the mock: an issuer with keys, users, clients and a clock, for whoever has the token. */
@PortalTest
class MockTestsTest {
    private static final String USER = "aal3-one-role";

    private MockTest test;
    private MockTest.Client client;

    @BeforeEach
    void make() {
        test = MockTest.make();
        client = test.client(Map.of("userinfo_signed_response_alg", "RS256"));
    }

    private String failing(String user) {
        return new StrictLogIn(test.issuer(), client, user).failing();
    }

    @Test
    void isItsMakersAloneAndOverWhenItIsEnded() {
        assertThat(test.issuer()).endsWith("/mock/t/" + test.id());
        assertThat(failing(USER)).isEmpty();
        var other = MockTest.make();
        for (var part : List.of("clients", "users", "clock", "faults", "log")) {
            test.request().get(test.path(part)).then().statusCode(200);
            other.request()
                    .get(test.path(part))
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not-found"));
            Api.bare().get(test.path(part)).then().statusCode(404);
        }
        test.request()
                .get("/mock/tests/" + test.id())
                .then()
                .statusCode(200)
                .body("issuer", equalTo(test.issuer()))
                .body("size()", equalTo(3));
        other.request().get("/mock/tests/" + test.id()).then().statusCode(404);
        other.request().delete("/mock/tests/" + test.id()).then().statusCode(404);
        test.request().delete("/mock/tests/" + test.id()).then().statusCode(204);
        test.request().get(test.path("clients")).then().statusCode(404);
        Api.bare()
                .get("/mock/t/" + test.id() + "/.well-known/openid-configuration")
                .then()
                .statusCode(404);
        Api.bare()
                .get("/mock/t/" + other.id() + "/.well-known/openid-configuration")
                .then()
                .statusCode(200);
    }

    @Test
    void hasUsersOfItsOwn() {
        var nina = Map.of(
                "uuid", "700000000001",
                "login", "nina",
                "given_name", "Nina",
                "family_name", "Nobody",
                "id_assurance_level", 3,
                "authentication_assurance_level", 1,
                "authenticator", "USERPASS");
        test.request()
                .body(Map.of("items", List.of(nina)))
                .put(test.path("users"))
                .then()
                .statusCode(200)
                .body("items.login", contains("nina"));
        assertThat(failing("nina")).contains("access_denied");
        test.request()
                .body(Map.of("items", List.of(Map.of("uuid", "1"))))
                .put(test.path("users"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("mock-user-invalid"))
                .body("errors.pointer", contains("/items/0"));
    }

    @Test
    void keepsNoSecretThatIsPastedIntoAUser() {
        var secret =
                MockRegistration.make("Secret pasted into a user", Map.of()).secret();
        for (var pasted : List.of(secret, Credentials.token("credential-write"))) {
            var user = Map.of(
                    "uuid", "700000000002",
                    "login", "otto",
                    "about", "Logs in with " + pasted,
                    "given_name", "Otto",
                    "family_name", "Nobody",
                    "id_assurance_level", 3,
                    "authentication_assurance_level", 3,
                    "authenticator", "FIDO2");
            test.request()
                    .body(Map.of("items", List.of(user)))
                    .put(test.path("users"))
                    .then()
                    .statusCode(422)
                    .body("errors.code", contains("secret-pasted"))
                    .body("errors.pointer", contains("/items/0/about"));
        }
    }

    @Test
    void hasAClockOfItsOwn() {
        test.request()
                .body(Map.of("time", "2030-02-28T23:59:00Z", "runs", false))
                .put(test.path("clock"))
                .then()
                .statusCode(200)
                .body("time", equalTo("2030-02-28T23:59:00Z"))
                .body("runs", equalTo(false));
        assertThat(failing(USER)).contains("JWT issue time ahead");
        test.request()
                .body(Map.of("time", "2020-01-01T00:00:00Z"))
                .put(test.path("clock"))
                .then()
                .statusCode(200);
        assertThat(failing(USER)).contains("Expired JWT");
        test.request()
                .body(Map.of("time", "later"))
                .put(test.path("clock"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("clock-time-invalid"));
    }

    /** Published before it is used, and the one before withdrawn after it was replaced: nobody's log-in fails meanwhile. */
    @Test
    void turnsItsKeyInSteps() {
        turn("use", 409);
        turn("withdraw", 409);
        var before = kids();
        assertThat(before).hasSize(1);
        turn("publish", 204);
        assertThat(kids()).hasSize(2);
        assertThat(failing(USER)).isEmpty();
        turn("use", 204);
        assertThat(failing(USER)).isEmpty();
        turn("withdraw", 204);
        assertThat(kids()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(failing(USER)).isEmpty();
        turn("lose", 422);
    }

    private void turn(String step, int status) {
        MockTest.patiently(() -> test.request().body(Map.of("step", step)).post(test.path("keys")))
                .then()
                .statusCode(status);
    }

    private List<String> kids() {
        return Api.bare().get("/mock/t/" + test.id() + "/connect/jwk_uri").path("keys.kid");
    }

    @Test
    void holdsSoMuchAndNoMore() {
        var client = Map.of(
                "redirect_uris", List.of(MockTest.Client.REDIRECT), "token_endpoint_auth_method", "client_secret_post");
        test.request()
                .body(Map.of(
                        "items", IntStream.range(0, 21).mapToObj(i -> client).toList()))
                .put(test.path("clients"))
                .then()
                .statusCode(429)
                .body("code", equalTo("limit-reached"));
        test.request()
                .body(Map.of("items", List.of(Map.of("redirect_uris", List.of("ftp://x")))))
                .put(test.path("clients"))
                .then()
                .statusCode(422);
        test.request()
                .get(test.path("clients"))
                .then()
                .body("items", hasSize(1))
                .body("items[0].token_endpoint_auth_method", equalTo("client_secret_basic"));
    }

    /** A team answers for it: no page comes between the mock and its redirect URI, wherever that is. */
    @Test
    void withATeamsCredentialAnswersGoAnywhereWithoutAClick() {
        var trusted =
                MockTest.make(Api.with(Credentials.token("credential-write")).request());
        for (var one : List.of(trusted, test)) {
            var elsewhere = one.client(Map.of("redirect_uris", List.of("https://app.supplier.co.uk/callback")));
            Api.bare()
                    .redirects()
                    .follow(false)
                    .queryParam("client_id", elsewhere.id())
                    .queryParam("response_type", "code")
                    .queryParam("scope", "openid")
                    .queryParam("redirect_uri", "https://app.supplier.co.uk/callback")
                    .queryParam("login_hint", USER)
                    .get("/mock/t/" + one.id() + "/authorize")
                    .then()
                    .statusCode(one == trusted ? 302 : 200);
        }
    }

    @Test
    void refusesParametersThatNothingReadsAsTheApiDoes() {
        for (var path : List.of(test.path("faults"), "/mock/faults", "/mock/users")) {
            test.request()
                    .get(path + "?nothing=reads")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-unknown"));
        }
        test.request().get(test.path("log") + "?limit=1").then().statusCode(200);
    }

    @Test
    void everyFaultSaysWhatAGoodRelyingPartyDoes() {
        Api.bare()
                .get("/mock/faults")
                .then()
                .statusCode(200)
                .body("items.name", org.hamcrest.Matchers.hasItems("nonce-wrong", "aud-wrong", "logout-alg-none"))
                .body("items.good_client", org.hamcrest.Matchers.everyItem(org.hamcrest.Matchers.endsWith(".")));
        test.request()
                .body(Map.of("name", "rain"))
                .post(test.path("faults"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("fault-unknown"));
    }
}
