package dev.connectionmanager.openid;

import jakarta.annotation.Priority;
import jakarta.inject.Provider;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Outside local mode nothing under {@code /local} exists. Judged before the method, the media type or the sender is
 * read: none of them may tell that something is there.
 */
@jakarta.ws.rs.ext.Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
class LocalOnlyFilter implements ContainerRequestFilter {
    static final String ROOT = "/local";

    /** Asked for with each request: filters are made before the settings of this start are read. */
    private final Provider<Boolean> local;

    LocalOnlyFilter(
            @ConfigProperty(name = "connection-manager.local", defaultValue = "false") Provider<Boolean> local) {
        this.local = local;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var path = request.getUriInfo().getPath();
        if (!local.get() && (path.equals(ROOT) || path.startsWith(ROOT + "/"))) {
            throw new NotFoundException();
        }
    }
}
