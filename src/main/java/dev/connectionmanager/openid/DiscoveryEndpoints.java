package dev.connectionmanager.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.GrantType;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.Subject;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.SubjectType;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** What clients read: metadata (OpenID Connect Discovery 1.0), public keys, UserInfo. */
@Path("/local/openid")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class DiscoveryEndpoints {
    private final Tokens tokens;

    DiscoveryEndpoints(Tokens tokens) {
        this.tokens = tokens;
    }

    @GET
    @Path(".well-known/openid-configuration")
    public String metadata() {
        var issuer = tokens.issuer();
        var metadata =
                new OIDCProviderMetadata(new Issuer(issuer), List.of(SubjectType.PUBLIC), URI.create(issuer + "/jwks"));
        metadata.setAuthorizationEndpointURI(URI.create(issuer + "/authorize"));
        metadata.setTokenEndpointURI(URI.create(issuer + "/token"));
        metadata.setUserInfoEndpointURI(URI.create(issuer + "/userinfo"));
        metadata.setEndSessionEndpointURI(URI.create(issuer + "/logout"));
        metadata.setScopes(new Scope("openid", "profile", "email"));
        metadata.setResponseTypes(List.of(ResponseType.CODE));
        metadata.setGrantTypes(List.of(GrantType.AUTHORIZATION_CODE));
        metadata.setCodeChallengeMethods(List.of(CodeChallengeMethod.S256));
        metadata.setTokenEndpointAuthMethods(List.of(
                ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
                ClientAuthenticationMethod.CLIENT_SECRET_POST,
                ClientAuthenticationMethod.NONE));
        metadata.setSupportsBackChannelLogout(true);
        metadata.setSupportsBackChannelLogoutSession(true);
        metadata.setIDTokenJWSAlgs(List.of(JWSAlgorithm.RS256));
        metadata.setClaims(List.of("sub", "name", "preferred_username", "email", "email_verified", "groups"));
        metadata.applyDefaults();
        return metadata.toJSONObject().toJSONString();
    }

    @GET
    @Path("jwks")
    public String keys() {
        return tokens.publicKeys().toString();
    }

    @GET
    @Path("userinfo")
    public Response userInfo(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization) {
        try {
            var user = tokens.user(BearerAccessToken.parse(authorization).getValue());
            if (user.isPresent()) {
                return Response.ok(claims(user.get()).toJSONString()).build();
            }
        } catch (ParseException e) {
            // No token, or one that is none: answered like a wrong one.
        }
        return Response.status(Response.Status.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
                .build();
    }

    private static UserInfo claims(LocalUser user) {
        var claims = new UserInfo(new Subject(user.subject()));
        claims.setName(user.fullName());
        claims.setPreferredUsername(user.userName());
        claims.setEmailAddress(user.email());
        claims.setEmailVerified(true);
        claims.setClaim("groups", user.groups());
        return claims;
    }
}
