package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.Timers;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole portal works with a role that may only read the trail and add to it. */
@ConfiguredPortalTest
class TwoRolesTest {
    @Inject
    DataSource dataSource;

    @Inject
    Timers timers;

    @ConfigProperty(name = "connection-manager.audit.checkpoint-directory")
    Path checkpoints;

    @Test
    void worksAndCannotTouchWhatItHasTold() throws InterruptedException {
        var application = Api.newApplication("Two roles");
        var registration = application + "/registrations/integration";
        Api.as("owner")
                .put(registration, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        Api.as("owner").post(registration + "/secrets", "{}").then().statusCode(201);
        assertThat(Persons.get(Persons.browser("owner"), "/teams/" + Api.FIRST_TEAM + "/activity")
                        .body())
                .contains("Olivia Owner added the application ‘Two roles’");
        timers.runUntil("a checkpoint is taken", () -> Files.exists(checkpoints.resolve("checkpoint-0000000001.jws")));
        for (var statement : List.of(
                "update audit_event set actor = 'nobody'",
                "delete from audit_event",
                "truncate audit_event",
                "update audit_chain set sequence = sequence + 1")) {
            assertThatThrownBy(() -> run(statement)).hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> run("alter table audit_event disable trigger all"))
                .hasMessageContaining("must be owner");
    }

    private void run(String statement) throws SQLException {
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
