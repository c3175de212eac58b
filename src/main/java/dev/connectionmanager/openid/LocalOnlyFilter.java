package dev.connectionmanager.openid;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Outside local mode nothing under {@code /local} exists. Judged before the method, the media type or the sender is
 * looked at: none of them may tell that something is there.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
class LocalOnlyFilter implements ContainerRequestFilter {
    static final String ROOT = "/local";

    private final boolean local;

    LocalOnlyFilter(@ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local) {
        this.local = local;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        if (!local && (path.equals(ROOT) || path.startsWith(ROOT + "/"))) {
            throw new NotFoundException();
        }
    }
}
