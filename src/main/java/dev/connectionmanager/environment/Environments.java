package dev.connectionmanager.environment;

import dev.connectionmanager.environment.Environment.ProviderMetadata;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured environments, in the order in which an application meets them. */
@ApplicationScoped
public class Environments {
    private final List<Environment> all;

    Environments(Settings settings) {
        all = settings.byId().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getValue().position()))
                .map(entry -> environment(entry.getKey(), entry.getValue()))
                .toList();
    }

    public List<Environment> all() {
        return all;
    }

    public Optional<Environment> find(String id) {
        return all.stream().filter(environment -> environment.id().equals(id)).findFirst();
    }

    private static Environment environment(String id, Settings.One one) {
        return new Environment(
                id,
                one.name(),
                one.usage(),
                one.kind(),
                one.issuer(),
                one.discovery(),
                new ProviderMetadata(
                        one.tokenEndpointAuthMethods(), one.tokenEndpointAuthSigningAlgs(), one.userinfoSigningAlgs()));
    }

    /** {@code connection-manager.environments.<id>.…} */
    @ConfigMapping(prefix = "connection-manager.environments")
    interface Settings {
        @WithParentName
        Map<String, One> byId();

        interface One {
            int position();

            String name();

            String usage();

            EnvironmentKind kind();

            Optional<String> issuer();

            Optional<URI> discovery();

            List<String> tokenEndpointAuthMethods();

            List<String> tokenEndpointAuthSigningAlgs();

            List<String> userinfoSigningAlgs();
        }
    }
}
