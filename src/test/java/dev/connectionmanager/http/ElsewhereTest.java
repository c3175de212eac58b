package dev.connectionmanager.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.testing.DeployedPortalTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The portal outside local mode, behind a proxy that ends TLS. */
@DeployedPortalTest
class ElsewhereTest {
    @Inject
    AgroalDataSource database;

    static Stream<String> localPaths() {
        return Stream.of("GET", "POST", "PUT", "DELETE", "PATCH").flatMap(method -> Stream.of(
                        "/local",
                        "/local/",
                        "/local/mail",
                        "/local/mail/00000000-0000-4000-8000-000000000000",
                        "/local/mail/00000000-0000-4000-8000-000000000000/html",
                        "/local/openid",
                        "/local/openid/.well-known/openid-configuration",
                        "/local/openid/jwks",
                        "/local/openid/authorize",
                        "/local/openid/login",
                        "/local/openid/token",
                        "/local/openid/userinfo",
                        "/local/openid/logout",
                        "/%6cocal/openid/jwks")
                .map(path -> method + " " + path));
    }

    /** Neither another method nor another media type may tell that something is there. */
    @ParameterizedTest
    @MethodSource("localPaths")
    void knowsNothingOfLocalMode(String call) {
        var method = call.substring(0, call.indexOf(' '));
        var path = call.substring(call.indexOf(' ') + 1);
        given().urlEncodingEnabled(false)
                .header("Origin", "https://portal.example")
                .contentType("application/json")
                .request(method, path)
                .then()
                .statusCode(404);
        given().urlEncodingEnabled(false)
                .header("Origin", "https://evil.example")
                .request(method, path)
                .then()
                .statusCode(404);
    }

    @Test
    void givesNoTeamAccessOfItself() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from team")) {
            count.next();
            assertThat(count.getInt(1)).isZero();
        }
    }

    /** CWE-644: whoever chooses the Host header must not choose where the OpenID Provider sends people. */
    @Test
    void sendsPeopleBackToThePublicAddressWhateverHostWasAskedFor() {
        given().redirects()
                .follow(false)
                .header("Host", "evil.example")
                .get("/login")
                .then()
                .statusCode(302)
                .header("Location", containsString("redirect_uri=https%3A%2F%2Fportal.example%2Flogin%2Fcallback"))
                .header("Location", not(containsString("evil")))
                .header("Set-Cookie", startsWith("__Host-q_auth"))
                .header("Set-Cookie", containsString("; Path=/; Secure; HTTPOnly"));
    }

    /** RFC 6265bis section 4.1.3.2: a cookie of the plain name may come from any host of the domain. */
    @Test
    void takesASessionFromThisHostOnly() {
        given().redirects()
                .follow(false)
                .header("Cookie", "__Host-q_session=over; other=1")
                .get("/teams")
                .then()
                .statusCode(303)
                .header("Location", "/teams")
                .header("Set-Cookie", startsWith("__Host-q_session=; Max-Age=0"))
                .header("Set-Cookie", containsString("Secure"));
        given().redirects()
                .follow(false)
                .header("Cookie", "q_session=planted")
                .get("/teams")
                .then()
                .statusCode(302)
                .header("Set-Cookie", startsWith("__Host-q_auth"));
    }

    @Test
    void asksBrowsersToStayWithHttps() {
        given().get("/").then().header("Strict-Transport-Security", startsWith("max-age="));
    }
}
