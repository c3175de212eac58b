package dev.connectionmanager.testing;

import dev.connectionmanager.verification.certificate.TestPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Certificates of an authority of one's own for mail servers, which the portal's TLS configuration {@code mail} trusts. */
public final class MailCertificates {
    public static final String DIRECTORY = "test.mail-certificates";
    public static final String RIGHT = "localhost";
    public static final String WRONG = "other.example";

    private MailCertificates() {}

    /** Writes them, and returns the settings. */
    static Map<String, String> make() {
        try {
            var directory = Files.createTempDirectory("mail-certificates");
            var root = TestPki.root("Own Mail Root");
            var pem = directory.resolve("root.pem");
            Files.writeString(
                    pem,
                    "-----BEGIN CERTIFICATE-----\n"
                            + Base64.getMimeEncoder()
                                    .encodeToString(root.certificate().getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
            for (var host : new String[] {RIGHT, WRONG}) {
                var store = TestPki.leaf(host)
                        .valid(Instant.now().minusSeconds(86_400), Instant.now().plusSeconds(86_400))
                        .issuedBy(root)
                        .keyStore();
                try (var file = Files.newOutputStream(directory.resolve(host))) {
                    store.store(file, new char[0]);
                }
            }
            return Map.of("quarkus.tls.mail.trust-store.pem.certs", pem.toString(), DIRECTORY, directory.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key store of the server with the certificate for this host. */
    public static Path keyStore(String directory, String host) {
        return Path.of(directory, host);
    }
}
