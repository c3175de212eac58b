package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceTextsTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void namesTheSettingsOfWhatIsMissing() {
        assertThat(texts(null, null).getMissing())
                .containsExactly(
                        "CONNECTION_MANAGER_SERVICE_PRIVACY_CONTACT",
                        "CONNECTION_MANAGER_SERVICE_LAWFUL_BASIS",
                        "CONNECTION_MANAGER_SERVICE_ACCESSIBILITY_TESTED",
                        "CONNECTION_MANAGER_SERVICE_SECURITY_CONTACT",
                        "CONNECTION_MANAGER_SERVICE_SECURITY_EXPIRES",
                        "CONNECTION_MANAGER_SERVICE_FEEDBACK");
    }

    @Test
    void aSecurityContactHoldsUntilItExpires() {
        assertThat(texts("mailto:security@example.org", NOW.plusSeconds(1)).securityContact())
                .hasValue("mailto:security@example.org");
        var past = texts("mailto:security@example.org", NOW);
        assertThat(past.securityContact()).isEmpty();
        assertThat(past.getMissing())
                .contains("CONNECTION_MANAGER_SERVICE_SECURITY_EXPIRES")
                .doesNotContain("CONNECTION_MANAGER_SERVICE_SECURITY_CONTACT");
        assertThat(texts("mailto:security@example.org", null).securityContact()).isEmpty();
        assertThat(texts(null, NOW.plusSeconds(1)).securityContact()).isEmpty();
    }

    private static ServiceTexts texts(String contact, Instant expires) {
        return new ServiceTexts(
                Optional.of("Example Trust"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(contact),
                Optional.ofNullable(expires),
                Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
