package dev.connectionmanager.web.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Timers;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A portal whose environments have a discovery document, one that can no longer be read, and one that never could. */
@ConfiguredPortalTest
class DiscoveryPageTest {
    private static final Api OWNER = Api.as("owner");

    @Inject
    AgroalDataSource database;

    @Inject
    Environments environments;

    @Inject
    Timers timers;

    @BeforeEach
    void waitForTheFirstReading() throws Exception {
        until("integration", environment -> environment.origin().source().code().equals("discovery"));
        until(
                "production",
                environment -> environment.origin().unreadableSince().isPresent());
        until(
                "deployment",
                environment -> environment.origin().unreadableSince().isPresent());
        lastRead(ConfiguredPortalTest.UNREADABLE, "2026-01-31T09:30:00Z", "2026-01-31T10:20:00Z");
        environments.recall();
    }

    @Test
    void theApiSaysWhereTheListsComeFromAndSinceWhen() {
        OWNER.get("/api/v1/environments")
                .then()
                .body(
                        "items.metadata_source",
                        contains("configured", "discovery", "discovery-kept", "configured", "configured"))
                .body("items[0].metadata_since", notNullValue())
                .body("items[0].discovery_unreadable_since", nullValue())
                .body("items[1].discovery_unreadable_since", nullValue())
                .body("items[2].metadata_since", equalTo("2026-01-31T09:30:00Z"))
                .body("items[2].discovery_unreadable_since", equalTo("2026-01-31T10:20:00Z"))
                .body("items[2].userinfo_signing_alg_values_supported", contains("PS256"))
                .body("items[3].discovery_unreadable_since", notNullValue());
        var integration = OWNER.get("/api/v1/environments/integration");
        integration
                .then()
                .body("token_endpoint_auth_methods_supported", contains("private_key_jwt", "client_secret_basic"))
                .body("token_endpoint_auth_signing_alg_values_supported", contains("ES256", "PS512"))
                .body("userinfo_signing_alg_values_supported", contains("ES256"));
        assertThat(Instant.parse(integration.path("metadata_since")))
                .isBetween(Instant.now().minusSeconds(600), Instant.now());
    }

    @Test
    void theRulesGoByTheDocument() {
        var path = "/api/v1/environments/integration/validations";
        OWNER.post(path, metadata("client_secret_basic", "ES256")).then().body("valid", equalTo(true));
        OWNER.post(path, metadata("client_secret_post", "RS256"))
                .then()
                .body("errors.code", contains("auth-method-unsupported", "userinfo-alg-unsupported"));
        var registration = Api.newApplication("By the document") + "/registrations/integration";
        OWNER.put(registration, metadata("client_secret_basic", "RS256"), "If-None-Match: *")
                .then()
                .statusCode(422)
                .body("errors.code", contains("userinfo-alg-unsupported"));
        OWNER.put(registration, metadata("client_secret_basic", "ES256"), "If-None-Match: *")
                .then()
                .statusCode(201);
    }

    @Test
    void thePageSaysItInWords() {
        try (var browser = Browser.open()) {
            browser.go("/environments");
            var details = browser.page.locator("details summary");
            for (int i = 0; i < details.count(); i++) {
                details.nth(i).click();
            }
            browser.sees("Environments").look("environments with their sources");
            assertThat(browser.text())
                    .contains(
                            "Read from the discovery document on ",
                            "The discovery document could not be read since 31 January 2026 at 10:20 GMT; these are the"
                                    + " values of 31 January 2026 at 09:30 GMT",
                            "Configured; the discovery document could not be read since ");
        }
    }

    @Test
    void theDescriptionOfTheApiNamesTheSources() {
        Api.bare()
                .accept("application/json")
                .get("/q/openapi")
                .then()
                .body(
                        "components.schemas.Environment.properties.metadata_source.enum",
                        hasItems("discovery", "discovery-kept", "configured"))
                .body("components.schemas.Environment.properties.metadata_since.format", equalTo("date-time"));
    }

    private static Map<String, Object> metadata(String method, String userinfoAlgorithm) {
        return Map.of(
                "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                "token_endpoint_auth_method", method,
                "userinfo_signed_response_alg", userinfoAlgorithm);
    }

    private void until(String id, Predicate<Environment> reached) throws InterruptedException {
        timers.runUntil(id, () -> reached.test(environments.find(id).orElseThrow()));
    }

    /** As if it had been read once. */
    private void lastRead(String address, String at, String unreadableSince) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement("update discovery_document set published = ?,"
                        + " read_at = ?::timestamptz, unreadable_since = ?::timestamptz where address = ?")) {
            update.setString(
                    1,
                    "{\"issuer\":\"https://nowhere.laboratory.co.uk\",\"userinfo_signing_alg_values_supported\":[\"PS256\"]}");
            update.setString(2, at);
            update.setString(3, unreadableSince);
            update.setString(4, address);
            assertThat(update.executeUpdate()).isOne();
        }
    }
}
