package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.upkeep.CleanUp;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the mock keeps it keeps for a time. */
@PortalTest
class CleanUpTest {
    @Inject
    CleanUp cleanUp;

    @Inject
    Sql sql;

    @Test
    void forgetsWhatIsOldAndWhatIsOfClientsThatAreGone() {
        var kept = used("Kept in the mock");
        var gone = used("Gone from the mock");
        sql.execute("update mock_exchange set made_at = now() - interval '8 days' where client_id = '" + kept
                + "' and endpoint = 'token'");
        sql.execute("update mock_grant set made_at = now() - interval '9 hours' where client_id = '" + kept + "'");
        logoutToken(kept, "8 days");
        logoutToken(kept, "6 days");
        logoutToken(gone, "1 minute");
        for (var client : List.of(kept, gone)) {
            sql.execute("insert into mock_key_set (client_id, uri, tried_at) values ('" + client + "', 'x', now())");
            sql.execute(
                    "insert into mock_local_address values ('" + client + "', 'redirect_uris', 'http://localhost/')");
        }
        delete(gone);
        assertThat(exchanges(gone)).isEqualTo(2);

        cleanUp.run();

        assertThat(exchanges(gone)).isZero();
        assertThat(rows("mock_key_set", gone)).isZero();
        assertThat(rows("mock_key_set", kept)).isOne();
        assertThat(rows("mock_local_address", gone)).as("it can be restored").isOne();
        sql.execute("update registration set deleted_at = now() - interval '31 days' where client_id = '" + gone + "'");

        cleanUp.run();

        assertThat(rows("mock_local_address", gone)).isZero();
        assertThat(rows("mock_local_address", kept)).isOne();
        assertThat(exchanges(kept)).isEqualTo(1);
        assertThat(sql.number("select count(*) from mock_logout where client_id = '" + kept + "'"))
                .isOne();
        assertThat(sql.number("select count(*) from mock_logout where client_id = '" + gone + "'"))
                .isZero();
        assertThat(sql.number("select count(*) from mock_grant where client_id = '" + kept + "'"))
                .isZero();
    }

    private void logoutToken(String clientId, String age) {
        sql.execute(
                "insert into mock_logout (id, issuer, client_id, uri, reason, claims, made_at) values (gen_random_uuid(), '', '"
                        + clientId + "', 'https://app.supplier.co.uk/logout', 'user', '{}', now() - interval '" + age
                        + "')");
    }

    private String used(String name) {
        var client = MockRegistration.make(name, Map.of());
        var party = client.relyingParty();
        party.logIn().ask("gp", "openid", UnaryOperator.identity()).redeem(party.basic(client.secret()));
        return client.clientId();
    }

    private void delete(String clientId) {
        var application =
                sql.text("select application_id::text from registration where client_id = '" + clientId + "'");
        var path = "/api/v1/applications/" + application + "/registrations/integration";
        var owner = Api.as("owner");
        owner.delete(path, "If-Match: " + owner.get(path).header("ETag")).then().statusCode(204);
    }

    private long exchanges(String clientId) {
        return rows("mock_exchange", clientId);
    }

    private long rows(String table, String clientId) {
        return sql.number("select count(*) from " + table + " where client_id = '" + clientId + "'");
    }
}
