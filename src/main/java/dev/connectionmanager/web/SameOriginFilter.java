package dev.connectionmanager.web;

import dev.connectionmanager.policy.Refusal;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses posts that another site makes a browser send (cross-site request forgery). Browsers say where a request comes
 * from in {@code Sec-Fetch-Site}, older ones in {@code Origin}; neither can be set by a page. The API, the token
 * endpoint and back-channel logout take no cookies and so have nothing to forge.
 */
@Provider
@PreMatching
class SameOriginFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> FOR_MACHINES = Set.of("/local/openid/token", "/logout/back-channel");

    private final String publicUrl;

    SameOriginFilter(@ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.publicUrl = publicUrl;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var path = request.getUriInfo().getRequestUri().getRawPath();
        if (SAFE.contains(request.getMethod()) || path.startsWith("/api/") || FOR_MACHINES.contains(path)) {
            return;
        }
        var site = request.getHeaderString("Sec-Fetch-Site");
        var sameOrigin =
                site != null ? site.equals("same-origin") : publicUrl.equals(request.getHeaderString("Origin"));
        if (!sameOrigin) {
            throw new Refusal.NotAllowed("This form was not sent from a page of this service. "
                    + "Go back to the page in Connection Manager, load it again and repeat what you did.");
        }
    }
}
