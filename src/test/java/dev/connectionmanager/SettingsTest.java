package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What follows from the settings given, outside local mode. */
class SettingsTest {
    private static final String KEYSET = "connection-manager.encryption-keyset";
    private static final String PUBLIC_URL = "connection-manager.public-url";

    @BeforeEach
    void giveAKeyset() {
        System.setProperty(KEYSET, "{}");
    }

    @AfterEach
    void clear() {
        System.clearProperty(KEYSET);
        System.clearProperty(PUBLIC_URL);
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

    private static Map<String, String> derived(String publicUrl) {
        System.setProperty(PUBLIC_URL, publicUrl);
        return Settings.derived();
    }
}
