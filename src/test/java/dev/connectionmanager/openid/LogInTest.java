package dev.connectionmanager.openid;

import static dev.connectionmanager.testing.Persons.accessToken;
import static dev.connectionmanager.testing.Persons.authorize;
import static dev.connectionmanager.testing.Persons.browser;
import static dev.connectionmanager.testing.Persons.code;
import static dev.connectionmanager.testing.Persons.get;
import static dev.connectionmanager.testing.Persons.newBrowser;
import static dev.connectionmanager.testing.Persons.post;
import static dev.connectionmanager.testing.Persons.redeem;
import static dev.connectionmanager.testing.Persons.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class LogInTest {
    @Test
    void bearerTokenOpensTheApi() {
        Api.bare()
                .auth()
                .oauth2(accessToken("viewer"))
                .get("/api/v1/teams")
                .then()
                .statusCode(200);
    }

    @Test
    void noTokenAndWrongTokenAreToldHowToDoIt() {
        Api.bare()
                .redirects()
                .follow(false)
                .get("/api/v1/teams")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
        Api.bare()
                .auth()
                .oauth2("wrong")
                .get("/api/v1/teams")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }

    @Test
    void idTokenIsNoAccessToken() {
        Api.bare()
                .auth()
                .oauth2(tokens("owner").get("id_token"))
                .get("/api/v1/teams")
                .then()
                .statusCode(401);
    }

    @Test
    void sessionCookieIsNoCredentialOnTheApi() {
        var owner = browser("owner");
        assertThat(get(owner, "/teams").statusCode()).isEqualTo(200);
        assertThat(get(owner, "/api/v1/teams").statusCode()).isEqualTo(401);
    }

    @Test
    void bearerTokenIsNoSessionOnThePages() {
        Api.bare()
                .redirects()
                .follow(false)
                .auth()
                .oauth2(accessToken("owner"))
                .get("/teams")
                .then()
                .statusCode(302);
    }

    @Test
    void codeIsRedeemedOnce() {
        var verifier = new CodeVerifier();
        var code = code(authorize("owner", verifier));
        assertThat(redeem(code, verifier)).containsKey("access_token");
        assertThat(redeem(code, verifier)).containsEntry("error", "invalid_grant");
    }

    @Test
    void codeIsWorthlessWithoutItsVerifier() {
        assertThat(redeem(code(authorize("owner", new CodeVerifier())), new CodeVerifier()))
                .containsEntry("error", "invalid_grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/cb", "http://127.0.0.1.evil.example/cb", "http://localhost@evil.example/"})
    void neverRedirectsToAnUnknownAddress(String redirectUri) {
        var answer = Api.bare()
                .redirects()
                .follow(false)
                .queryParam("response_type", "code")
                .queryParam("client_id", "connection-manager-cli")
                .queryParam("redirect_uri", redirectUri)
                .queryParam("login_hint", "owner")
                .get("/local/openid/authorize");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.header("Location")).isNull();
    }

    @Test
    void refusesToWorkWithoutPkce() {
        Api.bare()
                .redirects()
                .follow(false)
                .queryParam("response_type", "code")
                .queryParam("client_id", "connection-manager-cli")
                .queryParam("redirect_uri", "http://127.0.0.1:1/cb")
                .queryParam("login_hint", "owner")
                .get("/local/openid/authorize")
                .then()
                .statusCode(303)
                .header("Location", containsString("error=invalid_request"));
    }

    @Test
    void logInPageListsEveryUserAndLogsIn() {
        var nobody = newBrowser();
        var page = get(nobody, "/login");
        assertThat(page.body()).contains("other-owner", "newcomer", "operator2");
        var request = page.uri().getRawQuery();
        post(nobody, "/local/openid/login", "user", "newcomer", "request", request);
        assertThat(get(nobody, "/teams").body()).contains("You are not a member of a team yet");
    }

    @Test
    void logOutEndsBothSessions() {
        var owner = browser("owner");
        assertThat(get(owner, "/").body()).contains("Olivia Owner");
        assertThat(post(owner, "/logout").uri().getPath()).isEqualTo("/");
        assertThat(get(owner, "/").body()).doesNotContain("Olivia Owner");
        assertThat(get(owner, "/teams").body()).contains("Log in as");
    }

    @Test
    void goesWhereThePersonWantedToGo() {
        assertThat(get(browser("owner"), "/teams/5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11")
                        .body())
                .contains("Example Supplier");
        var nobody = newBrowser();
        assertThat(get(nobody, "/teams/5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11?login_hint=owner")
                        .uri()
                        .getPath())
                .isEqualTo("/teams/5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11");
    }

    @Test
    void beginsAnewWhenALogInIsNotValidAnyMore() {
        var answer = get(newBrowser(), "/login/callback?code=used&state=unknown");
        assertThat(answer.body()).contains("Log in as");
    }

    @Test
    void aUsedCodeGetsAPageThatSaysWhatToDo() {
        var cookies = new CookieManager();
        var browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        var toProvider = location(get(browser, "/login?login_hint=owner"));
        var state = cookies.getCookieStore().getCookies().get(0);
        var callback = location(
                Persons.send(browser, HttpRequest.newBuilder(toProvider).build()));
        assertThat(Persons.send(browser, HttpRequest.newBuilder(callback).build())
                        .statusCode())
                .isEqualTo(302);
        var again = HttpRequest.newBuilder(callback)
                .header("Cookie", state.getName() + "=" + state.getValue())
                .build();
        var answer = Persons.send(HttpClient.newHttpClient(), again);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("Logging in did not work", "href=\"/login\"");
    }

    private static URI location(java.net.http.HttpResponse<?> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }

    @Test
    void forgetsASessionThatCannotBeRead() {
        Api.bare()
                .redirects()
                .follow(false)
                .cookie("q_session", "unreadable")
                .get("/")
                .then()
                .statusCode(303)
                .header("Location", "/")
                .cookie("q_session", "");
    }

    @Test
    void sessionCookieIsClosedToScriptsAndTellsNothing() {
        var cookies = new CookieManager();
        var client = HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        get(client, "/login?login_hint=owner");
        var session = cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith("q_session"))
                .findFirst()
                .orElseThrow();
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(session.getValue()).doesNotContain("owner").doesNotStartWith("eyJhbGciOiJSUzI1NiI");
    }

    @Test
    void discoveryNamesEveryEndpoint() {
        Api.bare()
                .get("/local/openid/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("issuer", equalTo(Persons.address() + "/local/openid"))
                .body("end_session_endpoint", endsWith("/local/openid/logout"));
    }

    @Test
    void userInfoTellsAboutTheHolderOfTheToken() {
        Api.bare()
                .auth()
                .oauth2(accessToken("owner"))
                .get("/local/openid/userinfo")
                .then()
                .statusCode(200)
                .body("email", equalTo("owner@local.example"));
        Api.bare().get("/local/openid/userinfo").then().statusCode(401);
    }

    @Test
    void refusesAFormThatAnotherSiteSends() {
        var owner = browser("owner");
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + "/logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(Persons.send(
                                owner,
                                request.copy()
                                        .header("Origin", "https://evil.example")
                                        .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(Persons.send(
                                owner,
                                request.copy()
                                        .header("Sec-Fetch-Site", "cross-site")
                                        .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(Persons.send(owner, request.copy().build()).statusCode()).isEqualTo(403);
        assertThat(get(owner, "/teams").body()).contains("Example Supplier");
    }
}
