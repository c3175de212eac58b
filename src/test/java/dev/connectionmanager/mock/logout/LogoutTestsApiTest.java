package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jwt.SignedJWT;
import dev.connectionmanager.mock.MockRegistration;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** “Send a test logout token”, by API. */
@PortalTest
class LogoutTestsApiTest {
    @Inject
    LogoutSender sender;

    @Inject
    Sql sql;

    @BeforeEach
    void forgetWhatWasSent() {
        sql.execute("delete from mock_logout_sent");
    }

    private MockRegistration client(LogoutReceiver receiver, boolean sessionRequired) {
        var client = MockRegistration.make(
                "Logout tests",
                Map.of("backchannel_logout_uri", receiver.uri, "backchannel_logout_session_required", sessionRequired));
        receiver.knows(client.clientId());
        return client;
    }

    private Response send(MockRegistration client, Map<String, String> body) {
        forgetWhatWasSent();
        return Api.as("admin").post(client.path() + "/logout-tests", body);
    }

    @Test
    void sendsAGoodTokenAndEachBadOneAndSaysHowTheyWereTaken() {
        var receiver = new LogoutReceiver("each-fault");
        var client = client(receiver, true);
        send(client, Map.of())
                .then()
                .statusCode(200)
                .body("verdict", equalTo("passed"))
                .body("code", equalTo("accepted"))
                .body("status", equalTo(200))
                .body("milliseconds", notNullValue())
                .body("attempts", equalTo(1))
                .body("retry_follows", equalTo(false))
                .body("reason", equalTo("administrator"))
                .body("fault", nullValue());
        for (var fault : LogoutTests.faults()) {
            send(client, Map.of("fault", fault.code()))
                    .then()
                    .statusCode(200)
                    .body("code", equalTo("bad-refused"))
                    .body("verdict", equalTo("passed"))
                    .body("fault", equalTo(fault.code()));
        }
        assertThat(receiver.judged.subList(1, receiver.judged.size()))
                .as("each for its own reason")
                .doesNotHaveDuplicates()
                .doesNotContain("")
                .contains("replayed");
        var list = Api.as("viewer").get(client.path() + "/logout-tests?limit=2&total=true");
        list.then()
                .body("items", hasSize(2))
                .body("items[0].fault", equalTo("logout-alg-none"))
                .body("total", equalTo(1 + LogoutTests.faults().size()));
        Api.as("viewer")
                .get(client.path() + "/logout-tests?limit=2&cursor=" + list.path("next_cursor"))
                .then()
                .body("items[0].id", not(equalTo(list.path("items[1].id"))));
    }

    @Test
    void aClientThatTakesABadTokenFails() {
        var receiver = new LogoutReceiver("takes-anything");
        var client = client(receiver, true);
        receiver.answersNext(LogoutReceiver.GOOD, Answers.text("204 No Content", "", ""));
        for (var fault : List.of("logout-alg-none", "logout-without-sid")) {
            send(client, Map.of("fault", fault))
                    .then()
                    .body("verdict", equalTo("failed"))
                    .body("code", equalTo("bad-accepted"))
                    .body("detail", containsString("What a good one does: Refuses"))
                    .body("retry_follows", equalTo(false));
        }
        Api.as("viewer")
                .get(client.path() + "/log-ins?limit=1")
                .then()
                .body("items[0].fault", equalTo("logout-without-sid"))
                .body("items[0].error", equalTo("bad-accepted"))
                .body("items[0].failed_check", equalTo("answer"));
    }

    @Test
    void aTokenWithoutASessionIsGoodForWhoeverNeedsNone() {
        var receiver = new LogoutReceiver("needs-no-session");
        receiver.needsNoSession();
        send(client(receiver, false), Map.of("fault", "logout-without-sid"))
                .then()
                .body("code", equalTo("accepted"));
    }

    @Test
    void whatFailsIsToldAndTriedAgain() {
        var receiver = new LogoutReceiver("out-of-order");
        var client = client(receiver, true);
        receiver.answersNext(Answers.text("500 Internal Server Error", "", "out of order"));
        send(client, Map.of("user", "aal2-totp", "reason", "card-removed"))
                .then()
                .statusCode(200)
                .body("verdict", equalTo("failed"))
                .body("code", equalTo("other-status"))
                .body("body", equalTo("out of order"))
                .body("reason", equalTo("card-removed"))
                .body("retry_follows", equalTo(true))
                .body("next_attempt_at", notNullValue());
        LaboratoryInternet.move("out-of-order", "192.168.7.7");
        var inside = send(client, Map.of());
        inside.then()
                .body("code", equalTo("no-answer"))
                .body("status", nullValue())
                .body("findings.code", contains("address-not-public"));
        assertThat(inside.asString()).doesNotContain("192.168.7.7");
        assertThat(receiver.tokens).hasSize(1);
    }

