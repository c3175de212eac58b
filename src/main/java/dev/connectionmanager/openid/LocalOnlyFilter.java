package dev.connectionmanager.openid;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

@Provider
@LocalOnly
@Priority(Priorities.AUTHENTICATION)
class LocalOnlyFilter implements ContainerRequestFilter {
    private final boolean local;

    LocalOnlyFilter(@ConfigProperty(name = "connection-manager.local", defaultValue = "false") boolean local) {
        this.local = local;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!local) {
            throw new NotFoundException();
        }
    }
}
