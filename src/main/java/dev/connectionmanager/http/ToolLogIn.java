package dev.connectionmanager.http;

import dev.connectionmanager.api.tool.ToolSessions;
import dev.connectionmanager.credential.ApiCredentials;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.team.TeamCredential;
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
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;

/**
 * Who calls in the format of the existing tool. Where one logs in that is {@code Authorization: SecretAuth} with a team's API
 * credential, everywhere else the session that was given for it: {@code Authorization: Bearer}, or the cookie where that is not there.
 * Programs send both.
 */
@ApplicationScoped
class ToolLogIn implements HttpAuthenticationMechanism {
    /** The second is answered as the first. */
    private static final Set<String> LOG_IN = Set.of("/api/auth", "/api/auth/");

    /** Answers everybody: a program that asks whether anybody is there may send a session that is over. */
    private static final Set<String> OPEN = Set.of("/api/hello_world", "/api/hello_world/");

    private static final String SECRET_AUTH = "SecretAuth";
    private static final String BEARER = "Bearer";

    /** Whether somebody has logged in by this, and by nothing else. */
    static boolean isOf(SecurityIdentity identity) {
        return Boolean.TRUE.equals(identity.getAttribute(ToolLogIn.class.getName()));
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        if (Edge.of(request) != Edge.TOOL || OPEN.contains(request.normalizedPath())) {
            return Uni.createFrom().nullItem();
        }
        var secret = isLogIn(request);
        var sent = secret ? authorization(request, SECRET_AUTH) : session(request);
        return sent == null ? Uni.createFrom().nullItem() : identities.authenticate(new Proof(sent, secret));
    }

    private static boolean isLogIn(RoutingContext request) {
        return LOG_IN.contains(request.normalizedPath());
    }

    private static String session(RoutingContext request) {
        var bearer = authorization(request, BEARER);
        if (bearer != null) {
            return bearer;
        }
        var cookie = request.request().getCookie(ToolSessions.COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    /** Null for none, and for one of another scheme. */
    private static String authorization(RoutingContext request, String scheme) {
        var header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)
                ? header.substring(scheme.length()).strip()
                : null;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Edge.of(request) == Edge.TOOL
                ? Uni.createFrom()
                        .item(new ChallengeData(
                                401, HttpHeaders.WWW_AUTHENTICATE, isLogIn(request) ? SECRET_AUTH : BEARER))
                : Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Proof.class);
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }

    /** Has no {@code toString} of its own: what it holds must not be printed. */
    static final class Proof extends BaseAuthenticationRequest {
        private final String text;
        private final boolean secret;

        /** @param secret whether it is an API credential; a session otherwise */
        Proof(String text, boolean secret) {
            this.text = text;
            this.secret = secret;
        }
    }

    @ApplicationScoped
    static class Identities implements IdentityProvider<Proof> {
        private final ApiCredentials credentials;
        private final ToolSessions sessions;

        Identities(ApiCredentials credentials, ToolSessions sessions) {
            this.credentials = credentials;
            this.sessions = sessions;
        }

        @Override
        public Class<Proof> getRequestType() {
            return Proof.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(Proof proof, AuthenticationRequestContext context) {
            return context.runBlocking(() -> identity(proof));
        }

        private SecurityIdentity identity(Proof proof) {
            try {
                return QuarkusSecurityIdentity.builder()
                        .setPrincipal(proof.secret ? ofTeam(proof.text) : inSession(proof.text))
                        .addAttribute(ToolLogIn.class.getName(), true)
                        .build();
            } catch (CredentialRefused refused) {
                throw new AuthenticationFailedException(refused);
            }
        }

        private TeamCredential inSession(String token) {
            return credentials.presentAgain(sessions.credential(token));
        }

        /** An operator's has no team. */
        private TeamCredential ofTeam(String secret) {
            if (credentials.present(secret) instanceof TeamCredential team) {
                return team;
            }
            throw new CredentialRefused(Reason.API_CREDENTIAL_UNKNOWN);
        }
    }
}
