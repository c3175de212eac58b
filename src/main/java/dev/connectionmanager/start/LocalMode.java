package dev.connectionmanager.start;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.connectionmanager.audit.CheckpointDirectory;
import dev.connectionmanager.audit.CheckpointKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The embedded default: PostgreSQL and every key the portal needs, kept in one directory between runs, and log-in
 * through the portal's own small OpenID Provider. Served on loopback only.
 */
public final class LocalMode implements AutoCloseable {
    private static final String KEYS = "keys.properties";
    private static final String CHECKPOINT_KEY = "audit-checkpoint-key";
    private static final String CHECKPOINTS = "checkpoints";
    private static final List<String> MADE_ONCE = List.of(KEYS, CHECKPOINT_KEY, CHECKPOINTS);

    private final LocalDatabase database;
    private final FileChannel lock;
    private final Map<String, String> settings;

    private LocalMode(LocalDatabase database, FileChannel lock, Map<String, String> settings) {
        this.database = database;
        this.lock = lock;
        this.settings = settings;
    }

    public static Path directory() {
        return Path.of(Settings.get("connection-manager.local.directory").orElse(".local"))
                .toAbsolutePath();
    }

    /**
     * Begins to start the database and makes the settings that a local portal needs. What another version left is not touched.
     *
     * @param directory kept between runs; made when absent
     * @param httpPort where the portal will listen
     * @throws StartRefused when the port is taken, or the directory is in use or cannot be used; what comes of the database is
     *     told by {@link AwaitedDatabase}
     */
    public static LocalMode begin(Path directory, int httpPort) {
        var local = begun(directory, httpPort);
        AwaitedDatabase.is(local.database::await);
        return local;
    }

    private static LocalMode begun(Path directory, int httpPort) {
        requireFree(httpPort);
        FileChannel lock = null;
        LocalDatabase database = null;
        try {
            LocalDatabase.keepPrivate(directory);
            lock = lock(directory);
            database = LocalDatabase.begin(directory);
            if (!MADE_ONCE.stream().map(directory::resolve).allMatch(Files::exists)) {
                // Nothing is made beside what another version left.
                database.await();
            }
            var keys = keys(directory.resolve(KEYS));
            CheckpointKey.makeUnlessThere(directory.resolve(CHECKPOINT_KEY));
            LocalDatabase.keepPrivate(directory.resolve(CHECKPOINTS));
            CheckpointDirectory.requireWritable(directory.resolve(CHECKPOINTS));
            return new LocalMode(database, lock, settings(directory, httpPort, database, keys));
        } catch (IOException | GeneralSecurityException e) {
            close(database, lock);
            throw LocalDatabase.unusable(directory, e);
        } catch (StartRefused e) {
            close(database, lock);
            throw e;
        }
    }

    /**
     * The same, and waits for the database.
     *
     * @throws StartRefused also when the database does not start, or is another version's
     */
    public static LocalMode start(Path directory, int httpPort) {
        var local = begun(directory, httpPort);
        try {
            local.database.await();
        } catch (StartRefused e) {
            local.close();
            throw e;
        }
        return local;
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

    private static Map<String, String> settings(Path directory, int httpPort, LocalDatabase database, Properties keys) {
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
                directory.resolve(CHECKPOINTS).toString());
        settings.put("connection-manager.mail.operators", "operators@local.example");
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.http.port", Integer.toString(httpPort));
        settings.put("quarkus.datasource.jdbc.url", database.url());
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

    private static void close(LocalDatabase database, FileChannel lock) {
        if (database != null) {
            database.close();
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