    @Test
    void endsASessionAndTellsTheOtherClientsToo() throws Exception {
        var receiver = new LogoutReceiver("ends-a-session");
        var client = client(receiver, true);
        var other = new LogoutReceiver("ends-there-too");
        var second = client(other, true);
        var party = client.relyingParty();
        var first = LogoutsTest.idToken(client, party, "gp");
        // The same browser: the same session.
        var logIn = second.relyingParty().inTheBrowserOf(party).logIn().ask("gp", "openid", UnaryOperator.identity());
        assertThat(logIn.parameter("code")).isNotNull();
        var sid = SignedJWT.parse(first).getJWTClaimsSet().getStringClaim("sid");
        send(second, Map.of("sid", sid + "x"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("logout-session-unknown"));
        send(client, Map.of("sid", sid, "user", "pharmacist")).then().statusCode(422);
        send(client, Map.of("sid", sid)).then().statusCode(200).body("code", equalTo("accepted"));
        assertThat(receiver.claims(receiver.tokens.get(0)).getSessionID().getValue())
                .isEqualTo(sid);
        forgetWhatWasSent();
        sender.sendDue();
        Patience.until("the other client is told", () -> other.judged.size() == 1);
        assertThat(other.judged).containsExactly("");
        send(client, Map.of("sid", sid)).then().statusCode(422).body("errors.pointer", contains("/sid"));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        var client = client(new LogoutReceiver("refuses"), true);
        send(client, Map.of("user", "nobody", "reason", "boredom", "fault", "nonce-wrong", "sid", "\0"))
                .then()
                .statusCode(422)
                .body(
                        "errors.code",
                        containsInAnyOrder(
                                "logout-user-unknown",
                                "logout-reason-unknown",
                                "fault-unknown",
                                "logout-session-unknown"));
        send(client, Map.of("when", "now")).then().statusCode(422).body("errors.code", contains("unknown-member"));
    }

    @Test
    void hasNothingToSendWhereNothingIsRegisteredOrTaken() {
        send(MockRegistration.make("No logout URI", Map.of()), Map.of())
                .then()
                .statusCode(409)
                .body("code", equalTo("logout-uri-missing"));
        send(client(new LogoutReceiver("nothing-taken"), true), Map.of("fault", "logout-replayed"))
                .then()
                .statusCode(409)
                .body("code", equalTo("logout-nothing-to-replay"));
    }

    @Test
    void sendsNothingForASuspendedClient() {
        var receiver = new LogoutReceiver("suspended-when-tried");
        var client = client(receiver, true);
        var suspension = client.path() + "/suspension";
        var operator = Api.as("operator");
        operator.put(suspension, Map.of("reason", "Test of logout tests"), "")
                .then()
                .statusCode(200);
        try {
            send(client, Map.of())
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("suspended"), "detail", containsString("suspended"));
            assertThat(receiver.tokens).isEmpty();
        } finally {
            // Else no other test could register its addresses.
            operator.delete(suspension, "").then().statusCode(204);
        }
        send(client, Map.of()).then().statusCode(200).body("code", equalTo("accepted"));
    }

    @Test
    void saysWhenMoreMayBeSent() throws Exception {
        var receiver = new LogoutReceiver("one-a-second");
        var client = client(receiver, true);
        var statuses = AtOnce.all(
                () -> Api.as("admin")
                        .post(client.path() + "/logout-tests", new HashMap<>())
                        .statusCode(),
                10);
        assertThat(statuses).containsOnlyOnce(200).contains(429);
        assertThat(receiver.tokens).hasSize(1);
        sql.execute("insert into mock_logout_sent select 'one-a-second.laboratory.co.uk', '" + receiver.uri
                + "', now() - interval '20 seconds' from generate_series(1, 10)");
        Api.as("admin")
                .post(client.path() + "/logout-tests", Map.of())
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, allOf(greaterThan(30), lessThan(42)))
                .body("code", equalTo("logout-tokens-limit"));
    }
}
