package dev.connectionmanager.api.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.DatabaseServer;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The database is away altogether, for a while: what was sent with a key can be sent again, and is done once. */
@ConfiguredPortalTest
class DatabaseOutageTest {
    private static final String APPLICATIONS = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";
    private static final String WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

    @Inject
    Sql sql;

    @ConfigProperty(name = "connection-manager.local.directory")
    Path directory;

    @Test
    void aRetryAfterItIsBackIsAcceptedAnew() throws Exception {
        var server = new DatabaseServer(directory);
        var atWork = UUID.randomUUID().toString();
        var meanwhile = UUID.randomUUID().toString();
        var owner = Api.as("owner");
        owner.get(APPLICATIONS).then().statusCode(200);
        CompletableFuture<Response> interrupted;
        try (var other = server.connect("connection_manager");
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table application in exclusive mode");
            interrupted = CompletableFuture.supplyAsync(() -> send(owner, atWork));
            Patience.until("it is at work", () -> sql.number(WAITING) == 1);
            server.crash();
        }
        try {
            assertThat(interrupted.get(30, TimeUnit.SECONDS).statusCode()).isGreaterThanOrEqualTo(500);
            for (var key : List.of(atWork, meanwhile)) {
                assertThat(send(owner, key).statusCode()).isGreaterThanOrEqualTo(500);
            }
        } finally {
            server.start();
        }
        for (var key : List.of(atWork, meanwhile)) {
            send(owner, key).then().statusCode(201).header("Idempotency-Replayed", nullValue());
            send(owner, key).then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
            assertThat(owner.get(APPLICATIONS + "?name=" + key).<List<?>>path("items"))
                    .hasSize(1);
        }
    }

    private static Response send(Api owner, String key) {
        return owner.request()
                .header("Idempotency-Key", key)
                .body(Map.of("name", key, "category", "supplier", "application_type", "web"))
                .post(APPLICATIONS);
    }
}
