package dev.connectionmanager.openid;

import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.PlainClientSecret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.connectionmanager.openid.Grants.Grant;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where codes become tokens. OpenID Connect Core 1.0 section 3.1.3, RFC 7636. */
@Path("/local/openid/token")
@PermitAll
class TokenEndpoint {
    private final Clients clients;
    private final Grants grants;
    private final Tokens tokens;
    private final String apiAudience;

    TokenEndpoint(
            Clients clients,
            Grants grants,
            Tokens tokens,
            @ConfigProperty(name = "connection-manager.api-audience") String apiAudience) {
        this.clients = clients;
        this.grants = grants;
        this.tokens = tokens;
        this.apiAudience = apiAudience;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response token(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, String body) {
        var http = new HTTPRequest(HTTPRequest.Method.POST, URI.create(tokens.issuer() + "/token"));
        http.setHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_FORM_URLENCODED);
        if (authorization != null) {
            http.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        http.setBody(body);
        try {
            return answer(redeem(TokenRequest.parse(http)));
        } catch (ParseException e) {
            return answer(refused(e.getErrorObject() == null ? OAuth2Error.INVALID_REQUEST : e.getErrorObject()));
        } catch (java.text.ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private TokenResponse redeem(TokenRequest request) throws java.text.ParseException {
        var clientId = authenticated(request);
        if (clientId.isEmpty()) {
            return refused(OAuth2Error.INVALID_CLIENT);
        }
        if (!(request.getAuthorizationGrant() instanceof AuthorizationCodeGrant code)) {
            return refused(OAuth2Error.UNSUPPORTED_GRANT_TYPE);
        }
        var grant = grants.redeem(code.getAuthorizationCode())
                .filter(g -> g.clientId().equals(clientId.get()))
                .filter(g -> g.redirectUri().equals(code.getRedirectionURI()))
                .filter(g -> proves(code.getCodeVerifier(), g.challenge()));
        return grant.isPresent() ? tokens(grant.get()) : refused(OAuth2Error.INVALID_GRANT);
    }

    private Optional<String> authenticated(TokenRequest request) {
        if (request.getClientAuthentication() instanceof PlainClientSecret secret) {
            var clientId = secret.getClientID().getValue();
            return clients.authenticates(clientId, secret.getClientSecret()) ? Optional.of(clientId) : Optional.empty();
        }
        var named = request.getClientID();
        return named != null && named.getValue().equals(Clients.COMMAND_LINE)
                ? Optional.of(Clients.COMMAND_LINE)
                : Optional.empty();
    }

    private static boolean proves(CodeVerifier verifier, CodeChallenge challenge) {
        return verifier != null
                && CodeChallenge.compute(CodeChallengeMethod.S256, verifier).equals(challenge);
    }

    private TokenResponse tokens(Grant grant) throws java.text.ParseException {
        var audience = clients.isPortal(grant.clientId()) ? tokens.issuer() : apiAudience;
        var access = new BearerAccessToken(
                tokens.accessToken(grant.session().user(), grant.clientId(), audience),
                Grants.LIFETIME.toSeconds(),
                null);
        if (!grant.openId()) {
            return new AccessTokenResponse(new com.nimbusds.oauth2.sdk.token.Tokens(access, null));
        }
        var idToken = JWTParser.parse(tokens.idToken(grant.session(), grant.clientId(), grant.nonce()));
        return new OIDCTokenResponse(new OIDCTokens(idToken, access, null));
    }

    private static TokenResponse refused(ErrorObject error) {
        return new TokenErrorResponse(error);
    }

    private static Response answer(TokenResponse answer) {
        HTTPResponse http = answer.indicatesSuccess()
                ? answer.toSuccessResponse().toHTTPResponse()
                : answer.toErrorResponse().toHTTPResponse();
        var response = Response.status(http.getStatusCode())
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(http.getBody());
        // RFC 6749 section 5.2: a client that failed to authenticate is told how.
        return http.getStatusCode() == HTTPResponse.SC_UNAUTHORIZED
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Local OpenID Provider\"")
                        .build()
                : response.build();
    }
}
