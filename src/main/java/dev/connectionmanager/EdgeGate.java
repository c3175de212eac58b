package dev.connectionmanager;

import dev.connectionmanager.team.TeamCredential;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * A log-in is worth something on its own edge only: a bearer token or API credential on the API, a
 * session on the pages. Judged by the
 * class that would answer, however its address was spelled.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
class EdgeGate implements ContainerRequestFilter {
    private static final String API_TENANT = "api";

    private final SecurityIdentity identity;

    @Context
    ResourceInfo resource;

    EdgeGate(SecurityIdentity identity) {
        this.identity = identity;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (identity.isAnonymous() || resource.getResourceClass() == null) {
            return;
        }
        var forApi = resource.getResourceClass().getPackageName().equals(Main.class.getPackageName() + ".api");
        var fromApi = API_TENANT.equals(identity.getAttribute(OidcUtils.TENANT_ID_ATTRIBUTE))
                || identity.getPrincipal() instanceof TeamCredential;
        if (forApi != fromApi) {
            throw new UnauthorizedException();
        }
    }
}
