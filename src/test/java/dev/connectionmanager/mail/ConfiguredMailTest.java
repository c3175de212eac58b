package dev.connectionmanager.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.LocalPortal;
import dev.connectionmanager.testing.Timers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The settings that the README names are enough: a letter posted arrives by itself. */
@QuarkusTest
@WithTestResource(
        value = LocalPortal.class,
        initArgs = {
            @ResourceArg(name = "connection-manager.local", value = "false"),
            @ResourceArg(name = "connection-manager.mail.from", value = "Portal <portal@manager.example>"),
            @ResourceArg(
                    name = "connection-manager.mail.operators",
                    value = "desk@manager.example,duty@manager.example"),
            @ResourceArg(name = "connection-manager.mail.host", value = "127.0.0.1"),
            @ResourceArg(name = "connection-manager.mail.tls", value = "optional")
        })
@WithTestResource(ConfiguredMailTest.FreePort.class)
class ConfiguredMailTest {
    @Inject
    Outbox outbox;

    @Inject
    Timers timers;

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

    /** Where the SMTP server will be. */
    public static final class FreePort implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            try (var socket = new ServerSocket(0)) {
                return Map.of("connection-manager.mail.port", Integer.toString(socket.getLocalPort()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {}
    }
}
