package dev.connectionmanager.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Tells anybody which methods an address knows: RFC 9110 section 9.3.7. */
@Provider
@PreMatching
class OptionsFilter implements ContainerRequestFilter {
    private final Routes routes;
    private final RoutingContext connection;

    OptionsFilter(Routes routes, RoutingContext connection) {
        this.routes = routes;
        this.connection = connection;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            var methods = routes.methods(connection.normalizedPath());
            if (methods.isEmpty()) {
                throw new NotFoundException();
            }
            request.abortWith(Response.noContent()
                    .header(HttpHeaders.ALLOW, String.join(", ", methods))
                    .build());
        }
    }
}
