package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.LocalPortal;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The portal looks of itself, as it runs for real. */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = {
            @ResourceArg(name = "connection-manager.checks.nightly", value = "true"),
            @ResourceArg(name = "connection-manager.checks.nightly-pause", value = "1s")
        })
class NightlyThreadsTest {
    @Inject
    DataSource database;

    @Test
    void takesInWhatIsRegisteredAndLooksWhenItIsDue() throws Exception {
        LaboratoryInternet.publish("threads", new JWKSet(LaboratoryInternet.KEY).toString());
        var registration = Api.newApplication("Threads") + "/registrations/integration";
        Api.as("owner")
                .put(
                        registration,
                        Map.of(
                                "redirect_uris", List.of("https://app.supplier.co.uk/callback"),
                                "token_endpoint_auth_method", "private_key_jwt",
                                "jwks_uri", "https://threads.laboratory.co.uk/jwks"),
                        "If-None-Match: *")
                .then()
                .statusCode(201);
        becomes("select count(*) from recheck where due_at > now()", 1);
        try (var connection = database.getConnection();
                var update = connection.createStatement()) {
            update.executeUpdate("update recheck set due_at = now()");
        }
        becomes("select count(*) from check_report", 2);
        becomes("select count(*) from recheck where due_at > now() + interval '11 hours' and lease is null", 1);
    }

    private void becomes(String sql, int expected) throws SQLException, InterruptedException {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (number(sql) != expected && Instant.now().isBefore(until)) {
            Thread.sleep(100);
        }
        assertThat(number(sql)).as(sql).isEqualTo(expected);
    }

    private int number(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
