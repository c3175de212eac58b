package dev.connectionmanager.http;

import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.ApiToken;
import dev.connectionmanager.credential.CredentialRefused;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Takes {@code Authorization: Bearer cm_api_…} on the API; every other log-in is left to OpenID Connect, which is asked
 * after this.
 */
@ApplicationScoped
class ApiCredentialMechanism implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        var header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null
                || Edge.of(request) != Edge.API
                // Where no log-in counts, the resource looks at what is sent.
                || Edge.isOfMock(request.normalizedPath())
                || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        var token = header.substring(SCHEME.length()).strip();
        return token.startsWith(ApiToken.PREFIX)
                ? identities.authenticate(new BearerCredential(token))
                : Uni.createFrom().nullItem();
    }

    /** The challenge of OpenID Connect is the same: {@code Bearer} on the API, to the log-in on pages. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(BearerCredential.class);
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }

    /** Has no {@code toString} of its own: what it holds must not be printed. */
    static final class BearerCredential extends BaseAuthenticationRequest {
        private final String token;

        BearerCredential(String token) {
            this.token = token;
        }
    }

    @ApplicationScoped
    static class Identities implements IdentityProvider<BearerCredential> {
        private final ApiCredentials credentials;

        Identities(ApiCredentials credentials) {
            this.credentials = credentials;
        }

        @Override
        public Class<BearerCredential> getRequestType() {
            return BearerCredential.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(BearerCredential presented, AuthenticationRequestContext context) {
            return context.runBlocking(() -> identity(presented.token));
        }

        private SecurityIdentity identity(String token) {
            try {
                return QuarkusSecurityIdentity.builder()
                        .setPrincipal(credentials.present(token))
                        .build();
            } catch (CredentialRefused refused) {
                throw new AuthenticationFailedException(refused);
            }
        }
    }
}
