package dev.connectionmanager.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import dev.connectionmanager.audit.CheckpointDirectory;
import dev.connectionmanager.audit.CheckpointKey;
import dev.connectionmanager.credential.SecretVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What must be set before a start outside local mode: environment variables, or system properties of the same names. */
public final class Settings {
    private static final String PUBLIC_URL = "connection-manager.public-url";
    private static final String STATE_SECRET = "quarkus.oidc.authentication.state-secret";
    private static final String KEYSET = "connection-manager.encryption-keyset";
    private static final String CHECKPOINT_KEY = "connection-manager.audit.checkpoint-key";
    private static final String CHECKPOINT_DIRECTORY = "connection-manager.audit.checkpoint-directory";
    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String DATABASE_USER = "quarkus.datasource.username";
    private static final String DATABASE_PASSWORD = "quarkus.datasource.password";
    private static final List<String> REQUIRED = List.of(
            DATABASE,
            DATABASE_USER,
            DATABASE_PASSWORD,
            "quarkus.oidc.auth-server-url",
            "quarkus.oidc.client-id",
            "quarkus.oidc.credentials.secret",
            KEYSET);

    private Settings() {}

    public static Optional<String> get(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(environmentVariable(property))))
                .filter(value -> !value.isBlank());
    }

    public static int httpPort() {
        return get("quarkus.http.port").map(Integer::parseInt).orElse(8080);
    }

    /** @throws StartRefused with one message that names everything missing */
    public static void requireAll() {
        var missing = REQUIRED.stream()
                .filter(property -> get(property).isEmpty())
                .map(Settings::environmentVariable)
                .toList();
        if (!missing.isEmpty()) {
            throw new StartRefused(
                    "Connection Manager did not start. These settings are missing:\n  "
                            + String.join("\n  ", missing)
                            + "\nSet them as environment variables, or start in local mode with -Dconnection-manager.local=true.");
        }
    }

    /**
     * Checkpoints of the audit trail need a key and a directory, both or neither.
     *
     * @throws StartRefused when one is missing, the key is none, or the directory cannot be written to
     */
    public static void requireCheckpointsThatCanBeWritten() {
        var key = get(CHECKPOINT_KEY);
        var directory = get(CHECKPOINT_DIRECTORY);
        if (key.isPresent() != directory.isPresent()) {
            throw new StartRefused("Connection Manager did not start. Checkpoints of the audit trail need both "
                    + environmentVariable(CHECKPOINT_KEY) + " and " + environmentVariable(CHECKPOINT_DIRECTORY) + "; "
                    + environmentVariable(key.isPresent() ? CHECKPOINT_DIRECTORY : CHECKPOINT_KEY) + " is missing.");
        }
        try {
            key.ifPresent(CheckpointKey::readPrivate);
            if (directory.isPresent()) {
                CheckpointDirectory.requireWritable(Path.of(directory.get()));
            }
        } catch (IllegalArgumentException e) {
            throw new StartRefused("Connection Manager did not start. " + environmentVariable(CHECKPOINT_KEY)
                    + " cannot be used: " + e.getMessage()
                    + ". Make a key with 'openssl genpkey -algorithm ed25519'.");
        } catch (IOException e) {
            throw new StartRefused(
                    "Connection Manager did not start. Checkpoints of the audit trail cannot be written to "
                            + directory.get() + " (" + environmentVariable(CHECKPOINT_DIRECTORY) + "): "
                            + e.getClass().getSimpleName() + ". Make the directory and let this user write to it.");
        }
    }

    /** @throws StartRefused when the database holds what this version cannot use */
    public static void requireDatabaseOfThisVersion() {
        var url = get("quarkus.flyway.jdbc-url").or(() -> get(DATABASE)).orElseThrow();
        SchemaHistory.requireOfThisVersion(
                url,
                get("quarkus.flyway.username").or(() -> get(DATABASE_USER)).orElseThrow(),
                get("quarkus.flyway.password").or(() -> get(DATABASE_PASSWORD)).orElseThrow(),
                // What follows the question mark may be a password.
                "the database at " + url.replaceFirst("\\?.*", ""),
                "Make a new, empty database and name it in " + environmentVariable(DATABASE) + ".");
    }

    /**
     * What follows from the settings given: the secret of log-ins under way, the same on every node and after a restart, and
     * cookies and redirects for HTTPS only where people come by HTTPS. Browsers name an origin without a slash at its end.
     */
    public static Map<String, String> derived() {
        var derived = new HashMap<String, String>();
        if (get(STATE_SECRET).isEmpty()) {
            derived.put(STATE_SECRET, keyedHash(firstKey(), STATE_SECRET));
        }
        var publicUrl = get(PUBLIC_URL).orElse("");
        if (publicUrl.endsWith("/")) {
            derived.put(PUBLIC_URL, publicUrl.replaceFirst("/+$", ""));
        }
        if (publicUrl.startsWith("https:")) {
            derived.put("quarkus.oidc.authentication.cookie-force-secure", "true");
            derived.put("quarkus.oidc.authentication.force-redirect-https-scheme", "true");
        }
        return derived;
    }

    /** The key that stands first in the keyset, since it is the same on every node while keys are added behind it and made primary. */
    private static String firstKey() {
        try {
            var key = new ObjectMapper()
                    .readTree(SecretVault.read(get(KEYSET).orElseThrow()))
                    .at("/key/0/keyData/value");
            if (key.isTextual()) {
                return key.textValue();
            }
            throw keysetRefused("has no key in it");
        } catch (JsonProcessingException e) {
            throw keysetRefused("is not JSON");
        } catch (IOException | InvalidPathException e) {
            throw keysetRefused("is neither a keyset in JSON nor the path of a file that can be read: "
                    + e.getClass().getSimpleName());
        }
    }

    private static StartRefused keysetRefused(String why) {
        return new StartRefused("Connection Manager did not start. " + environmentVariable(KEYSET) + " " + why + ".");
    }

    /** 32 characters, as the longest that state secrets may have. */
    private static String keyedHash(String key, String purpose) {
        return Hashing.hmacSha256(key.getBytes(StandardCharsets.UTF_8))
                .hashString(purpose, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 32);
    }

    private static String environmentVariable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
