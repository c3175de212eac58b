package dev.connectionmanager.environment;

import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Environments of a node of its own, over the portal’s database. */
@Singleton
public class TestEnvironments {
    private final DiscoveryStore store;

    TestEnvironments(DiscoveryStore store) {
        this.store = store;
    }

    /** One environment, {@code laboratory}, with lists that no discovery document of a test has. */
    public Environments node(URI discovery, Optional<String> issuer, Clock clock) {
        return new Environments(
                () -> Map.of("laboratory", new Configured(discovery, issuer)),
                store,
                clock,
                true,
                "http://portal.test");
    }

    private record Configured(Optional<URI> discovery, Optional<String> issuer) implements Environments.Settings.One {
        Configured(URI discovery, Optional<String> issuer) {
            this(Optional.of(discovery), issuer);
        }

        @Override
        public int position() {
            return 1;
        }

        @Override
        public String name() {
            return "Laboratory";
        }

        @Override
        public String usage() {
            return "Tests";
        }

        @Override
        public EnvironmentKind kind() {
            return EnvironmentKind.PATH_TO_LIVE;
        }

        @Override
        public List<String> tokenEndpointAuthMethods() {
            return List.of("client_secret_basic");
        }

        @Override
        public List<String> tokenEndpointAuthSigningAlgs() {
            return List.of("RS256");
        }

        @Override
        public List<String> userinfoSigningAlgs() {
            return List.of("RS512");
        }
    }
}
