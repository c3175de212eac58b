package dev.connectionmanager.mock;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.connectionmanager.mock.MockTest.Client;
import dev.connectionmanager.testing.Persons;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One log-in of a relying party that believes nothing: what Nimbus' SDK checks, and beside it what clients of the real provider
 * must. Each refusal names the one check that failed.
 */
final class StrictLogIn {
    /** Slower than this it gives up; the machine may be busy. */
    private static final int PATIENCE_MILLIS = 30_000;

    private static final String SCOPE = "openid profile nationalrbacaccess selectedrole";

    private final String issuer;
    private final Client client;
    private final String user;
    private final HttpClient browser;
    private int patience = PATIENCE_MILLIS;
    private final State state = new State();
    private final Nonce nonce = new Nonce();
    private final CodeVerifier verifier = new CodeVerifier();
    private OIDCProviderMetadata provider;
    private JWKSet keys;
    private IDTokenClaimsSet claims;

    StrictLogIn(String issuer, Client client, String user) {
        this(issuer, client, user, Persons.newBrowserWithoutRedirects());
    }

    private StrictLogIn(String issuer, Client client, String user, HttpClient browser) {
        this.issuer = issuer;
        this.client = client;
        this.user = user;
        this.browser = browser;
    }

    /** Another one in the same browser, which knows the issuer’s metadata and keys already, as relying parties do. */
    StrictLogIn again() {
        var again = new StrictLogIn(issuer, client, user, browser);
        again.provider = provider;
        again.keys = keys;
        return again;
    }

    /** Gives up after so long. */
    StrictLogIn patient(int millis) {
        patience = millis;
        return this;
    }

    /** The check that failed. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String check) {
            super(check);
        }
    }

    /** @return the check that failed; empty where all passed */
    String failing() {
        try {
            run();
            return "";
        } catch (Exception e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    String sid() {
        return claims.getStringClaim("sid");
    }

    JWKSet keys() {
        return keys;
    }

    private void run() throws Exception {
        if (keys == null) {
            provider = OIDCProviderMetadata.resolve(new Issuer(issuer), patience, patience);
            keys = JWKSet.load(provider.getJWKSetURI().toURL(), patience, patience, 0);
        }
        var tokens = redeem(authorize());
        judge(tokens);
        judgeUserInfo(tokens);
    }

    private AuthenticationSuccessResponse authorize() throws Exception {
        var request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, Scope.parse(SCOPE), new ClientID(client.id()), URI.create(Client.REDIRECT))
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .maxAge(3_600)
                .loginHint(user)
                .build();
        var answer =
                Persons.send(browser, HttpRequest.newBuilder(request.toURI()).build());
        if (answer.statusCode() != 302) {
            throw new Failed("authorization answered " + answer.statusCode() + " " + answer.body());
        }
        var location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        var parsed = AuthenticationResponseParser.parse(location);
        if (!state.equals(parsed.getState())) {
            throw new Failed("state");
        }
        if (!new Issuer(issuer).equals(parsed.getIssuer())) {
            throw new Failed("iss parameter");
        }
        if (!parsed.indicatesSuccess()) {
            throw new Failed("authorization error "
                    + parsed.toErrorResponse().getErrorObject().getCode());
        }
        var success = parsed.toSuccessResponse();
        if (success.getAuthorizationCode() == null) {
            throw new Failed("code");
        }
        return success;
    }

    private OIDCTokens redeem(AuthenticationSuccessResponse answer) throws Exception {
        var request = new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        new ClientSecretBasic(new ClientID(client.id()), new Secret(client.secret())),
                        new AuthorizationCodeGrant(
                                answer.getAuthorizationCode(), URI.create(Client.REDIRECT), verifier))
                .build()
                .toHTTPRequest();
        request.setConnectTimeout(patience);
        request.setReadTimeout(patience);
        var response = OIDCTokenResponseParser.parse(request.send());
        if (!response.indicatesSuccess()) {
            var error = response.toErrorResponse().getErrorObject();
            throw new Failed("token error " + error.getHTTPStatusCode() + " " + error.getCode());
        }
        var tokens = ((com.nimbusds.openid.connect.sdk.OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
        if (tokens.getIDToken() == null) {
            throw new Failed("id_token");
        }
        return tokens;
    }

    private void judge(OIDCTokens tokens) throws Exception {
        claims = new IDTokenValidator(provider.getIssuer(), new ClientID(client.id()), JWSAlgorithm.RS256, keys)
                .validate(tokens.getIDToken(), nonce);
        if (claims.getAudience().size() != 1) {
            throw new Failed("aud of others");
        }
        if (claims.getAuthorizedParty() != null
                && !claims.getAuthorizedParty().getValue().equals(client.id())) {
            throw new Failed("azp");
        }
        if (claims.getAccessTokenHash() == null) {
            throw new Failed("at_hash");
        }
        AccessTokenValidator.validate(tokens.getAccessToken(), JWSAlgorithm.RS256, claims.getAccessTokenHash());
        if (claims.getACR() == null || !claims.getACR().getValue().startsWith("AAL3")) {
            throw new Failed("acr " + claims.getACR());
        }
        var authTime = claims.getAuthenticationTime();
        if (authTime == null) {
            throw new Failed("auth_time");
        }
        if (authTime.toInstant()
                .plusSeconds(3_600)
                .isBefore(claims.getIssueTime().toInstant())) {
            throw new Failed("auth_time is too old");
        }
        if (!(claims.getClaim("authentication_assurance_level") instanceof String level)) {
            throw new Failed("level is no text");
        }
        if (level.compareTo("3") < 0) {
            throw new Failed("level " + level);
        }
    }

    private void judgeUserInfo(OIDCTokens tokens) throws Exception {
        var response = UserInfoResponse.parse(
                new UserInfoRequest(provider.getUserInfoEndpointURI(), tokens.getBearerAccessToken())
                        .toHTTPRequest()
                        .send());
        if (!response.indicatesSuccess()) {
            throw new Failed("UserInfo error "
                    + response.toErrorResponse().getErrorObject().getHTTPStatusCode());
        }
        var jwt = response.toSuccessResponse().getUserInfoJWT();
        if (jwt == null) {
            throw new Failed("UserInfo is not signed");
        }
        JWTClaimsSet told;
        try {
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, new ImmutableJWKSet<>(keys)));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(null, null));
            told = processor.process(jwt, null);
        } catch (BadJOSEException | JOSEException e) {
            throw new Failed("UserInfo signature");
        }
        if (!claims.getSubject().getValue().equals(told.getSubject())) {
            throw new Failed("UserInfo sub " + told.getSubject());
        }
        judgeRoles(told);
    }

    private static void judgeRoles(JWTClaimsSet told) throws Failed {
        var roles = told.getClaim("nhsid_nrbac_roles");
        if (!(roles instanceof List<?> list)) {
            throw new Failed(
                    "roles " + (roles == null ? "missing" : roles.getClass().getSimpleName()));
        }
        if (list.isEmpty()) {
            throw new Failed("roles empty");
        }
        var ids = list.stream()
                .map(role -> String.valueOf(((Map<?, ?>) role).get("person_roleid")))
                .collect(Collectors.toSet());
        if (!ids.contains(String.valueOf(told.getClaim("selected_roleid")))) {
            throw new Failed("selected role");
        }
    }
}
