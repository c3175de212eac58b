package dev.connectionmanager.http;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Provider;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses posts that another site makes a browser send (cross-site request forgery). Browsers say where a request comes
 * from in {@code Sec-Fetch-Site}, older ones in {@code Origin}; neither can be set by a page. Only pages and the existing tool's
 * format take cookies, so only they have something to forge. Programs of that format say neither.
 */
@jakarta.ws.rs.ext.Provider
@PreMatching
class SameOriginFilter implements ContainerRequestFilter {
    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** Asked for with each request: filters are made before the settings of this start are read. */
    private final Provider<String> publicUrl;

    private final RoutingContext connection;

    SameOriginFilter(
            @ConfigProperty(name = "connection-manager.public-url") Provider<String> publicUrl,
            RoutingContext connection) {
        this.publicUrl = publicUrl;
        this.connection = connection;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (SAFE.contains(request.getMethod())) {
            return;
        }
        var site = request.getHeaderString("Sec-Fetch-Site");
        var origin = request.getHeaderString("Origin");
        switch (Edge.of(connection)) {
            case PAGE -> {
                if (site != null
                        ? !site.equals("same-origin")
                        : !publicUrl.get().equals(origin)) {
                    throw new Refusal.NotAllowed(Reason.FORM_FROM_ELSEWHERE);
                }
            }
            case TOOL -> {
                if (site != null ? !site.equals("same-origin") : origin != null && !isThisHost(origin)) {
                    throw new Refusal.NotAllowed(Reason.REQUEST_FROM_ELSEWHERE);
                }
            }
            case API, PROTOCOL -> {
                // They take no cookie.
            }
        }
    }

    /** It may have a host for each environment beside the one that people open. */
    private boolean isThisHost(String origin) {
        return origin.equals(publicUrl.get())
                || origin.endsWith("://" + connection.request().authority());
    }
}
