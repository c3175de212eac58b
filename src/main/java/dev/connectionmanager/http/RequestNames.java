package dev.connectionmanager.http;

import dev.connectionmanager.audit.CorrelationId;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What each request is called: by the portal, which alone stands in the trail and in problem documents, and by its caller, who
 * finds that name again in the answer and beside ours in the log.
 */
class RequestNames {
    private static final Logger LOG = Logger.getLogger(RequestNames.class);

    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
    private static final CharSequence CLIENT_REQUEST_ID = HttpHeaders.createOptimized("X-Client-Request-Id");
    private static final String GIVEN = RequestNames.class.getName();
    private static final int LONGEST = 64;

    private RequestNames() {}

    /** Given when the request is first asked for it. */
    static UUID of(RoutingContext request) {
        UUID given = request.get(GIVEN);
        if (given == null) {
            given = UUID.randomUUID();
            request.put(GIVEN, given);
        }
        return given;
    }

    /** Says both in the answer, which has its status by now. */
    static void tell(RoutingContext request, MultiMap answer) {
        var ours = of(request);
        tell(ours, answer);
        var callers = request.request().getHeader(REQUEST_ID);
        if (callers != null && isName(callers)) {
            answer.set(CLIENT_REQUEST_ID, callers);
            LOG.infof(
                    "Request %s, which its caller calls %s, is answered with %d",
                    ours, callers, request.response().getStatusCode());
        }
    }

    static void tell(UUID ours, MultiMap answer) {
        answer.set(REQUEST_ID, ours.toString());
    }

    /** Nothing that could break a line of the log or of a header. */
    static boolean isName(String sent) {
        return !sent.isEmpty()
                && sent.length() <= LONGEST
                && sent.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }

    @Produces
    @RequestScoped
    static CorrelationId correlationId(CurrentVertxRequest current) {
        var request = current.getCurrent();
        return new CorrelationId(request == null ? UUID.randomUUID() : of(request));
    }
}
