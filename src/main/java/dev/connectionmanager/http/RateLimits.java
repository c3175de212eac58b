package dev.connectionmanager.http;

import com.google.common.net.InetAddresses;
import dev.connectionmanager.api.tool.ToolSessions;
import dev.connectionmanager.outbound.RateLimiter;
import dev.connectionmanager.outbound.RateLimiter.Share;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.BearerLimit;
import dev.connectionmanager.team.PresentedCredential;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.net.Inet6Address;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * How often log-ins, writes and reads of the API are taken: from an address before anything is read, from a person or a
 * credential once it is known which. Live checks have limits of their own beside these. Each node counts for itself.
 * Made at its first use, since the filters that hold it are made before the settings of this start are known.
 */
@ApplicationScoped
class RateLimits {
    private static final CharSequence RATE_LIMIT = io.vertx.core.http.HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence RATE_LIMIT_POLICY =
            io.vertx.core.http.HttpHeaders.createOptimized("RateLimit-Policy");
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    /** A whole organisation may stand behind one address; those who say who they are are told apart later. */
    private static final int PEOPLE_BEHIND_AN_ADDRESS = 20;

    private final RateLimiter shares;
    private final Share logIns;
    private final Share writes;
    private final Share writesOfAnAddress;
    private final Share reads;
    private final Share mock;

    /**
     * @param logIns at once and in each minute, for one address
     * @param writes at once and in each minute, for one person or credential, and for all anonymous requests of one
     *     address
     * @param reads of the API, at once and in each minute, for one person or credential
     * @param mock requests of the mock authorisation service, at once and in each minute, for one address
     */
    RateLimits(
            Clock clock,
            @ConfigProperty(name = "connection-manager.limits.log-ins-a-minute") int logIns,
            @ConfigProperty(name = "connection-manager.limits.writes-a-minute") int writes,
            @ConfigProperty(name = "connection-manager.limits.reads-a-minute") int reads,
            @ConfigProperty(name = "connection-manager.limits.mock-a-minute") int mock) {
        this.shares = new RateLimiter(clock);
        this.logIns = Share.aMinute(logIns);
        this.writes = Share.aMinute(writes);
        this.writesOfAnAddress = Share.aMinute(writes * PEOPLE_BEHIND_AN_ADDRESS);
        this.reads = Share.aMinute(reads);
        this.mock = Share.aMinute(mock);
    }

    /** @throws Refusal.TooMany for an address that has used up its share */
    void takeFor(String address, Edge edge, ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        if (Edge.isOfMock(path)) {
            shares.take("mock from " + network(address), mock);
            return;
        }
        if (Edge.isOfKeySets(path)) {
            shares.take("key sets from " + network(address), mock);
            return;
        }
        if (path.equals("/login") || path.startsWith("/login/")) {
            shares.take("log-ins from " + network(address), logIns);
        }
        if (!counts(request)) {
            return;
        }
        if ((edge.knowsCallers() || Edge.isOfConnect(path)) && says(request)) {
            shares.take("writes from " + network(address), writesOfAnAddress);
        } else {
            takeForAnybody(address);
        }
    }

    /**
     * For a request that says who sends it and is not believed.
     *
     * @throws Refusal.TooMany as for one that says nothing
     */
    void takeForDisbelieved(RoutingContext request) {
        if (!SAFE.contains(request.request().method().name())) {
            takeForAnybody(address(request));
        }
    }

    void takeForAnybody(String address) {
        shares.take("anonymous writes from " + network(address), writes);
    }

    /** The OpenID Provider of local mode is on this computer, for this computer. */
    private static boolean counts(ContainerRequestContext request) {
        return !SAFE.contains(request.getMethod())
                && !request.getUriInfo().getPath().startsWith("/local/openid/");
    }

