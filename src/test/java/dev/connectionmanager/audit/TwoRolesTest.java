package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.Sql;
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

    @Inject
    Sql sql;

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
        timers.runUntil(
                "everything is sealed",
                () -> sql.number("select count(*) from audit_seal") == sql.number("select count(*) from audit_entry"));
        for (var statement : List.of(
                "update audit_entry set actor = 'nobody'",
                "delete from audit_entry",
                "truncate audit_entry",
                "insert into audit_seal select * from audit_seal",
                "update audit_seal set sequence = sequence + 1",
                "delete from audit_seal")) {
            assertThatThrownBy(() -> run(statement)).hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> run("alter table audit_entry disable trigger all"))
                .hasMessageContaining("must be owner");
    }

    private void run(String statement) throws SQLException {
        try (var connection = dataSource.getConnection();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
