package dev.connectionmanager.api.registration;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A request for production is read once and written once, and so are secrets. Counted are the statements of a whole request by
 * API: the look-up of who asks, the trail, and what is read for the answer.
 */
@PortalTest
class ReviewStatementsTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");

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
    void haveTheLastUseNoted() {
        script = Api.with(Credentials.token("credential-write"));
        script.get("/api/v1/teams/" + Api.FIRST_TEAM).then().statusCode(200);
        OPERATOR.get("/api/v1/teams").then().statusCode(200);
    }

    @Test
    void aSecretIsRotatedInFive() {
        var registration = Api.newApplication("Counted rotation") + "/registrations/integration";
        script.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        for (var overlap : List.of(3600, 0)) {
            var sent =
                    Statements.during(() -> script.post(registration + "/secrets", Map.of("overlap_seconds", overlap))
                            .then()
                            .statusCode(201));
            assertThat(sent).as("with an overlap of " + overlap).hasSizeBetween(1, 5);
        }
    }

    /** One more than eight: the team's members are read apart from what it has registered. */
    @Test
    void aRequestIsSubmittedInNine() {
        var request = request("Counted submission");
        var sent = Statements.during(
                () -> script.post(request + "/submission", Map.of()).then().statusCode(200));
        assertThat(sent).hasSizeBetween(1, 9);
    }

    @ParameterizedTest
    @CsvSource({"reject, 10", "request-changes, 10", "approve, 15"})
    void aRequestIsDecidedIn(String outcome, int most) {
        var request = request("Counted decision");
        script.post(request + "/submission", Map.of()).then().statusCode(200);
        var tag = OPERATOR.get(request).header("ETag");
        var sent = Statements.during(() -> OPERATOR.request()
                .header("If-Match", tag)
                .body(Map.of("outcome", outcome, "comment", "Because"))
                .post(request + "/decision")
                .then()
                .statusCode(200));
        assertThat(sent).hasSizeBetween(1, most);
    }

    private String request(String name) {
        var request = script.put(
                        Api.newApplication(name) + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        OWNER.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(200);
        return request;
    }
}
