package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Suppliers;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.connectionmanager.mock.RelyingParty.LogIn;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenID Connect's own cases: what is refused, how it is told to the client, and what the log says of it. */
@PortalTest
class OpenIdConnectCasesTest {
    private static final Supplier<MockRegistration> CLIENT =
            Suppliers.memoize(() -> MockRegistration.make("Mock cases", Map.of()));
    private static final Supplier<MockRegistration> WITH_KEYS = Suppliers.memoize(() -> MockRegistration.make(
            "Mock cases with keys",
            Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", "https://keys.laboratory.co.uk/jwks")));

    private MockRegistration client;
    private RelyingParty party;

    @BeforeEach
    void begin() {
        client = CLIENT.get();
        party = client.relyingParty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scope         | openid nonsense | invalid_scope             | Unknown/invalid scope(s): [nonsense]",
                "scope         | profile         | invalid_scope             | Missing scope: openid",
                "response_type | token           | unsupported_response_type | Response type is not supported: token",
                "response_mode | fragment        | invalid_request           | Response mode is not supported: fragment",
                "prompt        | none login      | invalid_request           | Invalid parameter: prompt",
                "prompt        | now             | invalid_request           | Invalid parameter: prompt",
                "max_age       | soon            | invalid_request           | Invalid parameter: max_age",
                "request       | e30.e30.        | request_not_supported     | The request parameter is not supported",
                "request_uri   | https://x.test/ | request_uri_not_supported | The request_uri parameter is not supported",
                "code_challenge_method | S256    | invalid_request           | Missing parameter: code_challenge",
                "code_challenge | short          | invalid_request           | Invalid parameter: code_challenge",
            })
    void tellsTheClientWhatIsWrongWithItsRequest(String name, String value, String error, String description) {
        var answer = authorize(Map.of(name, value));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(client.redirectUri() + "?");
        assertThat(RelyingParty.parameter(answer, "error")).isEqualTo(error);
        assertThat(RelyingParty.parameter(answer, "error_description")).isEqualTo(description);
        assertThat(RelyingParty.parameter(answer, "state")).isEqualTo("the state");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("Cross-Origin-Opener-Policy")).isEmpty();
    }

    @Test
    void passesOverParametersThatNobodyKnows() {
        var answer = authorize(Map.of("unheard_of", "1", "ui_locales", "cy"));
        assertThat(RelyingParty.parameter(answer, "code")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://app.supplier.co.uk/callback/ | 36",
                "https://app.supplier.co.uk/Callback  | 28",
                "https://app.supplier.co.uk           | 27",
                "http://app.supplier.co.uk/callback   | 5",
                "https://evil.example/callback        | 9"
            })
    void sendsNobodyToAnAddressThatIsNotRegistered(String redirectUri, int position) {
        var answer = authorize(Map.of("redirect_uri", redirectUri));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
        assertThat(answer.body())
                .contains(
                        "redirect_uri_mismatch", "The redirection URI provided does not match a pre-registered value.")
                .doesNotContain("value=\"" + client.redirectUri());
        var told = lastLogIn(client);
        assertThat(told)
                .containsEntry("failed_check", "redirect_uri")
                .containsEntry("sent", redirectUri)
                .containsEntry("registered", client.redirectUri())
                .containsEntry("position", position);
        assertThat(told.get("detail").toString()).contains("differs at character " + position + ":");
    }

