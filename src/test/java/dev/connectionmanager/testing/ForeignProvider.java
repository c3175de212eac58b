package dev.connectionmanager.testing;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Keycloak from its zip, and packaged portals outside local mode that log people in through it, all on free ports of
 * loopback. Each is a process of its own and writes its log to {@code target/keycloak-test}.
 */
public final class ForeignProvider implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Path WORK = Path.of("target", "keycloak-test").toAbsolutePath();
    private static final String CLIENT_SECRET = UUID.randomUUID().toString();

    private final List<Process> running = new ArrayList<>();
    private final EmbeddedPostgres database;
    private final String keyset;
    private final int port = freePort();
    private final int portalPort = freePort();

    private ForeignProvider() throws Exception {
        Files.createDirectories(WORK);
        database = EmbeddedPostgres.start();
        AeadConfig.register();
        keyset = TinkJsonProtoKeysetFormat.serializeKeyset(
                KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        startKeycloak();
    }

    public static ForeignProvider start() throws Exception {
        return new ForeignProvider();
    }

    public String issuer() {
        return "http://localhost:" + port + "/realms/health";
    }

    /** Where people come; the first node. */
    public String portal() {
        return "http://localhost:" + portalPort;
    }

    private void startKeycloak() throws Exception {
        var home = Path.of(System.getProperty("keycloak.home"));
        var realm = Files.readString(Path.of("src/test/resources/keycloak/realm.json"))
                .replace("${portal}", portal())
                .replace("${client.secret}", CLIENT_SECRET);
        Files.createDirectories(home.resolve("data/import"));
        Files.writeString(home.resolve("data/import/health-realm.json"), realm);
        run(
                "keycloak",
                Map.of(),
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port);
        await(issuer() + "/.well-known/openid-configuration");
    }

    /** A node of the portal; all share one database and one public address. */
    public Node node(int nodePort) throws Exception {
        var settings = Map.ofEntries(
                Map.entry("QUARKUS_HTTP_HOST", "127.0.0.1"),
                Map.entry("QUARKUS_HTTP_PORT", Integer.toString(nodePort)),
                Map.entry("QUARKUS_DATASOURCE_JDBC_URL", database.getJdbcUrl("postgres", "postgres")),
                Map.entry("QUARKUS_DATASOURCE_USERNAME", "postgres"),
                Map.entry("QUARKUS_DATASOURCE_PASSWORD", "postgres"),
                Map.entry("QUARKUS_OIDC_AUTH_SERVER_URL", issuer()),
                Map.entry("QUARKUS_OIDC_CLIENT_ID", "connection-manager"),
                Map.entry("QUARKUS_OIDC_CREDENTIALS_SECRET", CLIENT_SECRET),
                Map.entry("CONNECTION_MANAGER_ENCRYPTION_KEYSET", keyset),
                Map.entry("CONNECTION_MANAGER_PUBLIC_URL", portal()));
        var process = run(
                "portal-" + nodePort,
                settings,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
        var address = "http://localhost:" + nodePort;
        await(address + "/q/health/ready");
        return new Node(process, address);
    }

    public Node firstNode() throws Exception {
        return node(portalPort);
    }

    /** One running portal. */
    public record Node(Process process, String address) {
        public void stop() throws InterruptedException {
            process.destroy();
            process.waitFor();
        }
    }

    private Process run(String name, Map<String, String> settings, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve(name + ".log").toFile());
        builder.environment().putAll(settings);
        var process = builder.start();
        running.add(process);
        return process;
    }

    private static void await(String address) throws Exception {
        var end = Instant.now().plus(START);
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        while (Instant.now().isBefore(end)) {
            try {
                if (HttpClient.newHttpClient()
                                .send(request, BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException(address + " does not answer; see " + WORK);
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        for (var process : running) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        for (var process : running) {
            process.waitFor();
        }
        database.close();
    }
}
