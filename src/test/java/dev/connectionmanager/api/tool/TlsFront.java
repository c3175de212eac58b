package dev.connectionmanager.api.tool;

import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.verification.certificate.TestPki;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Ends TLS in front of the portal, as a proxy does, with a certificate of an authority of its own. */
final class TlsFront implements Closeable {
    private final SSLServerSocket server;
    private final SSLContext trusting;

    private TlsFront(SSLServerSocket server, SSLContext trusting) {
        this.server = server;
        this.trusting = trusting;
    }

    static TlsFront open() {
        try {
            var root = TestPki.root("Front Root");
            var now = Instant.now();
            var store = TestPki.leaf("localhost")
                    .valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                    .issuedBy(root)
                    .keyStore();
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            var serving = SSLContext.getInstance("TLS");
            serving.init(keys.getKeyManagers(), null, null);
            var roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry("root", root.certificate());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            var trusting = SSLContext.getInstance("TLS");
            trusting.init(null, trust.getTrustManagers(), null);
            var front = new TlsFront(
                    (SSLServerSocket) serving.getServerSocketFactory()
                            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    trusting);
            start(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return "https://localhost:" + server.getLocalPort();
    }

    /** Trusts that authority and no other. */
    HttpClient client() {
        return HttpClient.newBuilder().sslContext(trusting).build();
    }

    private void accept() {
        var portal = URI.create(Persons.address());
        while (!server.isClosed()) {
            try {
                var outside = server.accept();
                var inside = new Socket(portal.getHost(), portal.getPort());
                start(() -> copy(outside, inside));
                start(() -> copy(inside, outside));
            } catch (IOException e) {
                // Closed, or somebody has left.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The other direction was closed.
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "TLS front");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
