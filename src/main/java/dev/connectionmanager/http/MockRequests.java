package dev.connectionmanager.http;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.RequestPlaces;
import dev.connectionmanager.policy.Reason;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets requests of the mock authorisation service in: none where it is off, on its own host alone where it has one, and only so
 * many at once. That is decided before a thread is given to a request.
 */
@ApplicationScoped
class MockRequests {
    /** After the body has arrived, which takes no thread, and after what refuses odd addresses. */
    private static final int PRIORITY = 8_000;

    private static final int BEFORE_ALL = 40_000;
    private static final String LED_IN = "mock.led-in";
    private static final String ASSETS = "/assets/";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final MockSettings settings;
    private final RequestPlaces places;

    MockRequests(MockSettings settings, RequestPlaces places) {
        this.settings = settings;
        this.places = places;
    }

    void register(@Observes Filters filters) {
        filters.register(this::letIn, PRIORITY);
        if (settings.apart() && !settings.base().equals(MockSettings.ROOT)) {
            filters.register(this::leadIn, BEFORE_ALL);
        }
    }

    /** Its own host may have its paths under another root, or under none: within the portal they are where they always are. */
    private void leadIn(RoutingContext request) {
        var target = request.request().uri();
        var path = request.request().path();
        if (request.get(LED_IN) == null
                && path != null
                && isOnItsHost(request)
                && !path.startsWith(ASSETS)
                && target.startsWith(settings.base())) {
            request.put(LED_IN, true);
            request.reroute(MockSettings.ROOT + target.substring(settings.base().length()));
        } else {
            request.next();
        }
    }

    private boolean isOnItsHost(RoutingContext request) {
        return request.request().authority() != null
                && settings.authority().equals(request.request().authority().toString());
    }

    private void letIn(RoutingContext request) {
        var path = request.normalizedPath();
        var forMock = Edge.isOfMock(path);
        var onItsHost = settings.apart() && isOnItsHost(request);
        if (forMock && settings.apart() && !onItsHost || onItsHost && !forMock && !path.startsWith(ASSETS)) {
            EarlyAnswer.refusePlainly(request, 404, Reason.NOT_FOUND);
        } else if (forMock && !settings.enabled()) {
            EarlyAnswer.refuse(request, 404, Reason.MOCK_OFF);
        } else if (forMock) {
            enter(request);
        } else {
            request.next();
        }
    }

    private void enter(RoutingContext request) {
        request.put(MockSettings.NETWORK, RateLimits.network(RateLimits.address(request)));
        var context = Vertx.currentContext();
        var ended = new AtomicBoolean();
        var inside = new AtomicBoolean();
        Runnable leave = () -> {
            if (inside.get() && ended.compareAndSet(false, true)) {
                places.leave();
            }
        };
        request.put(MockSettings.LEAVE, leave);
        request.addEndHandler(done -> leave.run());
        var taken = places.enter(() -> {
            inside.set(true);
            context.runOnContext(unused -> {
                if (request.response().closed() || request.response().ended()) {
                    leave.run();
                } else {
                    request.next();
                }
            });
        });
        if (!taken) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            EarlyAnswer.refuse(request, 503, Reason.MOCK_BUSY);
        }
    }
}
