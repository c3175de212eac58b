package dev.connectionmanager.http;

import com.google.common.base.Suppliers;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/**
 * Which methods each address knows. The framework itself looks for a class first, by the address, and tells of a wrong
 * method only where that class has the address too: elsewhere it would be 404 (RFC 9110 section 15.5.6).
 */
@Singleton
class Routes {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^:}]+(?::([^}]+))?}");

    /** Read at the first wrong method: nothing else needs them. */
    private final Supplier<List<Route>> all = Suppliers.memoize(Routes::read);

    private record Route(String method, Pattern path) {}

    /** @return in alphabetical order; empty where nothing answers at this address */
    Set<String> methods(String path) {
        var methods = new TreeSet<String>();
        all.get().stream()
                .filter(route -> route.path().matcher(path).matches())
                .forEach(route -> methods.add(route.method()));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        if (!methods.isEmpty()) {
            methods.add(HttpMethod.OPTIONS);
        }
        return methods;
    }

    private static List<Route> read() {
        var routes = new ArrayList<Route>();
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        RuntimeResourceVisitor.visitRuntimeResources(
                deployment.getPrefix(), deployment.getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                        if (method != null) {
                            routes.add(new Route(method, pattern(path)));
                        }
                    }
                });
        return routes;
    }

    /** {@code {name}} is one segment, {@code {name:expression}} what the expression says. */
    static Pattern pattern(String template) {
        var pattern = new StringBuilder();
        var parameters = PARAMETER.matcher(template);
        int end = 0;
        while (parameters.find()) {
            pattern.append(Pattern.quote(template.substring(end, parameters.start())))
                    .append("(?:")
                    .append(parameters.group(1) == null ? "[^/]+" : parameters.group(1))
                    .append(")");
            end = parameters.end();
        }
        return Pattern.compile(pattern + Pattern.quote(template.substring(end)) + "/?");
    }
}
