package dev.connectionmanager.api.common;

import dev.connectionmanager.endpoint.LiveCheckRateLimit;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Says what is left of the share of live checks where some were asked for, after what every answer says of reads and writes, and in
 * the same words: draft-ietf-httpapi-ratelimit-headers-10.
 */
@ApplicationScoped
class LiveChecksLeft {
    private static final String API = "/api/";

    private final LiveCheckRateLimit limit;
    private final LiveCheckRateLimit.OfRequest ofRequest;
    private final RoutingContext connection;

    LiveChecksLeft(LiveCheckRateLimit limit, LiveCheckRateLimit.OfRequest ofRequest, RoutingContext connection) {
        this.limit = limit;
        this.ofRequest = ofRequest;
        this.connection = connection;
    }

    @ServerResponseFilter
    public void tell(ContainerResponseContext answer) {
        if (!connection.request().path().startsWith(API)) {
            return;
        }
        ofRequest.taken().ifPresent(taken -> {
            var share = limit.share();
            append(
                    "RateLimit-Policy",
                    "q=" + share.after() + ";w=" + share.period().toSeconds());
            append("RateLimit", "r=" + taken.left() + ";t=" + taken.fullAfterSeconds());
        });
    }

    private void append(String header, String share) {
        var headers = connection.response().headers();
        var told = "\"live-checks\";" + share;
        var others = headers.get(header);
        headers.set(header, others == null ? told : others + ", " + told);
    }
}
