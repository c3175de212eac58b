package dev.connectionmanager.verification.certificate;

import dev.connectionmanager.outbound.Guard;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code connection-manager.checks.trust-anchors}. */
final class ConfiguredAnchors {
    /** The JVM's public roots, or those of the configured PEM file in their place; read once. */
    @Produces
    @Singleton
    TrustAnchors anchors(@ConfigProperty(name = "connection-manager.checks.trust-anchors") Optional<String> pem)
            throws IOException {
        return pem.isPresent() ? fromPem(Path.of(pem.get())) : TrustAnchors.ofJvm();
    }

    /**
     * @param pem a file of one or more PEM certificates
     * @throws IOException when the file cannot be read or holds anything else than certificates, or none
     */
    static TrustAnchors fromPem(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            List<X509Certificate> read = new ArrayList<>();
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                read.add((X509Certificate) certificate);
            }
            if (read.isEmpty()) {
                throw new IOException(pem + " holds no certificate");
            }
            return TrustAnchors.of(read);
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + " is not a file of PEM certificates: " + e.getMessage(), e);
        }
    }

    /** Settings that do not work stop the start, not the first check. */
    void readEarly(@Observes StartupEvent starting, TrustAnchors anchors, Guard guard) {}
}
