package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.client.MockClient.Kind;
import dev.connectionmanager.mock.client.MockClient.Logout;
import dev.connectionmanager.mock.client.MockClient.State;
import dev.connectionmanager.testing.DeployedPortalTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outside local mode logout tokens go to what teams registered, and to nothing else. */
@DeployedPortalTest
class DeployedLogoutTest {
    @Inject
    LogoutWay way;

    @ParameterizedTest
    @CsvSource({
        "REGISTERED, ACTIVE, https://app.supplier.co.uk/logout, true, false",
        "REGISTERED, SUSPENDED, https://app.supplier.co.uk/logout, false, false",
        "REGISTERED, DELETED, https://app.supplier.co.uk/logout, false, false",
        "REGISTERED, PRODUCTION, https://app.supplier.co.uk/logout, false, false",
        "REGISTERED, ACTIVE, , false, false",
        "OPEN, ACTIVE, https://app.supplier.co.uk/logout, false, false",
        "OPEN, ACTIVE, http://localhost:3000/logout, false, true",
        "TEST, ACTIVE, https://app.supplier.co.uk/logout, false, false",
        "TEST, ACTIVE, http://127.0.0.1:3000/logout, false, true",
        // Told in the log as what cannot be reached from here.
        "REGISTERED, ACTIVE, http://localhost:3000/logout, true, true"
    })
    void leadsToRegisteredClientsAlone(Kind kind, State state, String uri, boolean leads, boolean outOfReach) {
        var client = new MockClient(
                "id", "name", kind, state, null, null, null, null, null, uri == null ? null : new Logout(uri, false));
        assertThat(way.leadsTo(client)).isEqualTo(leads);
        if (uri != null) {
            assertThat(way.isOutOfReach(uri)).isEqualTo(outOfReach);
        }
    }
}
