package dev.connectionmanager.http;

import dev.connectionmanager.policy.Reason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How requests arrive: framed so that nobody reads them otherwise, in time, and whole before a worker thread is given to one.
 * There are 200 of those, and a body that does not come would hold one for minutes.
 */
@ApplicationScoped
class RequestArrivals {
    /** Before everything: what is framed in two ways is no request. */
    private static final int FRAMING = 30_000;
    /** After what refuses by the address alone; before authentication, which may need a thread. */
    private static final int BODY = 9_000;

    private static final String CHUNKED = "chunked";
    private static final String UNKNOWN_PATH = "/unknown";

    private final Duration arrival;
    private final Duration idle;
    private final PerAddressLimit bodies;
    private final PerAddressLimit waiting;

    /**
     * @param arrival how long the headers of a request may take, and its body
     * @param idle how long a connection is kept on which nothing is asked for
     * @param atOnce how many bodies of one address may be on their way, and how many of its connections may have had no
     *     request yet
     * @param proxy whether a proxy is trusted: then all connections are the proxy's
     */
    RequestArrivals(
            @ConfigProperty(name = "connection-manager.limits.arrival") Duration arrival,
            @ConfigProperty(name = "connection-manager.limits.idle") Duration idle,
            @ConfigProperty(name = "connection-manager.limits.arriving-at-once") int atOnce,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean proxy) {
        this.arrival = arrival;
        this.idle = idle;
        this.bodies = new PerAddressLimit(atOnce);
        this.waiting = proxy ? null : new PerAddressLimit(atOnce);
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseAmbiguousFraming, FRAMING);
        filters.register(this::awaitBody, BODY);
    }

    void watch(@ObservesAsync HttpServerStart start, Vertx vertx) {
        watch(vertx);
    }

    void watch(@ObservesAsync HttpsServerStart start, Vertx vertx) {
        watch(vertx);
    }

    /** Vert.x tells of a connection only when its first request is there: what accepts connections is asked instead. */
    private void watch(Vertx vertx) {
        ((VertxInternal) vertx)
                .getAcceptorEventLoopGroup()
                .forEach(loop -> loop.execute(() -> ((SingleThreadEventLoop) loop)
                        .registeredChannelsIterator()
                        .forEachRemaining(this::watch)));
    }

    private void watch(Channel server) {
        if (server instanceof ServerChannel && server.pipeline().get(Acceptance.class) == null) {
            server.pipeline().addFirst(new Acceptance());
        }
    }

    private void refuseAmbiguousFraming(RoutingContext request) {
        var connection = request.request().connection();
        connection.exceptionHandler(why -> ConnectionTimes.tellOfLeaving(connection.remoteAddress(), why));
        var times = ConnectionTimes.of(EarlyAnswer.channel(request));
        if (times != null) {
            times.requestArrived();
            request.addEndHandler(ended -> times.answered());
        }
        // Until a resource is found, which has a template: what somebody makes up is no label of a metric.
        ((HttpServerRequestInternal) request.request()).context().putLocal("UrlPathTemplate", UNKNOWN_PATH);
        if (isAmbiguous(request.request())) {
            EarlyAnswer.refuseAndClose(request, 400, Reason.FRAMING_AMBIGUOUS);
        } else {
            request.next();
        }
    }

    /**
     * RFC 9112 sections 6.1 and 6.3: where server and proxy do not agree where a request ends, the rest of it is another one
     * (CWE-444). The keys are those of a draft of WebSocket, with which Netty awaits eight bytes that no other server does.
     */
    static boolean isAmbiguous(HttpServerRequest request) {
        var headers = request.headers();
        var encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        return headers.contains("Sec-WebSocket-Key1")
                || headers.contains("Sec-WebSocket-Key2")
                || headers.getAll(HttpHeaders.CONTENT_LENGTH).size() > 1
                || !encodings.isEmpty()
                        && (encodings.size() > 1
                                || !encodings.get(0).equals(CHUNKED)
                                || headers.contains(HttpHeaders.CONTENT_LENGTH)
                                || request.version() != HttpVersion.HTTP_1_1);
    }

    private void awaitBody(RoutingContext request) {
        if (BodyArrival.isExpected(request.request())) {
            BodyArrival.await(request, arrival, bodies);
        } else {
            request.next();
        }
    }

    /** Of the server's socket: gives each connection its times before anything is read of it. */
    @ChannelHandler.Sharable
    private final class Acceptance extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel connection) {
                connection.pipeline().addLast(new ConnectionTimes(arrival, idle, waiting));
            }
            context.fireChannelRead(accepted);
        }
    }
}
