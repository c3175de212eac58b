package dev.connectionmanager.api.registration;

import static dev.connectionmanager.testing.Api.FIRST_TEAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import dev.connectionmanager.testing.Statements;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is written often is read once and written once. Counted are the statements of a whole request of a script: the look-up of
 * its credential and the trail too.
 */
@PortalTest
class WritePathStatementsTest {
    private Api script;

    @Inject
    Sql sql;

    /** While a client of the team is kept out, more is read: others leave such clients. */
    @BeforeEach
    void haveNobodyKeptOut() {
        sql.execute("update registration set state = 'ACTIVE', suspended_at = null, suspension_reason = null"
                + " where state = 'SUSPENDED'");
    }

    @BeforeEach
    void haveTheLastUseOfTheCredentialNoted() {
        script = Api.with(Credentials.token("credential-write"));
        script.get("/api/v1/teams/" + FIRST_TEAM).then().statusCode(200);
    }

    @Test
    void anApplicationIsMadeInFour() {
        var sent = Statements.during(() -> script.post(
                        "/api/v1/teams/" + FIRST_TEAM + "/applications",
                        Map.of("name", "Counted", "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201));
        assertThat(sent).hasSizeBetween(1, 4);
    }

    @Test
    void aRegistrationIsMadeInFive() {
        var registration = Api.newApplication("Counted registration") + "/registrations/integration";
        var sent = Statements.during(() -> script.put(registration, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201));
        assertThat(sent).hasSizeBetween(1, 5);
    }

    @Test
    void aRegistrationIsChangedInSix() {
        var registration = Api.newApplication("Counted change") + "/registrations/integration";
        var tag = script.put(registration, Api.metadata(), "If-None-Match: *").header("ETag");
        var changed = Map.of(
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback", "https://app.supplier.co.uk/other"),
                "token_endpoint_auth_method",
                "client_secret_basic");
        var sent = Statements.during(() ->
                script.put(registration, changed, "If-Match: " + tag).then().statusCode(200));
        assertThat(sent).hasSizeBetween(1, 6);
    }
}
