package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** How often logout tokens go to one address and host, whichever node sends them. */
@PortalTest
class LogoutSharesTest {
    @Inject
    MockDatabase database;

    @Inject
    Sql sql;

    @Test
    void ofFiftyAtOnceOnTwoNodesOneGoesToAHost() throws Exception {
        var nodes = new LogoutShares[] {new LogoutShares(database), new LogoutShares(database)};
        var taken =
                AtOnce.<LogoutShares.Wait>each(i -> () -> nodes[i % 2].take("https://fifty.example.org/" + i % 5), 50);
        assertThat(taken.stream().filter(wait -> wait.seconds() == 0)).hasSize(1);
        assertThat(taken.stream().filter(wait -> wait.seconds() > 0))
                .allSatisfy(wait -> assertThat(wait).isEqualTo(new LogoutShares.Wait(1, false)));
    }

    @Test
    void tenAMinuteGoToAnAddress() {
        var shares = new LogoutShares(database);
        for (int i = 0; i < LogoutShares.OF_ADDRESS; i++) {
            assertThat(shares.take("https://ten.example.org/logout").seconds()).isZero();
            passes("ten.example.org", 4);
        }
        var wait = shares.take("https://ten.example.org/logout");
        assertThat(wait.ofAddress()).isTrue();
        assertThat(wait.seconds()).as("until the first is a minute old").isBetween(18, 20);
        assertThat(shares.take("https://ten.example.org/other").seconds())
                .as("another address")
                .isZero();
        passes("ten.example.org", 21);
        assertThat(shares.take("https://ten.example.org/logout").seconds()).isZero();
        shares.forget();
        assertThat(sql.number("select count(*) from mock_logout_sent where host = 'ten.example.org'"))
                .as("those of the last minute")
                .isEqualTo(11);
    }

    /** On a developer's computer each port is another program. */
    @Test
    void portsOfOneHostShareButOnLoopback() {
        var shares = new LogoutShares(database);
        assertThat(shares.take("https://ports.example.org/").seconds()).isZero();
        assertThat(shares.take("https://PORTS.example.org:8443/").seconds()).isOne();
        assertThat(shares.take("http://localhost:41001/").seconds()).isZero();
        assertThat(shares.take("http://localhost:41002/").seconds()).isZero();
    }

    private void passes(String host, int seconds) {
        sql.execute(
                "update mock_logout_sent set at = at - interval '" + seconds + " seconds' where host = '" + host + "'");
    }
}
