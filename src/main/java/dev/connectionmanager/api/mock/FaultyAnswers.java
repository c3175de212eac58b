package dev.connectionmanager.api.mock;

import dev.connectionmanager.mock.MockSettings;
import dev.connectionmanager.mock.fault.Draft;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/** Answers of the mock that are slow or cut off on purpose: they wait without a thread, and without a place of those at work. */
@Provider
class FaultyAnswers implements ContainerResponseFilter {
    /** More at once are answered at once. */
    private static final int MOST = 500;

    private final AtomicInteger waiting = new AtomicInteger();
    private final RoutingContext connection;

    FaultyAnswers(RoutingContext connection) {
        this.connection = connection;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        var cut = answer.getHeaders().remove(Draft.CUT);
        var delay = answer.getHeaders().remove(Draft.DELAY);
        if (cut != null) {
            cut((ResteasyReactiveContainerRequestContext) request);
        } else if (delay != null && waiting.incrementAndGet() <= MOST) {
            wait(
                    (ResteasyReactiveContainerRequestContext) request,
                    Integer.parseInt(delay.get(0).toString()));
        } else if (delay != null) {
            waiting.decrementAndGet();
        }
    }

    /** What would be written goes nowhere. */
    private void cut(ResteasyReactiveContainerRequestContext request) {
        request.suspend();
        connection.request().connection().close().onComplete(closed -> request.resume());
    }

    private void wait(ResteasyReactiveContainerRequestContext request, int seconds) {
        Runnable leave = connection.get(MockSettings.LEAVE);
        request.suspend();
        connection.vertx().setTimer(TimeUnit.SECONDS.toMillis(seconds), done -> {
            waiting.decrementAndGet();
            request.resume();
        });
        leave.run();
    }
}
