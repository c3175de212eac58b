package dev.connectionmanager.mock;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretJWT;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A strict relying party, made of Nimbus' SDK: it logs people in for real, and believes nothing unchecked. */
public final class RelyingParty {
    private final OIDCProviderMetadata provider;
    private final JWKSet providerKeys;
    private final ClientID clientId;
    private final URI redirectUri;
    private HttpClient browser = Persons.newBrowserWithoutRedirects();

    private RelyingParty(OIDCProviderMetadata provider, JWKSet providerKeys, ClientID clientId, URI redirectUri) {
        this.provider = provider;
        this.providerKeys = providerKeys;
        this.clientId = clientId;
        this.redirectUri = redirectUri;
    }

    /** Reads the issuer's metadata and keys. */
    public static RelyingParty of(String issuer, String clientId, String redirectUri) {
        try {
            var provider = OIDCProviderMetadata.resolve(new Issuer(issuer));
            return new RelyingParty(
                    provider,
                    JWKSet.load(provider.getJWKSetURI().toURL()),
                    new ClientID(clientId),
                    URI.create(redirectUri));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static String commonIssuer() {
        return Persons.address() + "/mock";
    }

    /** Of a log-in through a test client that anybody made. */
    public static String idTokenOfAStranger() {
        var redirect = "http://127.0.0.1:3999/callback";
        var made = Api.bare()
                .contentType("application/json")
                .body(Map.of("redirect_uris", List.of(redirect)))
                .post("/mock/register");
        var party = of(commonIssuer(), made.path("client_id"), redirect);
        var tokens = (OIDCTokenResponse) party.logIn()
                .ask("gp", "openid", UnaryOperator.identity())
                .redeem(party.basic(made.path("client_secret")));
        return tokens.getOIDCTokens().getIDTokenString();
    }

    /** One log-in, as far as it has come. */
    public final class LogIn {
        final State state = new State();
        final Nonce nonce = new Nonce();
        final CodeVerifier verifier = new CodeVerifier();
        public HttpResponse<String> answer;

        /** Asks for a code; what is asked for can be changed. */
        public LogIn ask(String user, String scope, UnaryOperator<AuthenticationRequest.Builder> different) {
            var request = different
                    .apply(new AuthenticationRequest.Builder(
                                    ResponseType.CODE, Scope.parse(scope), clientId, redirectUri)
                            .endpointURI(provider.getAuthorizationEndpointURI())
                            .state(state)
                            .nonce(nonce)
                            .codeChallenge(verifier, CodeChallengeMethod.S256))
                    .loginHint(user)
                    .build();
            answer = Persons.send(
                    browser, HttpRequest.newBuilder(request.toURI()).build());
            return this;
        }

        public String parameter(String name) {
            return RelyingParty.parameter(answer, name);
        }

        public HttpResponse<String> answer() {
            return answer;
        }

        public TokenResponse redeem(ClientAuthentication authentication) {
            return RelyingParty.this.redeem(
                    authentication,
                    new AuthorizationCodeGrant(new AuthorizationCode(parameter("code")), redirectUri, verifier));
        }

        /** @return the claims of the ID token, judged */
        public IDTokenClaimsSet judge(OIDCTokens tokens) throws Exception {
            var claims = new IDTokenValidator(provider.getIssuer(), clientId, JWSAlgorithm.RS256, providerKeys)
                    .validate(tokens.getIDToken(), nonce);
            AccessTokenValidator.validate(tokens.getAccessToken(), JWSAlgorithm.RS256, claims.getAccessTokenHash());
            return claims;
        }
    }

    public LogIn logIn() {
        return new LogIn();
    }

    /** Whose cookies are nobody's yet. */
    public RelyingParty inAnotherBrowser() {
        browser = Persons.newBrowserWithoutRedirects();
        return this;
    }

    /** Where somebody may be logged in already. */
    public RelyingParty inTheBrowserOf(RelyingParty other) {
        browser = other.browser;
        return this;
    }

    public HttpClient browser() {
        return browser;
    }

    TokenResponse redeem(ClientAuthentication authentication, AuthorizationCodeGrant grant) {
        try {
            var request = new TokenRequest.Builder(provider.getTokenEndpointURI(), authentication, grant).build();
            return OIDCTokenResponseParser.parse(request.toHTTPRequest().send());
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param algorithm that it must be signed with; {@code null} = plain JSON */
    Map<String, Object> userInfo(OIDCTokens tokens, JWSAlgorithm algorithm) throws BadJOSEException, JOSEException {
        try {
            var response = new UserInfoRequest(provider.getUserInfoEndpointURI(), tokens.getBearerAccessToken())
                    .toHTTPRequest()
                    .send();
            var told = UserInfoResponse.parse(response).toSuccessResponse();
            if (algorithm == null) {
                return told.getUserInfo().toJSONObject();
            }
            var processor = new DefaultJWTProcessor<SecurityContext>();
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(algorithm, new ImmutableJWKSet<>(providerKeys)));
            processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(null, null));
            return processor.process(told.getUserInfoJWT(), null).toJSONObject();
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    public OIDCProviderMetadata provider() {
        return provider;
    }

    public ClientAuthentication basic(String secret) {
        return new ClientSecretBasic(clientId, new Secret(secret));
    }

    ClientAuthentication post(String secret) {
        return new ClientSecretPost(clientId, new Secret(secret));
    }

    ClientAuthentication secretJwt(String secret) {
        try {
            return new ClientSecretJWT(
                    clientId, URI.create(provider.getIssuer().getValue()), JWSAlgorithm.HS256, new Secret(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    ClientAuthentication privateKeyJwt(RSAKey key, JWSAlgorithm algorithm) {
        return privateKeyJwt(key, algorithm, URI.create(provider.getIssuer().getValue()));
    }

    ClientAuthentication privateKeyJwt(RSAKey key, JWSAlgorithm algorithm, URI audience) {
        try {
            return new PrivateKeyJWT(clientId, audience, algorithm, key.toPrivateKey(), key.getKeyID(), null);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String parameter(HttpResponse<String> answer, String name) {
        var location = answer.headers().firstValue("Location").orElse("");
        var query = URI.create(location).getRawQuery();
        return query == null
                ? null
                : com.nimbusds.oauth2.sdk.util.MultivaluedMapUtils.getFirstValue(
                        com.nimbusds.oauth2.sdk.util.URLUtils.parseParameters(query), name);
    }
}
