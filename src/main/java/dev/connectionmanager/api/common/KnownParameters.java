package dev.connectionmanager.api.common;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.AnnotatedElement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Refuses query parameters that nothing reads, those that stand there twice, and those without a value: a misspelled filter, or one
 * whose variable is empty, must not look as if it had found everything. Which parameters an address knows, its method says itself; read once, at its first query.
 */
@ApplicationScoped
class KnownParameters {
    /** What programs ask the mock for follows the same conventions. */
    private static final Pattern API =
            Pattern.compile("/api/.*|/mock/(tests(/.*)?|users|faults|logout-tokens|register/.*)");

    /** With each name whether nothing is a value too: a text to look for is. */
    private final Map<RuntimeResource, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    private final RoutingContext connection;

    KnownParameters(RoutingContext connection) {
        this.connection = connection;
    }

    /** After the search for secrets: the name of a parameter is repeated in the answer. */
    @ServerRequestFilter(priority = Priorities.USER - 1)
    public void refuseOthers(ResteasyReactiveContainerRequestContext request) {
        if (connection.request().query() == null
                || !API.matcher(connection.request().path()).matches()) {
            return;
        }
        var resource = ((ResteasyReactiveRequestContext) request.getServerRequestContext()).getTarget();
        var names = known.computeIfAbsent(resource, KnownParameters::of);
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (!names.containsKey(name)) {
                throw new Refusal.Malformed(Reason.PARAMETER_UNKNOWN, name);
            }
            if (values.size() > 1) {
                throw new Refusal.Malformed(Reason.PARAMETER_REPEATED, name);
            }
            if (values.get(0).isEmpty() && !names.get(name)) {
                throw new Refusal.Malformed(Reason.PARAMETER_EMPTY, name);
            }
        });
    }

    private static Map<String, Boolean> of(RuntimeResource resource) {
        var names = new HashMap<String, Boolean>();
        try {
            var method =
                    resource.getResourceClass().getMethod(resource.getJavaMethodName(), resource.getParameterTypes());
            for (var parameter : method.getParameters()) {
                add(names, parameter);
                if (parameter.isAnnotationPresent(BeanParam.class)) {
                    addFields(names, parameter.getType());
                }
            }
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    private static void addFields(Map<String, Boolean> names, Class<?> type) {
        for (var at = type; at != null; at = at.getSuperclass()) {
            for (var field : at.getDeclaredFields()) {
                add(names, field);
                if (field.isAnnotationPresent(BeanParam.class)) {
                    addFields(names, field.getType());
                }
            }
        }
    }

    private static void add(Map<String, Boolean> names, AnnotatedElement read) {
        if (read.isAnnotationPresent(QueryParam.class)) {
            var otherwise = read.getAnnotation(DefaultValue.class);
            names.put(
                    read.getAnnotation(QueryParam.class).value(),
                    otherwise != null && otherwise.value().isEmpty());
        }
    }
}