    @Test
    void doesNotKnowAClientThatNobodyRegistered() {
        var answer = authorize(Map.of("client_id", "100000000000.apps.supplier"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_client", "Client authentication failed");
    }

    @Test
    void asksNobodyWherePromptIsNone() {
        assertThat(RelyingParty.parameter(authorize(Map.of("prompt", "none", "login_hint", "")), "error"))
                .isEqualTo("login_required");
        var logIn = ask("gp", UnaryOperator.identity());
        assertThat(logIn.parameter("code")).isNotNull();
        var again = party.logIn().ask(null, "openid", request -> request.prompt(new Prompt(Prompt.Type.NONE)));
        assertThat(again.parameter("code")).as("the session is there").isNotNull();
        var elsewhere = party.inAnotherBrowser()
                .logIn()
                .ask(null, "openid", request -> request.prompt(new Prompt(Prompt.Type.NONE)));
        assertThat(elsewhere.parameter("error")).isEqualTo("login_required");
        var role = party.logIn()
                .ask("aal3-many-roles", "openid selectedrole", request -> request.prompt(new Prompt(Prompt.Type.NONE)));
        assertThat(role.parameter("error")).isEqualTo("interaction_required");
    }

    @Test
    void showsThePageAgainForPromptLoginAndAnOldSession() throws Exception {
        var first = judged(ask("gp", UnaryOperator.identity()));
        assertThat(party.logIn().ask(null, "openid", UnaryOperator.identity()).parameter("code"))
                .isNotNull();
        for (var prompt : new Prompt.Type[] {Prompt.Type.LOGIN, Prompt.Type.SELECT_ACCOUNT}) {
            var page = party.logIn().ask(null, "openid", request -> request.prompt(new Prompt(prompt)));
            assertThat(page.answer().body()).as(prompt.toString()).contains("Log in as");
        }
        var within = judged(party.logIn().ask(null, "openid", request -> request.maxAge(3600)));
        assertThat(within).isEqualTo(first);
        Thread.sleep(1100);
        var old = party.logIn().ask(null, "openid", request -> request.maxAge(0));
        assertThat(old.answer().body()).contains("Log in as");
        var anew = judged(party.logIn().ask("gp", "openid", request -> request.maxAge(0)));
        assertThat(anew).isGreaterThan(first);
    }

    /** @return auth_time */
    private long judged(LogIn logIn) throws Exception {
        var response = (OIDCTokenResponse) logIn.redeem(party.basic(client.secret()));
        return logIn.judge(response.getOIDCTokens()).getAuthenticationTime().getTime();
    }

    @ParameterizedTest
    @CsvSource({
        "gp, , AAL3_ANY, N3_SMARTCARD",
        "gp, AAL2_OR_AAL3_ANY, AAL2_OR_AAL3_ANY, N3_SMARTCARD",
        "gp, AAL3_FIDO2, AAL3_FIDO2, FIDO2",
        "gp, made_up, AAL3_ANY, N3_SMARTCARD",
        "aal2-totp, AAL3_ANY AAL2_ANY, AAL2_ANY, TOTP",
        "aal2-totp, AAL2_NHSMAIL, AAL2_NHSMAIL, NHSMAIL",
        "aal1, AAL1_USERPASS, AAL1_USERPASS, USERPASS",
        "aal2-totp, , ,",
        "aal2-totp, AAL3_SMARTCARD, ,",
        "aal1, AAL2_OR_AAL3_ANY, ,"
    })
    void negotiatesTheAssuranceLevel(String user, String asked, String acr, String amr) throws Exception {
        var logIn = ask(user, request -> asked == null ? request : request.customParameter("acr_values", asked));
        if (acr == null) {
            assertThat(logIn.parameter("error")).isEqualTo("access_denied");
            assertThat(logIn.parameter("error_description")).isEqualTo("requested assurance level not reached");
            assertThat(lastLogIn(client)).containsEntry("failed_check", "acr_values");
            return;
        }
        var response = (OIDCTokenResponse) logIn.redeem(party.basic(client.secret()));
        var claims = logIn.judge(response.getOIDCTokens());
        assertThat(claims.getACR().getValue()).isEqualTo(acr);
        assertThat(claims.getAMR()).extracting(Object::toString).containsExactly(amr);
    }

    @Test
    void takesACodeOnceAndRevokesWhatItBecame() {
        var logIn = ask("gp", UnaryOperator.identity());
        var first = (OIDCTokenResponse) logIn.redeem(party.basic(client.secret()));
        assertThat(userInfo(first)).isEqualTo(200);
        assertRefused(logIn.redeem(party.basic(client.secret())), 400, "invalid_grant");
        assertThat(lastLogIn(client).get("detail").toString()).contains("used before");
        assertThat(userInfo(first)).isEqualTo(401);
    }

    @Test
    void bindsACodeToItsClientRedirectUriAndVerifier() {
        var other = WITH_KEYS.get();
        var logIn = ask("gp", UnaryOperator.identity());
        var grant = new AuthorizationCodeGrant(
                new AuthorizationCode(logIn.parameter("code")), URI.create(client.redirectUri()), logIn.verifier);
        var thief = other.relyingParty();
        assertRefused(
                thief.redeem(thief.privateKeyJwt(LaboratoryInternet.KEY, JWSAlgorithm.RS256), grant),
                400,
                "invalid_grant");
        assertThat(lastLogIn(other).get("detail").toString()).contains("issued to another client");
        assertThat(logIn.redeem(party.basic(client.secret())).indicatesSuccess())
                .isTrue();

        var elsewhere = ask("gp", UnaryOperator.identity());
        assertRefused(
                party.redeem(
                        party.basic(client.secret()),
                        new AuthorizationCodeGrant(
                                new AuthorizationCode(elsewhere.parameter("code")),
                                URI.create(client.redirectUri() + "2"),
                                elsewhere.verifier)),
                400,
                "invalid_grant");
        assertThat(lastLogIn(client))
                .containsEntry("failed_check", "redirect_uri")
                .containsEntry("position", 36);

        var guessed = ask("gp", UnaryOperator.identity());
        assertRefused(
                party.redeem(
                        party.basic(client.secret()),
                        new AuthorizationCodeGrant(
                                new AuthorizationCode(guessed.parameter("code")),
                                URI.create(client.redirectUri()),
                                new CodeVerifier())),
                400,
                "invalid_grant");
        assertThat(lastLogIn(client)).containsEntry("failed_check", "code_verifier");
    }

    @Test
    void refusesAWrongSecretAndAnotherMethodWithTheReason() {
        assertRefused(ask("gp", UnaryOperator.identity()).redeem(party.basic("wrong")), 401, "invalid_client");
        assertThat(lastLogIn(client).get("detail").toString())
                .contains("secrets here have 36 characters, this one has 5");
        assertRefused(ask("gp", UnaryOperator.identity()).redeem(party.post(client.secret())), 401, "invalid_client");
        assertThat(lastLogIn(client))
                .containsEntry("failed_check", "token_endpoint_auth_method")
                .containsEntry("sent", "client_secret_post")
                .containsEntry("registered", "client_secret_basic");
    }

    @Test
    void takesTheIssuerAndTheTokenAddressAsAudienceAndSaysWhich() {
        var withKeys = WITH_KEYS.get();
        var signing = withKeys.relyingParty();
        assertThat(redeem(
                                signing,
                                audience(signing, signing.provider().getIssuer().getValue()))
                        .indicatesSuccess())
                .isTrue();
        assertThat(checkOf(withKeys, "client_assertion aud")).contains("aud is the issuer");
        assertThat(redeem(
                                signing,
                                audience(
                                        signing,
                                        signing.provider().getTokenEndpointURI().toString()))
                        .indicatesSuccess())
                .isTrue();
        assertThat(checkOf(withKeys, "client_assertion aud")).contains("address of the token endpoint");
        assertRefused(redeem(signing, audience(signing, "https://elsewhere.test/")), 401, "invalid_client");
        assertThat(lastLogIn(withKeys)).containsEntry("failed_check", "client_assertion aud");
    }

    @Test
    void takesAnAssertionOnceAndOnlyBySomeKeyOfItsOwn() {
        var withKeys = WITH_KEYS.get();
        var signing = withKeys.relyingParty();
        var assertion = audience(signing, signing.provider().getIssuer().getValue());
        assertThat(redeem(signing, assertion).indicatesSuccess()).isTrue();
        assertRefused(redeem(signing, assertion), 401, "invalid_client");
        assertThat(lastLogIn(withKeys)).containsEntry("failed_check", "client_assertion jti");

        assertRefused(
                redeem(signing, signing.privateKeyJwt(LaboratoryInternet.key(1, "current"), JWSAlgorithm.RS256)),
                401,
                "invalid_client");
        assertThat(lastLogIn(withKeys)).containsEntry("failed_check", "client_assertion signature");
        assertRefused(
                redeem(signing, signing.privateKeyJwt(LaboratoryInternet.key(1, "other"), JWSAlgorithm.RS256)),
                401,
                "invalid_client");
        assertThat(lastLogIn(withKeys))
                .containsEntry("failed_check", "client_assertion kid")
                .containsEntry("sent", "other")
                .containsEntry("registered", "current");
    }

    @Test
    void answersTheTokenEndpointsOwnCases() throws Exception {
        var address = party.provider().getTokenEndpointURI();
        var got = Persons.send(party.browser(), HttpRequest.newBuilder(address).build());
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(got.body()).contains("method_not_allowed");
        var refresh = Persons.send(
                party.browser(),
                HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "Basic "
                                        + java.util.Base64.getEncoder()
                                                .encodeToString((client.clientId() + ":" + client.secret()).getBytes()))
                        .POST(BodyPublishers.ofString("grant_type=refresh_token"))
                        .build());
        assertThat(refresh.statusCode()).isEqualTo(400);
        assertThat(refresh.body()).contains("unsupported_grant_type");
        assertThat(refresh.headers().firstValue("Cache-Control")).hasValue("no-store");
        var bad = Persons.send(
                party.browser(),
                HttpRequest.newBuilder(party.provider().getUserInfoEndpointURI())
                        .header("Authorization", "Bearer made-up")
                        .build());
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(bad.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("invalid_token");
    }

    @Test
    void keepsASuspendedClientOutAndTellsItsTeamWhy() {
        var suspended = MockRegistration.make(
                "Mock suspended",
                Map.of("redirect_uris", java.util.List.of("https://suspended-in-mock.supplier.co.uk/callback")));
        var address = Api.as("operator").put(suspended.path() + "/suspension", Map.of("reason", "Mock"), "");
        assertThat(address.statusCode()).isIn(200, 204);
        var answer = authorize(suspended, Map.of("redirect_uri", "https://suspended-in-mock.supplier.co.uk/callback"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_client").doesNotContain("suspended this client");
        assertThat(lastLogIn(suspended).get("detail").toString()).contains("Operators have suspended");
    }

    @Test
    void notesTheLastUseOfASecretInTheMock() {
        var anew = MockRegistration.make("Mock secret use", Map.of());
        assertThat(Api.as("owner").get(anew.path() + "/secrets").<String>path("items[0].last_used_in_mock"))
                .isNull();
        var other = anew.relyingParty();
        assertThat(other.logIn()
                        .ask("gp", "openid", UnaryOperator.identity())
                        .redeem(other.basic(anew.secret()))
                        .indicatesSuccess())
                .isTrue();
        var read = Api.as("owner").get(anew.path() + "/secrets");
        assertThat(read.<String>path("items[0].last_used_in_mock")).isNotNull();
        assertThat(read.<String>path("items[0].last_used_at")).isNull();
    }

    private static ClientAuthentication audience(RelyingParty signing, String audience) {
        assertThat(new Audience(audience).getValue()).isNotEmpty();
        return signing.privateKeyJwt(LaboratoryInternet.KEY, JWSAlgorithm.RS256, URI.create(audience));
    }

    private static TokenResponse redeem(RelyingParty signing, ClientAuthentication authentication) {
        return signing.logIn().ask("gp", "openid", UnaryOperator.identity()).redeem(authentication);
    }

    private LogIn ask(
            String user, UnaryOperator<com.nimbusds.openid.connect.sdk.AuthenticationRequest.Builder> different) {
        return party.logIn().ask(user, "openid profile", different);
    }

    private int userInfo(OIDCTokenResponse tokens) {
        return Persons.send(
                        party.browser(),
                        HttpRequest.newBuilder(party.provider().getUserInfoEndpointURI())
                                .header(
                                        "Authorization",
                                        tokens.getOIDCTokens()
                                                .getBearerAccessToken()
                                                .toAuthorizationHeader())
                                .build())
                .statusCode();
    }

    private static void assertRefused(TokenResponse response, int status, String error) {
        assertThat(response.indicatesSuccess()).isFalse();
        assertThat(response.toErrorResponse().getErrorObject().getCode()).isEqualTo(error);
        assertThat(response.toErrorResponse().getErrorObject().getHTTPStatusCode())
                .isEqualTo(status);
    }

    private java.net.http.HttpResponse<String> authorize(Map<String, String> different) {
        return authorize(client, different);
    }

    private java.net.http.HttpResponse<String> authorize(MockRegistration registration, Map<String, String> different) {
        var parameters = new java.util.LinkedHashMap<String, String>(Map.of(
                "response_type", "code",
                "client_id", new ClientID(registration.clientId()).getValue(),
                "redirect_uri", registration.redirectUri(),
                "scope", "openid",
                "state", "the state",
                "nonce", "n",
                "login_hint", "gp"));
        parameters.putAll(different);
        var query = com.nimbusds.oauth2.sdk.util.URLUtils.serializeParametersAlt(parameters.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, one -> new String[] {one.getValue()})));
        return Persons.send(
                party.browser(),
                HttpRequest.newBuilder(URI.create(RelyingParty.commonIssuer() + "/authorize?" + query))
                        .build());
    }

    private static Map<String, Object> lastLogIn(MockRegistration registration) {
        return Api.as("owner").get(registration.path() + "/log-ins?limit=1").path("items[0]");
    }

    private static String checkOf(MockRegistration registration, String name) {
        return Api.as("owner")
                .get(registration.path() + "/log-ins?limit=1")
                .path("items[0].checks.find { it.name == '" + name + "' }.detail");
    }
}
