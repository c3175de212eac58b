package dev.connectionmanager.http;

import dev.connectionmanager.team.PresentedCredential;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * A log-in is worth something on its own edge only: a bearer token or API credential on the API, a session on the
 * pages, and of the existing tool's format its own. A protocol takes neither, and nobody is asked there.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
class EdgeAuthorization implements ContainerRequestFilter {
    private static final String API_TENANT = "api";

    private final SecurityIdentity identity;
    private final RoutingContext connection;

    EdgeAuthorization(SecurityIdentity identity, RoutingContext connection) {
        this.identity = identity;
        this.connection = connection;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var edge = Edge.of(connection);
        if (!edge.knowsCallers() || identity.isAnonymous()) {
            return;
        }
        if (edge != edgeOfLogIn()) {
            throw new UnauthorizedException();
        }
    }

    private Edge edgeOfLogIn() {
        if (ToolLogIn.isOf(identity)) {
            return Edge.TOOL;
        }
        return API_TENANT.equals(identity.getAttribute(OidcUtils.TENANT_ID_ATTRIBUTE))
                        || identity.getPrincipal() instanceof PresentedCredential
                ? Edge.API
                : Edge.PAGE;
    }
}
