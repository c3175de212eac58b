package dev.connectionmanager.environment;

import dev.connectionmanager.environment.Environment.ProviderMetadata;
import dev.connectionmanager.verification.uri.KeySetHost;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The configured environments, in the order in which an application meets them, with the metadata in force at the moment
 * of asking. Asking costs nothing: the discovery documents are in memory, and somebody else reads them.
 */
@ApplicationScoped
public class Environments {
    private final List<Environment> configured;
    private final DiscoveryStore store;
    private final Clock clock;
    /** As last seen in the database, by address. */
    private volatile Map<String, DiscoveryDocument> documents = Map.of();

    /** @param mockEnabled whether the portal's own self-service provider is on: where it is not, it has no address */
    Environments(
            Settings settings,
            DiscoveryStore store,
            Clock clock,
            @ConfigProperty(name = "connection-manager.mock.enabled") boolean mockEnabled,
            @ConfigProperty(name = "connection-manager.public-url") String publicUrl) {
        this.store = store;
        this.clock = clock;
        var origin = MetadataOrigin.configured(clock.instant());
        var keySets = new KeySetHost(publicUrl);
        configured = settings.byId().entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getValue().position()))
                .map(entry -> environment(entry.getKey(), entry.getValue(), origin, keySets))
                .map(one -> one.kind() == EnvironmentKind.SELF_SERVICE && !mockEnabled ? one.withoutAddresses() : one)
                .toList();
    }

    public List<Environment> all() {
        var now = clock.instant();
        return configured.stream().map(environment -> inForce(environment, now)).toList();
    }

    public Optional<Environment> find(String id) {
        return configured.stream()
                .filter(environment -> environment.id().equals(id))
                .findFirst()
                .map(environment -> inForce(environment, clock.instant()));
    }

    /** The endpoints that the OpenID Provider of this environment publishes, by their names in RFC 8414; none where it was never read. */
    public Map<String, String> endpoints(Environment environment) {
        return environment
                .discovery()
                .map(discovery -> documents.get(discovery.toString()))
                .map(document -> document.endpointsOf(environment))
                .orElse(Map.of());
    }

    /** Takes over what this and the other nodes have read. */
    public void recall() {
        documents = QuarkusTransaction.requiringNew().call(store::listAll).stream()
                .collect(Collectors.toUnmodifiableMap(DiscoveryDocument::address, Function.identity()));
    }

    /**
     * Keeps a good discovery document, for this and the other nodes.
     *
     * @param readAt when reading it began
     */
    public void keep(URI discovery, PublishedMetadata published, Instant readAt) {
        QuarkusTransaction.requiringNew().run(() -> store.keep(discovery.toString(), published, readAt));
        recall();
    }

    /** Notes that a discovery document could not be read; the last good one stays in force. */
    public void markUnreadable(URI discovery, Instant at) {
        QuarkusTransaction.requiringNew().run(() -> store.markUnreadable(discovery.toString(), at));
        recall();
    }

    private Environment inForce(Environment environment, Instant now) {
        return environment
                .discovery()
                .map(discovery -> documents.get(discovery.toString()))
                .map(document -> document.over(environment, now))
                .orElse(environment);
    }

    private static Environment environment(String id, Settings.One one, MetadataOrigin origin, KeySetHost keySets) {
        return new Environment(
                id,
                one.name(),
                one.usage(),
                one.kind(),
                one.issuer(),
                one.discovery(),
                new ProviderMetadata(
                        one.tokenEndpointAuthMethods(), one.tokenEndpointAuthSigningAlgs(), one.userinfoSigningAlgs()),
                origin,
                keySets);
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
