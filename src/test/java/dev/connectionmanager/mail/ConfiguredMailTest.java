package dev.connectionmanager.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.DeployedPortalTest;
import dev.connectionmanager.testing.Sql;
import dev.connectionmanager.testing.Timers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The settings that the README names are enough: a letter posted arrives by itself. */
@DeployedPortalTest
class ConfiguredMailTest {
    @Inject
    Outbox outbox;

    @Inject
    Timers timers;

    @Inject
    Sql sql;

    @BeforeEach
    void emptyTheOutbox() {
        sql.execute("delete from mail");
    }

    @Test
    void aLetterToOperatorsArrives() throws InterruptedException {
        var port = ConfigProvider.getConfig().getValue("connection-manager.mail.port", Integer.class);
        try (var server = new TestSmtp(port)) {
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.postToOperators(new Letter(
                            "team-request-received",
                            null,
                            Map.of("team", "Team", "team_id", "an id", "request_id", "x", "by", "Nora"),
                            "team-request-review")));
            timers.runUntil("both have arrived", () -> server.arrived.size() == 2);
            assertThat(server.arrived)
                    .extracting(TestSmtp.Arrived::to)
                    .containsExactlyInAnyOrder("desk@manager.example", "duty@manager.example");
            assertThat(server.arrived.get(0).header("From")).isEqualTo("Portal <portal@manager.example>");
        }
    }
}
