package dev.connectionmanager.openid;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The local OpenID Provider keeps to its specifications, also when it is asked for what it must refuse. */
@PortalTest
class OpenIdProviderTest {
    private static final String CALLBACK = "http://127.0.0.1:45678/callback";
    private static final String PORTAL = "connection-manager";

    private final CodeVerifier verifier = new CodeVerifier();

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, '', invalid_request",
        "prompt, none, login_required",
        "prompt, nonsense, invalid_request",
        "request, eyJhbGciOiJub25lIn0.e30., request_not_supported",
        "request_uri, https://evil.example/request, request_uri_not_supported"
    })
    void tellsTheClientWhatIsWrong(String parameter, String value, String error) {
        var parameters = parameters();
        parameters.remove("login_hint");
        if (value.isEmpty()) {
            parameters.remove(parameter);
        } else {
            parameters.put(parameter, value);
        }
        authorize(parameters)
                .then()
                .statusCode(303)
                .header("Location", allOf(startsWith(CALLBACK + "?"), containsString("error=" + error + "&")))
                .header("Location", containsString("state=s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_id", "redirect_uri"})
    void redirectsNowhereWithoutAClientAndItsAddress(String missing) {
        var parameters = parameters();
        parameters.remove(missing);
        authorize(parameters).then().statusCode(400).header("Location", nullValue());
    }

    @Test
    void portalsRedirectUriIsNotTheScriptsOne() {
        var parameters = parameters();
        parameters.put("client_id", PORTAL);
        authorize(parameters).then().statusCode(400).header("Location", nullValue());
    }

    @Test
    void loginHintWorksWithoutOpenIdScopeToo() {
        var parameters = parameters();
        parameters.remove("scope");
        authorize(parameters).then().statusCode(303).header("Location", containsString("code="));
    }

    @Test
    void unknownLoginHintIsAskedAbout() {
        var parameters = parameters();
        parameters.put("login_hint", "ownr");
        authorize(parameters).then().statusCode(200).body(containsString("other-owner"));
    }

    @Test
    void codeCarriesItsNonceIntoTheIdToken() throws Exception {
        var idToken = redeem(given(), Map.of()).then().statusCode(200).extract().<String>path("id_token");
        assertThat(SignedJWT.parse(idToken).getJWTClaimsSet().getStringClaim("nonce"))
                .isEqualTo("n1");
    }

    @Test
    void accessTokenOfScriptsIsForTheApiAndSaysWhoItIs() throws Exception {
        var claims = SignedJWT.parse(Persons.accessToken("operator")).getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("connection-manager-api");
        assertThat(claims.getIssuer()).isEqualTo(Persons.address() + "/local/openid");
        assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        assertThat(claims.getStringClaim("email")).endsWith(".example");
        assertThat(claims.getStringClaim("name")).isNotBlank();
        assertThat(claims.getStringListClaim("groups")).containsExactly("operator");
    }

    @Test
    void codeIsBoundToItsRedirectUri() {
        redeem(given(), Map.of("redirect_uri", "http://127.0.0.1:45679/callback"))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }

    @Test
    void codeIsBoundToItsClient() {
        redeem(given().auth().preemptive().basic(PORTAL, secret()), Map.of("client_id", PORTAL))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }

    @Test
    void codeThatSomebodyElseTriedIsSpent() {
        var code = code();
        redeem(given(), code, Map.of("code_verifier", new CodeVerifier().getValue()))
                .then()
                .statusCode(400);
        redeem(given(), code, Map.of()).then().statusCode(400).body("error", equalTo("invalid_grant"));
    }

    @Test
    void refusesTheWrongSecret() {
        redeem(given().auth().preemptive().basic(PORTAL, "wrong"), Map.of("client_id", PORTAL))
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic"))
                .body("error", equalTo("invalid_client"));
        redeem(given(), Map.of("client_id", PORTAL, "client_secret", "wrong"))
                .then()
                .statusCode(401)
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void thePortalHasToAuthenticate() {
        redeem(given(), Map.of("client_id", PORTAL)).then().statusCode(401).body("error", equalTo("invalid_client"));
    }

    @Test
    void takesTheSecretInTheBodyToo() {
        redeem(given(), Map.of("client_id", PORTAL, "client_secret", secret()))
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type=authorization_code",
                "grant_type=password&username=owner&password=x&client_id=connection-manager-cli",
                "grant_type=authorization_code&code=&client_id=connection-manager-cli",
                "grant_type=authorization_code&code=x&code=y&client_id=connection-manager-cli",
                "grant_type=authorization_code&code=x&code_verifier=short&client_id=connection-manager-cli",
                "%%%",
                "grant_type=nonsense&client_id=connection-manager-cli"
            })
    void answersNonsenseInTheSpecifiedForm(String body) {
        given().contentType("application/x-www-form-urlencoded")
                .body(body)
                .post("/local/openid/token")
                .then()
                .statusCode(400)
                .header("Cache-Control", "no-store")
                .body("error", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response_type=%FF",
                "client_id=a&client_id=b",
                "redirect_uri=%00",
                "=",
                "&&&",
                "scope=openid&prompt=x"
            })
    void answersNonsenseWithAPage(String query) {
        var answer = Persons.get(HttpClient.newHttpClient(), "/local/openid/authorize?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void returnsTheStateAfterLogOut() {
        given().redirects()
                .follow(false)
                .queryParam("post_logout_redirect_uri", Persons.address() + "/")
                .queryParam("state", "a b")
                .get("/local/openid/logout")
                .then()
                .statusCode(303)
                .header("Location", Persons.address() + "/?state=a+b");
    }

    @Test
    void goesNowhereUnknownAfterLogOut() {
        given().redirects()
                .follow(false)
                .queryParam("post_logout_redirect_uri", "https://evil.example/")
                .get("/local/openid/logout")
                .then()
                .statusCode(200)
                .header("Location", nullValue());
    }

    @Test
    void publishesOnlyThePublicKey() {
        given().get("/local/openid/jwks")
                .then()
                .statusCode(200)
                .body("keys[0].n", notNullValue())
                .body("keys[0].d", nullValue());
    }

    @Test
    void saysThatPkceIsS256() {
        given().get("/local/openid/.well-known/openid-configuration")
                .then()
                .body("code_challenge_methods_supported", hasItem("S256"))
                .body("response_types_supported", equalTo(java.util.List.of("code")));
    }

    @Test
    void keepsItsKeyToItself() throws Exception {
        var directory = ConfigProvider.getConfig().getValue("connection-manager.local.directory", String.class);
        given().get("/local/openid/jwks").then().statusCode(200);
        var key = Path.of(directory, "openid-signing-key.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    private Map<String, String> parameters() {
        return new HashMap<>(Map.of(
                "response_type", "code",
                "client_id", "connection-manager-cli",
                "redirect_uri", CALLBACK,
                "scope", "openid",
                "state", "s1",
                "nonce", "n1",
                "code_challenge",
                        CodeChallenge.compute(CodeChallengeMethod.S256, verifier)
                                .getValue(),
                "code_challenge_method", "S256",
                "login_hint", "owner"));
    }

    private static Response authorize(Map<String, String> parameters) {
        return given().redirects().follow(false).queryParams(parameters).get("/local/openid/authorize");
    }

    private String code() {
        return authorize(parameters()).header("Location").replaceFirst(".*[?&]code=([^&]+).*", "$1");
    }

    private Response redeem(RequestSpecification client, Map<String, String> different) {
        return redeem(client, code(), different);
    }

    private Response redeem(RequestSpecification client, String code, Map<String, String> different) {
        var form = new HashMap<>(Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "client_id",
                "connection-manager-cli",
                "redirect_uri",
                CALLBACK,
                "code_verifier",
                verifier.getValue()));
        form.putAll(different);
        return client.formParams(form).post("/local/openid/token");
    }

    private static String secret() {
        return ConfigProvider.getConfig().getValue("quarkus.oidc.credentials.secret", String.class);
    }
}
