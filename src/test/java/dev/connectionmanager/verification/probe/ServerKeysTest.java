package dev.connectionmanager.verification.probe;

import static dev.connectionmanager.verification.probe.OneEndpoint.HOST;
import static dev.connectionmanager.verification.probe.OneEndpoint.KEYS;
import static dev.connectionmanager.verification.probe.OneEndpoint.MIDDLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Shell;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.wording.RuleSentences;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers whose certificate's key is at fault: no sentence blames their TLS versions or cipher suites for it alone. */
class ServerKeysTest {
    private static final String KEY = "the key of its certificate";

    private final OneEndpoint endpoint = new OneEndpoint();

    @TempDir
    private Path directory;

    @AfterEach
    void tearDown() throws Exception {
        endpoint.close();
    }

    /** Java's own server, which cannot use such a key in TLS 1.3. */
    @Test
    void aJavaServerWithADsaKey() {
        var leaf = TestPki.leaf(HOST).key("DSA-2048").issuedBy(MIDDLE);
        endpoint.serve(socket -> socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"}), KEYS, leaf, MIDDLE);
        assertThat(said()).contains("handshake_failure", KEY);
    }

    /** Its own words name the key, where it is seen. */
    @Test
    void aJavaServerWithAnEd448Key() {
        var leaf = TestPki.leaf(HOST).key("Ed448").issuedBy(MIDDLE);
        endpoint.serve(socket -> {}, KEYS, leaf, MIDDLE);
        assertThat(said()).contains("uses Ed448,").doesNotContain("EdDSA");
    }

    /** OpenSSL's, with curves that the JDK does not know, and with a key that may not sign. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "brainpoolP256r1 | digitalSignature | -       | handshake_failure",
                "secp256k1       | digitalSignature | -tls1_3 | protocol_version",
                "prime256v1      | keyAgreement     | -tls1_2 | handshake_failure"
            })
    void anOpenSslServer(String curve, String usage, String only, String alert) throws Exception {
        Shell.run(
                directory,
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:" + curve
                        + " -nodes -keyout key.pem -out leaf.pem" + " -subj /CN=" + HOST + " -addext keyUsage=critical,"
                        + usage + " 2>&1");
        int port = freePort();
        var command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-quiet",
                "-www",
                "-accept",
                "127.0.0.1:" + port,
                "-cert",
                "leaf.pem",
                "-key",
                "key.pem"));
        if (only != null) {
            command.add(only);
        }
        var server = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
        try {
            Patience.until("it listens", () -> listens(port));
            endpoint.laboratory.lead(HOST, port);
            assertThat(said()).contains(alert, KEY).doesNotContain("newer than 1.1");
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private String said() {
        return endpoint.jwks().violations().all().stream()
                .map(RuleSentences::of)
                .collect(Collectors.joining("\n"));
    }

    private static boolean listens(int port) {
        try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
