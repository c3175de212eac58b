package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.mock.fault.Fault;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.ErrorLinks;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has no account finds their way at the mock, without scripts, and is told in its own words what is wrong. */
@PortalTest
class MockPagesJourneyTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    /** Java's own, where a program names none. */
    private static final String JAVA = "text/html, image/gif, image/jpeg, */*; q=0.2";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesATestAndAClientAndReadsTheLog(boolean scripts) {
        MockTest.make();
        try (var browser = scripts ? Browser.open() : Browser.withoutScripts()) {
            browser.go("/mock").sees("Mock authorisation service");
            browser.follow("See the faults").sees("What the mock can do wrong on purpose");
            assertThat(browser.text())
                    .contains(List.of(Fault.values()).stream().map(Fault::code).toList())
                    .contains("Refuses a nonce that is not its own.");
            browser.go("/mock/users/page").sees("Users");

            browser.go("/mock").follow("Make a test of your own").sees("Make a test of your own");
            browser.press("Make a test").sees("Your test is made");
            var token = browser.page.locator("#token").innerText();
            var issuer = browser.page.locator("#issuer").innerText();
            assertThat(token).matches("cm_mock_[a-z0-9]{40}");
            assertThat(browser.text()).contains("TOKEN=" + token, issuer.replace("/t/", "/tests/") + "/faults");
            logInAsAStranger(browser, new MockTest(issuer.substring(issuer.lastIndexOf('/') + 1), issuer, token));

            browser.go("/mock/clients").sees("Make a test client");
            browser.press("Make the client").sees("Test client made");
            var clientId = browser.page.locator("#client-id").innerText();
            var ofClient = browser.page.locator("#client-token").innerText();
            refuse(clientId, "");
            browser.follow("read why a log-in failed").sees("Why did my log-in fail?");
            browser.fill("Client ID, or id of the test", clientId).fill("Token", token);
            browser.press("Show the log").look("log of a test client refused");
            assertThat(browser.text()).contains("This is not the token of this client or test");
            browser.fill("Token", ofClient).press("Show the log").look("log of a test client");
            assertThat(browser.text()).contains("Authorization request: refused", "differs at character");
        }
    }

    /** Names that anybody may have chosen are marked. */
    private static void logInAsAStranger(Browser browser, MockTest test) {
        test.request()
                .body(Map.of(
                        "items",
                        List.of(Map.of(
                                "uuid", "700000000001",
                                "login", "nina",
                                "given_name", "Your",
                                "family_name", "Bank",
                                "id_assurance_level", 3,
                                "authentication_assurance_level", 3,
                                "authenticator", "FIDO2"))))
                .put(test.path("users"))
                .then()
                .statusCode(200);
        var client = test.client(Map.of());
        browser.go(test.issuer() + "/authorize?response_type=code&scope=openid&client_id=" + client.id()
                + "&redirect_uri=" + MockTest.Client.REDIRECT);
        browser.sees("Log in as");
        assertThat(browser.text()).contains("Your Bank", "Nobody has checked them.", "Nobody has checked that name.");
        browser.go(test.issuer()).sees("Mock authorisation service");
        assertThat(browser.text()).contains("This is a test that somebody made for themselves");
    }

    private static void refuse(String clientId, String accept) {
        Api.bare()
                .accept(accept.isEmpty() ? "*/*" : accept)
                .queryParam("client_id", clientId)
                .queryParam("redirect_uri", "http://localhost:8080/callbacks")
                .get("/mock/authorize")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /mock/nothing, 404, The mock has nothing at this address",
        "DELETE, /mock/clients, 405, The mock cannot do that at this address",
        "GET, /mock/login, 405, The mock cannot do that at this address",
        "GET, /mock/t/made-up/authorize, 404, The mock has nothing at this address"
    })
    void tellsBrowsersByAPageAndProgramsByJson(String method, String path, int status, String heading) {
        Api.bare()
                .accept(BROWSER)
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("text/html")
                .body(
                        containsString("<h1>" + heading + "</h1>"),
                        containsString("<strong class=\"nhsuk-tag nhsuk-tag--yellow\">Mock"));
        Api.bare()
                .accept("application/json")
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("error", equalTo("invalid_request"));
    }

    /** Some libraries say that they would like a page where a program asks. */
    @ParameterizedTest
    @CsvSource({
        "POST, /mock/access_token, 415",
        "PUT, /mock/userinfo, 405",
        "DELETE, /mock/.well-known/openid-configuration, 405",
        "PUT, /mock/register, 405"
    })
    void answersWhatOnlyProgramsAskForInJson(String method, String path, int status) {
        Api.bare()
                .accept(JAVA)
                .contentType("text/plain")
                .body("x")
                .request(method, path)
                .then()
                .statusCode(status)
                .contentType("application/json");
    }

    /** No browser sends these, but each error leads to a field all the same. */
    @Test
    void whatIsWrongWithATestClientLeadsToItsField() {
        var page = Api.bare()
                .formParam("client_name", "x".repeat(1_000))
                .formParam("redirect_uris", "ftp://made-up")
                .formParam("token_endpoint_auth_method", "made-up")
                .formParam("userinfo_signed_response_alg", "made-up")
                .formParam("backchannel_logout_uri", "made-up")
                .post("/mock/clients")
                .then()
                .statusCode(422)
                .extract()
                .asString();
        assertThat(ErrorLinks.checked(page))
                .contains(
                        "href=\"#client_name\"",
                        "href=\"#redirect_uris\"",
                        "href=\"#token_endpoint_auth_method\"",
                        "href=\"#userinfo_signed_response_alg\"",
                        "href=\"#backchannel_logout_uri\"");
    }

    /** As in the portal’s own forms a GUID is refused that is a secret, and no other. */
    @Test
    void aClientSecretInTheNameOfATestClientGoesNoFurther() {
        var secret =
                MockRegistration.make("Secret pasted into the mock", Map.of()).secret();
        var name = "Ward " + secret.toUpperCase(Locale.ROOT).replace("-", "");
        Api.bare()
                .formParam("client_name", name)
                .formParam("redirect_uris", "http://localhost:3000/callback")
                .post("/mock/clients")
                .then()
                .statusCode(422)
                .body(containsString("href=\"#client_name\""), not(containsString(name)));
        var client = Map.of(
                "client_name", name, "redirect_uris", List.of("http://localhost:3000/callback?tenant=" + secret));
        Api.bare()
                .contentType("application/json")
                .body(client)
                .post("/mock/register")
                .then()
                .statusCode(400)
                .body(
                        "errors.code",
                        equalTo(List.of("secret-pasted", "secret-pasted")),
                        "errors.pointer",
                        containsInAnyOrder("/client_name", "/redirect_uris/0"));
        var test = MockTest.make();
        test.request()
                .body(Map.of("items", List.of(client)))
                .put(test.path("clients"))
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/items/0/client_name"));
        Api.bare()
                .contentType("application/json")
                .body(Map.of(
                        "client_name",
                        "Ward " + UUID.randomUUID(),
                        "redirect_uris",
                        List.of("http://localhost:3000/callback")))
                .post("/mock/register")
                .then()
                .statusCode(201);
    }

    /** No answer repeats a key, and nothing keeps it. */
    @Test
    void aKeyInAFormOfATestClientGoesNoFurther() {
        var key =
                "-----BEGIN PRIVATE KEY-----MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ-----END PRIVATE KEY-----";
        Api.bare()
                .formParam("client_name", key)
                .formParam("redirect_uris", "http://localhost:3000/callback")
                .formParam("token_endpoint_auth_method", "client_secret_basic")
                .post("/mock/clients")
                .then()
                .statusCode(422)
                .body(containsString("http://localhost:3000/callback"), not(containsString("MIIE")));
        Api.bare()
                .contentType("application/json")
                .body(Map.of("client_name", key, "redirect_uris", List.of("http://localhost:3000/callback")))
                .post("/mock/register")
                .then()
                .statusCode(400)
                .body("errors.code", hasItem("secret-pasted"), "errors.pointer[0]", startsWith("/client_name"));
    }
}
