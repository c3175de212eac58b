package dev.connectionmanager.verification;

import dev.connectionmanager.outbound.Guard;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code connection-manager.checks.trust-anchors}. */
final class ConfiguredAnchors {
    /** The JVM's public roots, or those of the configured PEM file in their place; read once. */
    @Produces
    @Singleton
    TrustAnchors anchors(@ConfigProperty(name = "connection-manager.checks.trust-anchors") Optional<String> pem)
            throws IOException {
        return pem.isPresent() ? TrustAnchors.fromPem(Path.of(pem.get())) : TrustAnchors.ofJvm();
    }

    /** Settings that do not work stop the start, not the first check. */
    void readEarly(@Observes StartupEvent starting, TrustAnchors anchors, Guard guard) {}
}
