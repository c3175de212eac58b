package dev.connectionmanager.start;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.connectionmanager.audit.CheckpointDirectory;
import dev.connectionmanager.audit.CheckpointKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The embedded default: PostgreSQL and every key the portal needs, kept in one directory between runs, and log-in
 * through the portal's own small OpenID Provider. Served on loopback only.
 */
public final class LocalMode implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /** Of a directory like {@code /tmp}, which is everybody's and stays so. */
    private static final int STICKY = 0x200;

    private static final String CHECKPOINT_KEY = "audit-checkpoint-key";
    private static final Duration DATABASE_WAIT = Duration.ofSeconds(30);

    private final EmbeddedPostgres database;
    private final FileChannel lock;
    private final Map<String, String> settings;

    private LocalMode(EmbeddedPostgres database, FileChannel lock, Map<String, String> settings) {
        this.database = database;
        this.lock = lock;
        this.settings = settings;
    }

    public static Path directory() {
        return Path.of(Settings.get("connection-manager.local.directory").orElse(".local"))
                .toAbsolutePath();
    }

    /**
     * Starts the database and makes the settings that a local portal needs. What another version left is not touched.
     *
     * @param directory kept between runs; made when absent
     * @param httpPort where the portal will listen
     * @throws StartRefused when the port is taken, the directory is in use or another version's, or the database does
     *     not start
     */
    public static LocalMode start(Path directory, int httpPort) {
        requireFree(httpPort);
        FileChannel lock = null;
        EmbeddedPostgres database = null;
        try {
            keepPrivate(directory);
            lock = lock(directory);
            var data = directory.resolve("database");
            stopOrphan(data);
            var kept = Files.exists(data);
            database = startDatabase(directory);
            // It unpacks its programs into a directory that everybody could write to.
            keepPrivate(directory.resolve("postgresql"));
            if (kept) {
                requireThisVersions(directory, database);
            }
            var keys = keys(directory.resolve("keys.properties"));
            CheckpointKey.makeUnlessThere(directory.resolve(CHECKPOINT_KEY));
            keepPrivate(directory.resolve("checkpoints"));
            CheckpointDirectory.requireWritable(directory.resolve("checkpoints"));
            return new LocalMode(database, lock, settings(directory, httpPort, database, keys));
        } catch (IOException | GeneralSecurityException e) {
            close(database, lock);
            throw new StartRefused("Connection Manager did not start: the local data in " + directory
                    + " cannot be used (" + e.getMessage() + "). Put it right, or move it away to begin anew.");
        } catch (StartRefused e) {
            close(database, lock);
            throw e;
        }
    }

    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        close(database, lock);
    }

    public static String welcome(String address) {
        return """

                Connection Manager runs in local mode: %s
                Log in as owner, admin or viewer (one team), other-owner (another team),
                operator, operator2, or newcomer. Stop with Ctrl+C; data is kept.
                """.formatted(address);
    }

    private static void requireFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw new StartRefused("Connection Manager did not start: port " + port
                    + " is taken. Stop what uses it, or choose another with -Dquarkus.http.port=<port>.");
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new StartRefused("Connection Manager did not start: another one already runs on " + directory + ".");
        }
        return channel;
    }

    /**
     * A JVM that was killed leaves its database server behind, holding the data directory. We hold the directory's
     * lock, so nobody uses that server any more.
     */
    private static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var lines = Files.readAllLines(pidFile);
        var process = lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")
                ? Optional.<ProcessHandle>empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        var orphan = process.filter(p -> p.info().command().orElse("").endsWith("postgres"));
        if (orphan.isPresent()) {
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(DATABASE_WAIT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new StartRefused("Connection Manager did not start: a database server of an earlier run (process "
                        + orphan.get().pid() + ") still holds " + data + ". Stop it and start again.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartRefused("Interrupted while starting.");
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private static EmbeddedPostgres startDatabase(Path directory) {
        var log = ProcessBuilder.Redirect.appendTo(
                directory.resolve("database.log").toFile());
        // It tells step by step how it starts; what matters is in the exception.
        Logger.getLogger("io.zonky.test.db.postgres").setLevel(Level.WARNING);
        try {
            return EmbeddedPostgres.builder()
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setDataDirectory(directory.resolve("database"))
                    .setOverrideWorkingDirectory(directory.resolve("postgresql").toFile())
                    .setCleanDataDirectory(false)
                    // It would end the database under the portal: whoever starts local mode closes it.
                    .setRegisterShutdownHook(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setPGStartupWait(DATABASE_WAIT)
                    .start();
        } catch (IOException | RuntimeException e) {
            throw new StartRefused("Connection Manager did not start: the local database in "
                    + directory.resolve("database") + " does not start (" + e.getMessage()
                    + "). Restore that directory, or move it away to begin with an empty one.");
        }
    }

    private static void requireThisVersions(Path directory, EmbeddedPostgres database) {
        SchemaHistory.requireOfThisVersion(
                database.getJdbcUrl("postgres", "postgres"),
                "postgres",
                "postgres",
                "the local data in " + directory,
                "Move that directory away to begin anew, or choose another one with"
                        + " -Dconnection-manager.local.directory=<directory>.");
    }

    /** Keys and data of this user's: whatever the umask says, and also where an earlier version let others in. */
    private static void keepPrivate(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        var shared = ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
        if (!shared) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    private static Properties keys(Path file) throws IOException, GeneralSecurityException {
        var keys = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                keys.load(in);
            }
            return keys;
        }
        AeadConfig.register();
        keys.setProperty(
                "connection-manager.encryption-keyset",
                TinkJsonProtoKeysetFormat.serializeKeyset(
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get()));
        keys.setProperty("quarkus.oidc.authentication.state-secret", random().substring(0, 32));
        keys.setProperty("quarkus.oidc.credentials.secret", random());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newBufferedWriter(file)) {
            keys.store(out, "Keys of local mode. Lose them and the client secrets in the database are lost.");
        }
        return keys;
    }

    private static String random() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, String> settings(
            Path directory, int httpPort, EmbeddedPostgres database, Properties keys) {
        var address = "http://localhost:" + httpPort;
        var settings = new LinkedHashMap<String, String>();
        settings.put("connection-manager.local", "true");
        settings.put("connection-manager.local.directory", directory.toString());
        settings.put("connection-manager.public-url", address);
        settings.put(
                "connection-manager.audit.checkpoint-key",
                directory.resolve(CHECKPOINT_KEY).toString());
        settings.put(
                "connection-manager.audit.checkpoint-directory",
                directory.resolve("checkpoints").toString());
        settings.put("connection-manager.mail.operators", "operators@local.example");
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(httpPort));
        settings.put("quarkus.datasource.jdbc.url", database.getJdbcUrl("postgres", "postgres"));
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "postgres");
        settings.put("quarkus.oidc.auth-server-url", address + "/local/openid");
        settings.put("quarkus.oidc.client-id", "connection-manager");
        // The OpenID Provider is this very process: it answers nothing before the start is over.
        for (var tenant : List.of("quarkus.oidc.", "quarkus.oidc.api.")) {
            settings.put(tenant + "discovery-enabled", "false");
            settings.put(tenant + "authorization-path", "/authorize");
            settings.put(tenant + "token-path", "/token");
            settings.put(tenant + "user-info-path", "/userinfo");
            settings.put(tenant + "end-session-path", "/logout");
            settings.put(tenant + "jwks-path", "/jwks");
            settings.put(tenant + "jwks.resolve-early", "false");
            settings.put(tenant + "token.issuer", address + "/local/openid");
        }
        // On one's own computer scripts may be as fast as they like, unless limits are what is tried out.
        for (var limit : List.of("log-ins", "writes", "live-checks")) {
            var name = "connection-manager.limits." + limit + "-a-minute";
            settings.put(name, Settings.get(name).orElse("100000"));
        }
        keys.stringPropertyNames().forEach(name -> settings.put(name, keys.getProperty(name)));
        return settings;
    }

    private static void close(EmbeddedPostgres database, FileChannel lock) {
        try {
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            System.err.println("The local database did not stop cleanly: " + e.getMessage());
        }
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // The lock ends with the process anyway.
        }
    }
}
