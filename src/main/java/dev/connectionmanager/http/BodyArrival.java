package dev.connectionmanager.http;

import dev.connectionmanager.policy.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The body of one request on its way in: kept until it is whole, and only then is the request given to others, who hold a thread
 * each. Everything is done by the connection's event loop.
 */
final class BodyArrival {
    private static final Logger LOG = Logger.getLogger(BodyArrival.class);
    /** Of a body. What a page sends is far smaller, and so is any document of the API. */
    private static final int LARGEST = 256 * 1024;
    /** Of the 429 to a body that made room for others of its address. */
    private static final String RETRY_AFTER_SECONDS = "10";

    private final RoutingContext request;
    private final Duration longest;
    private final String address;
    private final PerAddressLimit.Slot place;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private boolean over;

    private BodyArrival(RoutingContext request, Duration longest, PerAddressLimit places) {
        this.request = request;
        this.longest = longest;
        this.address = RateLimits.network(RateLimits.address(request));
        var loop = EarlyAnswer.channel(request).eventLoop();
        this.place = places.take(address, () -> loop.execute(this::makeRoom));
    }

    static boolean isExpected(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || length != null && !length.equals("0");
    }

    /**
     * Waits for the body, then goes on.
     *
     * @param longest how long it may take
     * @param places of which it takes one until it is whole
     */
    static void await(RoutingContext request, Duration longest, PerAddressLimit places) {
        new BodyArrival(request, longest, places).start();
    }

    private void start() {
        timer = request.vertx().setTimer(longest.toMillis(), time -> tooSlow());
        var incoming = request.request();
        incoming.handler(this::arrived).endHandler(end -> whole()).exceptionHandler(this::broken);
        if (declaredTooLarge(incoming.getHeader(HttpHeaders.CONTENT_LENGTH))) {
            tooLarge();
        } else if (incoming.headers().contains(HttpHeaders.EXPECT, "100-continue", true)) {
            incoming.headers().remove(HttpHeaders.EXPECT);
            if (incoming.version() != HttpVersion.HTTP_1_0) {
                request.response().writeContinue();
            }
        }
        incoming.resume();
    }

    /** Of a length that the server has read as a number before. */
    private static boolean declaredTooLarge(String length) {
        return length != null && (length.length() > 9 || Integer.parseInt(length) > LARGEST);
    }

    private void arrived(Buffer part) {
        if (!over && body.length() + part.length() > LARGEST) {
            tooLarge();
        }
        if (!over) {
            body.appendBuffer(part);
        }
    }

    private void whole() {
        if (finish()) {
            var times = ConnectionTimes.of(EarlyAnswer.channel(request));
            if (times != null) {
                times.bodyArrived();
            }
            ((RoutingContextInternal) request).setBody(body);
            request.next();
        } else {
            request.request().connection().close();
        }
    }

    /** The client may be sending still, and hears nothing before it has: the rest is read, and forgotten, for as long. */
    private void tooLarge() {
        finish();
        timer = request.vertx().setTimer(longest.toMillis(), time -> request.request()
                .connection()
                .close());
        var reason = Edge.of(request.request().path()).exchangesDocuments()
                ? Reason.CONTENT_TOO_LARGE
                : Reason.FORM_TOO_LARGE;
        EarlyAnswer.refuseLast(request, 413, reason);
    }

    private void tooSlow() {
        if (finish()) {
            LOG.infof(
                    "A request of %s is given up: its body did not arrive within %d seconds",
                    address, longest.toSeconds());
            EarlyAnswer.refuseAndClose(request, 408, Reason.BODY_NOT_ARRIVED);
        }
    }

    private void makeRoom() {
        if (finish()) {
            LOG.infof("A request of %s is given up: its body made room for others of its address", address);
            request.response().putHeader(HttpHeaders.createOptimized("Retry-After"), RETRY_AFTER_SECONDS);
            EarlyAnswer.refuseAndClose(request, 429, Reason.TOO_MANY_REQUESTS);
        }
    }

    private void broken(Throwable why) {
        if (!finish()) {
            return;
        }
        LOG.infof(
                "A request of %s is given up: %s",
                address,
                why instanceof HttpClosedException
                        ? "the client left before its body had arrived"
                        : "its body is malformed");
        // The server closes the connection: nobody hears this, but who counts requests.
        request.response().setStatusCode(400).end();
    }

    /** @return whether it was on its way until now */
    private boolean finish() {
        request.vertx().cancelTimer(timer);
        place.leave();
        var first = !over;
        over = true;
        return first;
    }
}