    /** Whether the request says who sends it; whether that is true is checked later. */
    private static boolean says(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.AUTHORIZATION) != null
                || request.getCookies().keySet().stream()
                        .anyMatch(name ->
                                name.startsWith(OidcUtils.SESSION_COOKIE_NAME) || name.equals(ToolSessions.COOKIE));
    }

    /** A subscriber has a /64 of IPv6 at least (RFC 6177): its addresses are one. */
    static String network(String address) {
        return InetAddresses.isInetAddress(address) && InetAddresses.forString(address) instanceof Inet6Address v6
                ? HexFormat.of().formatHex(v6.getAddress(), 0, 8) + "/64"
                : address;
    }

    /** @throws Refusal.TooMany for a person or credential that has used up its share */
    void takeWrite(SecurityIdentity identity, RoutingContext request) {
        takeFor(identity, "writes", writes, request);
    }

    /** @throws Refusal.TooMany for a person or credential that has used up its share */
    void takeRead(SecurityIdentity identity, RoutingContext request) {
        takeFor(identity, "reads", reads, request);
    }

    private void takeFor(SecurityIdentity identity, String what, Share share, RoutingContext request) {
        if (identity.getPrincipal() instanceof PresentedCredential credential) {
            take(what, ofCredential(what, credential.id()), share, request);
        } else if (identity.getPrincipal() instanceof JsonWebToken token) {
            take(what, what + " of person " + token.getSubject(), share, request);
        }
    }

    /** The same share, by whichever edge a credential comes. */
    private static String ofCredential(String what, UUID id) {
        return what + " of credential " + id;
    }

    /** @throws Refusal.TooMany for the bearer of a token that has used up its share */
    void takeFor(Actor bearer, RoutingContext request) {
        var writes = !SAFE.contains(request.request().method().name());
        var what = writes ? "writes" : "reads";
        take(
                what,
                bearer.credentialId().map(id -> ofCredential(what, id)).orElse(what + " of " + bearer.subject()),
                writes ? this.writes : reads,
                request);
    }

    /** The API says what is left, so that nobody has to find out: draft-ietf-httpapi-ratelimit-headers-10. */
    private void take(String what, String key, Share share, RoutingContext request) {
        var taken = shares.ask(key, share);
        if (Edge.of(request).exchangesDocuments()) {
            request.response()
                    .putHeader(
                            RATE_LIMIT_POLICY,
                            '"' + what + "\";q=" + share.after() + ";w="
                                    + share.period().toSeconds())
                    .putHeader(RATE_LIMIT, '"' + what + "\";r=" + taken.left() + ";t=" + taken.fullAfterSeconds());
        }
        taken.orRefuse();
    }

    /** Before anybody is asked who they are, so that asking itself is not for free. */
    @Provider
    @PreMatching
    @Priority(Priorities.AUTHENTICATION - 1)
    static class ByAddress implements ContainerRequestFilter {
        private final RateLimits limits;
        private final RoutingContext connection;

        ByAddress(RateLimits limits, RoutingContext connection) {
            this.limits = limits;
            this.connection = connection;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            limits.takeFor(address(connection), Edge.of(connection), request);
        }
    }

    @Provider
    @Priority(Priorities.AUTHORIZATION + 1)
    static class ByPerson implements ContainerRequestFilter {
        private final RateLimits limits;
        private final SecurityIdentity identity;

        private final RoutingContext connection;

        ByPerson(RateLimits limits, SecurityIdentity identity, RoutingContext connection) {
            this.limits = limits;
            this.identity = identity;
            this.connection = connection;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            var edge = Edge.of(connection);
            if (!edge.knowsCallers()) {
                // It says who calls by no log-in: the address has been counted, and a token's bearer is once it is
                // known.
                return;
            }
            if (counts(request)) {
                if (!identity.isAnonymous()) {
                    limits.takeWrite(identity, connection);
                } else if (says(request)) {
                    // A header that nobody believed makes nobody better off than none.
                    limits.takeForAnybody(address(connection));
                }
            } else if (edge.exchangesDocuments() && !identity.isAnonymous()) {
                limits.takeRead(identity, connection);
            }
        }
    }

    /** Where a protocol's own token says who calls, which is known later. */
    @ApplicationScoped
    static class ByBearer implements BearerLimit {
        private final RateLimits limits;
        private final RoutingContext connection;

        ByBearer(RateLimits limits, RoutingContext connection) {
            this.limits = limits;
            this.connection = connection;
        }

        @Override
        public void take(Actor bearer) {
            limits.takeFor(bearer, connection);
        }
    }

    /** Where a proxy is trusted, the one that it speaks for: a name, or none, where it says no address. */
    static String address(RoutingContext connection) {
        var remote = connection.request().remoteAddress();
        return remote.hostAddress() == null ? String.valueOf(remote.host()) : remote.hostAddress();
    }
}
