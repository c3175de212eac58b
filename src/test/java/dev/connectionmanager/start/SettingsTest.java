package dev.connectionmanager.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.audit.CheckpointKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from the settings given, outside local mode. */
class SettingsTest {
    private static final String KEYSET = "connection-manager.encryption-keyset";
    private static final String PUBLIC_URL = "connection-manager.public-url";
    private static final String CHECKPOINT_KEY = "connection-manager.audit.checkpoint-key";
    private static final String CHECKPOINT_DIRECTORY = "connection-manager.audit.checkpoint-directory";

    @TempDir
    Path files;

    @BeforeEach
    void giveAKeyset() {
        System.setProperty(KEYSET, keyset("first"));
    }

    @AfterEach
    void clear() {
        System.clearProperty(KEYSET);
        System.clearProperty(PUBLIC_URL);
        System.clearProperty(CHECKPOINT_KEY);
        System.clearProperty(CHECKPOINT_DIRECTORY);
    }

    @Test
    void httpsOutsideMeansHttpsForCookiesAndRedirects() {
        assertThat(derived("https://portal.example"))
                .containsEntry("quarkus.oidc.authentication.cookie-force-secure", "true")
                .containsEntry("quarkus.oidc.authentication.force-redirect-https-scheme", "true")
                .doesNotContainKey(PUBLIC_URL);
        assertThat(derived("http://localhost:8080"))
                .doesNotContainKey("quarkus.oidc.authentication.cookie-force-secure");
    }

    @Test
    void theSecretForLogInsComesOfTheFirstKeyAndNotOfWhereItLies() throws IOException {
        var inPlace = derived("");
        var file = Files.writeString(files.resolve("keyset.json"), keyset("first") + "\n");
        System.setProperty(KEYSET, file.toString());
        assertThat(derived("")).isEqualTo(inPlace);
        Files.writeString(file, keyset("first", "added"));
        assertThat(derived("")).isEqualTo(inPlace);
        Files.writeString(file, keyset("added"));
        assertThat(derived("")).isNotEqualTo(inPlace);
    }

    @Test
    void aKeysetThatCannotBeReadIsNamed() throws IOException {
        var file = files.resolve("keyset.json");
        System.setProperty(KEYSET, file.toString());
        assertKeysetRefused("NoSuchFile");
        Files.writeString(file, "{\"primaryKeyId\": 1}");
        assertKeysetRefused("has no key in it");
        Files.writeString(file, "CiBnY3A");
        assertKeysetRefused("is not JSON");
    }

    private static void assertKeysetRefused(String why) {
        assertThatThrownBy(() -> derived(""))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("CONNECTION_MANAGER_ENCRYPTION_KEYSET")
                .hasMessageContaining(why);
    }

    private static String keyset(String... keys) {
        return Stream.of(keys)
                .map(key -> "{\"keyData\":{\"value\":\"" + key + "\"}}")
                .collect(Collectors.joining(",", "{\"key\":[", "]}"));
    }

    @Test
    void slashAtTheEndOfThePublicAddressIsDropped() {
        assertThat(derived("https://portal.example/")).containsEntry(PUBLIC_URL, "https://portal.example");
    }

    @Test
    void everyNodeDerivesTheSameSecretForLogIns() {
        assertThat(derived("https://portal.example"))
                .isEqualTo(derived("https://portal.example"))
                .hasEntrySatisfying("quarkus.oidc.authentication.state-secret", secret -> assertThat(secret)
                        .hasSize(32));
    }

    @Test
    void checkpointsNeedAKeyAndADirectoryThatCanBeWrittenTo() throws Exception {
        Settings.requireCheckpointsThatCanBeWritten();
        var key = files.resolve("key");
        CheckpointKey.makeUnlessThere(key);
        System.setProperty(CHECKPOINT_KEY, key.toString());
        assertRefused("CONNECTION_MANAGER_AUDIT_CHECKPOINT_DIRECTORY is missing");
        System.setProperty(
                CHECKPOINT_DIRECTORY,
                files.resolve("made").resolve("when-absent").toString());
        Settings.requireCheckpointsThatCanBeWritten();
        assertThat(files.resolve("made").resolve("when-absent")).isEmptyDirectory();
        System.setProperty(CHECKPOINT_DIRECTORY, key + "/below-a-file");
        assertRefused("cannot be written to " + key + "/below-a-file");
        System.setProperty(CHECKPOINT_DIRECTORY, files.toString());
        System.setProperty(CHECKPOINT_KEY, key + ".pub");
        assertRefused("CONNECTION_MANAGER_AUDIT_CHECKPOINT_KEY cannot be used");
        System.setProperty(CHECKPOINT_KEY, "/nowhere");
        assertRefused("the file /nowhere cannot be read");
        System.setProperty(CHECKPOINT_KEY, Files.readString(key));
        Settings.requireCheckpointsThatCanBeWritten();
    }

    private static void assertRefused(String why) {
        assertThatThrownBy(Settings::requireCheckpointsThatCanBeWritten)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(why);
    }

    private static Map<String, String> derived(String publicUrl) {
        System.setProperty(PUBLIC_URL, publicUrl);
        return Settings.derived();
    }
}
