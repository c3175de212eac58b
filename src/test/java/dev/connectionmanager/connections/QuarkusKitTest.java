package dev.connectionmanager.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** With every change one relying party of another maker logs in from the text of its kit; all of them do in {@link ConnectionsIT}. */
@PortalTest
class QuarkusKitTest {
    @Inject
    LogInTrial trial;

    @Test
    void logsInAndOutFromTheTextOfTheKit() throws Exception {
        var maker = Maker.QUARKUS;
        int port = Program.freePort();
        var client = RegisteredClient.of(maker, port, "private_key_jwt", "plain");
        maker.write(client.rehearsal(maker.code()).files());
        maker.install(maker.home());
        try (var program = maker.start(port, client.environment(maker.home(), port))) {
            assertThat(trial.logIn(port, client, program)).isEqualTo(LogInTrial.GOOD);
            var bad = new Walk(port, trial.issuer()).logIn(LogInTrial.USER + "@nonce-wrong");
            assertThat(bad.loggedIn()).as(bad.toString()).isFalse();
        }
    }
}
