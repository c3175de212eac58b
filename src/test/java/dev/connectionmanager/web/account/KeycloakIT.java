package dev.connectionmanager.web.account;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.sun.net.httpserver.HttpServer;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.ForeignProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The packaged portal on two nodes, outside local mode, against a foreign OpenID Provider: see docs/running.md. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeycloakIT {
    private static final String TEAM = UUID.randomUUID().toString();
    private static final int SECOND_PORT = ForeignProvider.freePort();

    private static ForeignProvider provider;
    private static ForeignProvider.Node first;
    private static ForeignProvider.Node second;

    @BeforeAll
    static void start() throws Exception {
        provider = ForeignProvider.start();
        first = provider.firstNode();
        second = provider.node(SECOND_PORT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    @Order(1)
    void operatorGivesATeamAccessByScript() throws Exception {
        try (var browser = Browser.at(provider.portal())) {
            logIn(browser, "opal");
            assertThat(browser.text()).contains("Opal Operator");
            given().auth()
                    .oauth2(accessToken(browser))
                    .contentType("application/json")
                    .body(Map.of(
                            "team_id",
                            TEAM,
                            "name",
                            "Keycloak Supplier",
                            "categories",
                            List.of("supplier"),
                            "owner_email",
                            "olivia@health.example"))
                    .post(second.address() + "/api/v1/teams")
                    .then()
                    .statusCode(201);
        }
    }

    @Test
    @Order(2)
    void ownerIsKnownByTheVerifiedAddress() throws Exception {
        try (var browser = Browser.at(provider.portal())) {
            logIn(browser, "olivia");
            browser.go("/teams").press("Join Keycloak Supplier");
            assertThat(browser.text()).contains("Keycloak Supplier", "Olivia Owner");
            var token = accessToken(browser);
            given().auth()
                    .oauth2(token)
                    .get(first.address() + "/api/v1/teams")
                    .then()
                    .statusCode(200)
                    .body("items.name", hasItem("Keycloak Supplier"));
            given().auth()
                    .oauth2(token)
                    .contentType("application/json")
                    .body(Map.of(
                            "team_id",
                            UUID.randomUUID().toString(),
                            "name",
                            "Not by an owner",
                            "categories",
                            List.of("supplier"),
                            "owner_email",
                            "olivia@health.example"))
                    .post(first.address() + "/api/v1/teams")
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(token)
                    .contentType("application/json")
                    .body(Map.of("email", "invited@health.example", "role", "viewer"))
                    .post(first.address() + "/api/v1/teams/" + TEAM + "/members")
                    .then()
                    .statusCode(201);
        }
    }

    /** Keycloak says that nobody has verified this address: it could be anybody's. */
    @Test
    @Order(3)
    void anAddressThatIsNotVerifiedOpensNoTeam() {
        try (var browser = Browser.at(provider.portal())) {
            logIn(browser, "mallory");
            assertThat(browser.text()).doesNotContain("Keycloak Supplier");
            assertThat(status(first, browser.sessionCookie(), "/teams/" + TEAM)).isEqualTo(404);
        }
    }

    @Test
    @Order(4)
    void loggingOutAtKeycloakEndsTheSessionOnEveryNode() {
        try (var browser = Browser.at(provider.portal());
                var elsewhere = Browser.at(provider.portal())) {
            logIn(browser, "olivia");
            logIn(elsewhere, "olivia");
            var cookie = browser.sessionCookie();
            assertThat(status(first, cookie, "/teams")).isEqualTo(200);
            assertThat(status(second, cookie, "/teams")).isEqualTo(200);
            browser.page.navigate(provider.issuer() + "/protocol/openid-connect/logout");
            browser.page.locator("#kc-logout").click();
            browser.page.waitForURL("**/logout-confirm**");
            assertThat(status(first, cookie, "/teams")).isEqualTo(303);
            assertThat(status(second, cookie, "/teams")).isEqualTo(303);
            assertThat(status(first, elsewhere.sessionCookie(), "/teams"))
                    .as("her session in another browser")
                    .isEqualTo(200);
        }
    }

    @Test
    @Order(5)
    void loggingOutHereEndsTheSessionOnEveryNodeAndAtKeycloak() {
        try (var browser = Browser.at(provider.portal())) {
            logIn(browser, "olivia");
            var cookie = browser.sessionCookie();
            browser.go("/").press("Log out");
            assertThat(browser.page.url()).isEqualTo(provider.portal() + "/");
            assertThat(status(first, cookie, "/teams")).isEqualTo(303);
            assertThat(status(second, cookie, "/teams")).isEqualTo(303);
            browser.go("/login");
            assertThat(browser.page.url()).startsWith(provider.issuer());
        }
    }

    @Test
    @Order(6)
    void aRestartNeitherEndsSessionsNorBringsThemBack() throws Exception {
        try (var browser = Browser.at(provider.portal());
                var other = Browser.at(provider.portal())) {
            logIn(browser, "olivia");
            logIn(other, "opal");
            var ended = browser.sessionCookie();
            browser.go("/").press("Log out");
            first.stop();
            first = provider.firstNode();
            assertThat(status(first, other.sessionCookie(), "/teams")).isEqualTo(200);
            assertThat(status(first, ended, "/teams")).isEqualTo(303);
        }
    }

    private static void logIn(Browser browser, String user) {
        browser.go("/login");
        browser.page.locator("#username").fill(user);
        browser.page.locator("#password").fill(user + "-password");
        browser.page.locator("#kc-login").click();
        browser.page.waitForURL(provider.portal() + "/**");
    }

    /** The code flow of a script on the same computer: RFC 8252. The browser is logged in already. */
    private static String accessToken(Browser browser) throws Exception {
        var verifier = new CodeVerifier();
        var query = new CompletableFuture<String>();
        var script = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        script.createContext("/callback", exchange -> {
            query.complete(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        script.start();
        try {
            var redirectUri = "http://127.0.0.1:" + script.getAddress().getPort() + "/callback";
            // A 204 leaves the page as it is, which Playwright takes for a navigation that did not happen.
            browser.page.evaluate(
                    "address => { window.location = address }",
                    provider.issuer() + "/protocol/openid-connect/auth?response_type=code&scope=openid&state=s"
                            + "&client_id=connection-manager-cli&code_challenge_method=S256&code_challenge="
                            + CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                                    .getValue()
                            + "&redirect_uri=" + redirectUri);
            var code = query.get(20, TimeUnit.SECONDS).replaceFirst(".*\\bcode=([^&]*).*", "$1");
            return given().formParams(Map.of(
                            "grant_type",
                            "authorization_code",
                            "client_id",
                            "connection-manager-cli",
                            "code",
                            code,
                            "redirect_uri",
                            redirectUri,
                            "code_verifier",
                            verifier.getValue()))
                    .post(provider.issuer() + "/protocol/openid-connect/token")
                    .then()
                    .statusCode(200)
                    .body("token_type", equalTo("Bearer"))
                    .extract()
                    .path("access_token");
        } finally {
            script.stop(0);
        }
    }

    /** What this cookie alone gives. */
    private static int status(ForeignProvider.Node node, String cookie, String path) {
        return given().redirects()
                .follow(false)
                .cookie("q_session", cookie)
                .get(node.address() + path)
                .statusCode();
    }
}
