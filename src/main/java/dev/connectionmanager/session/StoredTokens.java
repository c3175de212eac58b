package dev.connectionmanager.session;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import dev.connectionmanager.credential.OperatorCredentials;
import dev.connectionmanager.team.OperatorRole;
import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.impl.ServerCookie;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.text.ParseException;
import java.time.Duration;

/**
 * Keeps what a log-in gave in the database and only a random key in the cookie. The ID token alone is kept: the portal
 * asks the OpenID Provider for nothing in a person's name.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class StoredTokens implements TokenStateManager {
    private final Sessions sessions;
    private final SessionLimits limits;
    private final OperatorRole operatorRole;
    private final OperatorCredentials credentials;

    StoredTokens(Sessions sessions, SessionLimits limits, OperatorRole operatorRole, OperatorCredentials credentials) {
        this.sessions = sessions;
        this.limits = limits;
        this.operatorRole = operatorRole;
        this.credentials = credentials;
    }

    @Override
    public Uni<String> createTokenState(
            RoutingContext request,
            OidcTenantConfig tenant,
            AuthorizationCodeTokens tokens,
            OidcRequestContext<String> context) {
        var claims = claims(tokens.getIdToken());
        var roles =
                OidcUtils.findRoles(tenant.clientId().orElse(null), tenant.roles(), new JsonObject(claims.toString()));
        var operator = operatorRole.isAmong(roles);
        request.addHeadersEndHandler(sent -> keepAsLongAsTheSession(request, limits.longest(operator)));
        return context.runBlocking(() -> {
            credentials.loggedIn(claims.getSubject(), operator);
            return sessions.begin(claims.getSubject(), (String) claims.getClaim("sid"), tokens.getIdToken(), operator)
                    .orElseThrow(
                            () -> new AuthenticationFailedException("Logged out at the OpenID Provider meanwhile"));
        });
    }

    /** Quarkus counts from the ID token, and would have browsers keep what opens nothing any more. */
    private static void keepAsLongAsTheSession(RoutingContext request, Duration session) {
        request.request().cookies().stream()
                .filter(cookie -> cookie.getName().startsWith(OidcUtils.SESSION_COOKIE_NAME)
                        && !cookie.getValue().isEmpty()
                        && ((ServerCookie) cookie).isChanged())
                .forEach(cookie -> cookie.setMaxAge(session.toSeconds()));
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(
            RoutingContext request,
            OidcTenantConfig tenant,
            String key,
            OidcRequestContext<AuthorizationCodeTokens> context) {
        return context.runBlocking(() -> sessions.resume(key)
                .map(resumed -> {
                    Sessions.mark(request, key, resumed.ends());
                    return new AuthorizationCodeTokens(resumed.idToken(), null, null);
                })
                .orElseThrow(() -> new AuthenticationFailedException("The session is over")));
    }

    @Override
    public Uni<Void> deleteTokens(
            RoutingContext request, OidcTenantConfig tenant, String key, OidcRequestContext<Void> context) {
        return context.runBlocking(() -> {
            sessions.end(key);
            return null;
        });
    }

    /** Of a token whose signature and claims have been judged before. */
    private static JWTClaimsSet claims(String idToken) {
        try {
            return JWTParser.parse(idToken).getJWTClaimsSet();
        } catch (ParseException e) {
            throw new AuthenticationFailedException(e);
        }
    }
}
