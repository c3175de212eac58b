package dev.connectionmanager.api.tool;

import dev.connectionmanager.environment.Environments;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Which environment a program of the existing tool's format means: there each had a host of its own. */
@ApplicationScoped
class ToolEnvironments {
    private final Settings settings;
    private final Environments environments;

    ToolEnvironments(Settings settings, Environments environments) {
        this.settings = settings;
        this.environments = environments;
    }

    /** @throws IllegalStateException at the start, where a setting names an environment that there is not */
    void requireKnown(@Observes StartupEvent started) {
        Stream.concat(Stream.of(settings.environment()), settings.hosts().keySet().stream())
                .filter(id -> environments.find(id).isEmpty())
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalStateException("There is no environment '" + id
                            + "': correct CONNECTION_MANAGER_TOOL_ENVIRONMENT or CONNECTION_MANAGER_TOOL_HOSTS_…");
                });
    }

    /** The id of the environment that the host of this request stands for. */
    String of(RoutingContext request) {
        var host = request.request().authority().host().toLowerCase(Locale.ROOT);
        return settings.hosts().entrySet().stream()
                .filter(named -> host.contains(named.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(settings.environment());
    }

    /** {@code connection-manager.tool.…} */
    @ConfigMapping(prefix = "connection-manager.tool")
    interface Settings {
        /** The id of the environment that is meant by hosts whose names say nothing. */
        String environment();

        /** By the id of an environment, what is in the names of its hosts alone; in lower case. */
        Map<String, String> hosts();
    }
}
