package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.connectionmanager.mock.MockRegistration;
import dev.connectionmanager.mock.MockTest;
import dev.connectionmanager.mock.RelyingParty;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What clients are told when a session of the mock ends, and what becomes of it. */
@PortalTest
class LogoutsTest {
    @Inject
    LogoutSender sender;

    @Inject
    LogoutStore store;

    @Inject
    Sql sql;

    /** A registered client with a strict logout endpoint, and somebody who is logged in there. */
    private record Scene(MockRegistration client, LogoutReceiver receiver, RelyingParty party, String idToken) {
        static Scene of(String name, String user, Map<String, Object> different) {
            var receiver = new LogoutReceiver(name);
            var metadata = new HashMap<String, Object>(different);
            metadata.put("backchannel_logout_uri", receiver.uri);
            metadata.putIfAbsent("backchannel_logout_session_required", true);
            var client = MockRegistration.make(name, metadata);
            receiver.knows(client.clientId());
            var party = client.relyingParty();
            return new Scene(client, receiver, party, LogoutsTest.idToken(client, party, user));
        }

        void endSession() {
            var address = party.provider().getEndSessionEndpointURI() + "?id_token_hint=" + idToken;
            var answer = Persons.send(
                    party.browser(), HttpRequest.newBuilder(URI.create(address)).build());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("You are logged out");
        }
    }

    static String idToken(MockRegistration client, RelyingParty party, String user) {
        var logIn = party.logIn().ask(user, "openid", UnaryOperator.identity());
        return logIn.redeem(party.basic(client.secret()))
                .toSuccessResponse()
                .getTokens()
                .toOIDCTokens()
                .getIDTokenString();
    }

    /** As the clock does it, and with nothing else about. */
    private LogoutDelivery delivered(MockRegistration client, int attempts) throws InterruptedException {
        sql.execute("update mock_logout set next_at = now() where next_at is not null and client_id = '"
                + client.clientId() + "'");
        sql.execute("update mock_logout_sent set at = at - interval '2 minutes'");
        sender.sendDue();
        Patience.until(
                "attempt " + attempts,
                () -> latest(client).attempts() == attempts
                        && sql.number(
                                        "select count(*) from mock_logout where sending_since is not null and client_id = '"
                                                + client.clientId() + "'")
                                == 0);
        return latest(client);
    }

    private LogoutDelivery latest(MockRegistration client) {
        return store.page(client.clientId(), null, 1).items().get(0);
    }

    @Test
    void aUserWhoLogsOutIsLoggedOutAtTheClient() throws Exception {
        var scene = Scene.of("logs-out", "gp", Map.of());
        scene.endSession();
        assertThat(scene.receiver().tokens).as("nobody waits for the client").isEmpty();
        var delivery = delivered(scene.client(), 1);
        assertThat(scene.receiver().judged).containsExactly("");
        var told = scene.receiver().claims(scene.receiver().tokens.get(0));
        var logIn = SignedJWT.parse(scene.idToken()).getJWTClaimsSet();
        assertThat(told.getSubject().getValue()).isEqualTo(logIn.getSubject());
        assertThat(told.getSessionID().getValue()).isEqualTo(logIn.getStringClaim("sid"));
        assertThat(delivery.outcome().verdict()).isEqualTo(LogoutVerdict.ACCEPTED);
        assertThat(delivery.nextAt()).isNull();

        Api.as("viewer")
                .get(scene.client().path() + "/log-ins")
                .then()
                .body("items[0].endpoint", equalTo("logout_token"))
                .body("items[0].outcome", equalTo("granted"))
                .body("items[0].user", equalTo("gp"))
                .body("items[0].answered", containsString("The client took it"))
                .body("items[1].endpoint", equalTo("end_session"))
                .body("items[1].checks.detail", hasItem("It has ended: the user logged out"))
                .body("items[1].checks.detail", hasItem("A logout token goes to " + scene.receiver().uri));
        var again = "?post_logout_redirect_uri=https://x.example/&id_token_hint=" + scene.idToken();
        Api.bare().get("/mock/connect/endSession" + again);
        sender.sendDue();
        assertThat(latest(scene.client()).id()).as("told once").isEqualTo(delivery.id());
        assertThat(row(scene.client()))
                .doesNotContain(scene.receiver().tokens.get(0).split("\\.")[2]);
    }

    /** All that is kept of a client's logout tokens and exchanges. */
    private String row(MockRegistration client) {
        return sql.text("select string_agg(l::text, ' ') || (select string_agg(e::text, ' ') from mock_exchange e"
                + " where e.client_id = l.client_id) from mock_logout l where client_id = '" + client.clientId()
                + "' group by client_id");
    }

    @Test
    void whatFailsIsTriedTwiceMoreWithTheSameName() throws Exception {
        var scene = Scene.of("fails-twice", "gp", Map.of());
        scene.receiver()
                .answersNext(
                        Answers.text("500 Internal Server Error", "", "<script>boom</script>" + "x".repeat(600)),
                        Answers.text("302 Found", "Location: /elsewhere\r\n", ""),
                        Answers.text("503 Service Unavailable", "", ""));
        scene.endSession();
        var first = delivered(scene.client(), 1);
        assertThat(first.outcome().verdict()).isEqualTo(LogoutVerdict.OTHER_STATUS);
        assertThat(first.outcome().status()).isEqualTo(500);
        assertThat(first.outcome().body()).startsWith("<script>boom").hasSize(500);
        assertThat(first.nextAt()).isAfter(first.madeAt().plusSeconds(25));
        var second = delivered(scene.client(), 2);
        assertThat(second.nextAt()).isAfter(second.madeAt().plusSeconds(100));
        var third = delivered(scene.client(), 3);
        assertThat(third.outcome().status()).isEqualTo(503);
        assertThat(third.nextAt()).as("given up").isNull();
        assertThat(scene.receiver().tokens).hasSize(3);
        assertThat(scene.receiver().judged).containsExactly("", "replayed", "replayed");
    }

    @Test
    void aNameThatNowLeadsInsideIsNeverReached() throws Exception {
        var scene = Scene.of("leads-inside", "gp", Map.of());
        LaboratoryInternet.move("leads-inside", "10.0.0.7");
        scene.endSession();
        var delivery = delivered(scene.client(), 1);
        assertThat(delivery.outcome().verdict()).isEqualTo(LogoutVerdict.NO_ANSWER);
        assertThat(delivery.outcome().findings().all())
                .extracting(found -> found.rule().code())
                .containsExactly("address-not-public");
        assertThat(delivery.nextAt()).isNotNull();
        assertThat(scene.receiver().tokens).isEmpty();
        assertThat(row(scene.client())).doesNotContain("10.0.0.7");
    }

    @Test
    void aSuspendedClientIsToldNothing() throws Exception {
        var scene = Scene.of("suspended-meanwhile", "gp", Map.of());
        scene.endSession();
        var suspension = scene.client().path() + "/suspension";
        var operator = Api.as("operator");
        operator.put(suspension, Map.of("reason", "Test of logout tokens"), "")
                .then()
                .statusCode(200);
        try {
            assertThat(delivered(scene.client(), 1).outcome().verdict()).isEqualTo(LogoutVerdict.CLIENT_GONE);
            assertThat(scene.receiver().tokens).isEmpty();
        } finally {
            // Else no other test could register its addresses.
            operator.delete(suspension, "").then().statusCode(204);
        }
    }

    @Test
    void whatALogInIsToHaveWrongItsLogoutTokenHas() throws Exception {
        var scene = Scene.of("wrong-on-purpose", "gp@logout-expired", Map.of());
        scene.endSession();
        var delivery = delivered(scene.client(), 1);
        assertThat(scene.receiver().judged).containsExactly("Expired JWT");
        assertThat(delivery.outcome().verdict()).isEqualTo(LogoutVerdict.BAD_REFUSED);
        assertThat(delivery.outcome().body()).isEqualTo("<b>Expired JWT</b>");
    }

    @Test
    void whatIsOverTheLimitIsALineInTheLog() throws Exception {
        var scene = Scene.of("over-the-limit", "gp", Map.of());
        sql.execute("insert into mock_logout_sent select 'over-the-limit.laboratory.co.uk', '" + scene.receiver().uri
                + "', now() - interval '20 seconds' from generate_series(1, 10)");
        scene.endSession();
        sender.sendDue();
        Patience.until("it is told", () -> latest(scene.client()).outcome() != null);
        assertThat(latest(scene.client()).outcome().verdict()).isEqualTo(LogoutVerdict.LIMITED);
        assertThat(latest(scene.client()).nextAt()).isNull();
        assertThat(scene.receiver().tokens).isEmpty();
        Api.as("viewer")
                .get(scene.client().path() + "/log-ins?limit=1")
                .then()
                .body("items[0].error", equalTo("limited"))
                .body("items[0].answered", containsString("10 logout tokens a minute"));
    }

    @Test
    void whatHasToWaitForItsHostWaitsWithoutAnAttempt() throws Exception {
        var scene = Scene.of("waits-for-its-host", "gp", Map.of());
        sql.execute("insert into mock_logout_sent values ('waits-for-its-host.laboratory.co.uk', 'other',"
                + " now() + interval '1 hour')");
        scene.endSession();
        sender.sendDue();
        Patience.until(
                "it waits",
                () -> sql.number("select count(*) from mock_logout where attempts = 0 and verdict is null"
                                + " and next_at > made_at + interval '0.9 seconds' and client_id = '"
                                + scene.client().clientId() + "'")
                        == 1);
        sql.execute("delete from mock_logout_sent where uri = 'other'");
        assertThat(delivered(scene.client(), 1).outcome().verdict()).isEqualTo(LogoutVerdict.ACCEPTED);
    }

    /** A program on this computer that takes logout tokens. */
    private static HttpServer here(List<String> forms) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/logout", exchange -> {
            forms.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String address(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort() + "/logout";
    }

    @Test
    void aDevelopersOwnComputerIsToldInLocalMode() throws Exception {
        var forms = new CopyOnWriteArrayList<String>();
        var server = here(forms);
        try {
            var client = MockRegistration.make("Own computer logs out", Map.of());
            Api.as("owner")
                    .put(client.path() + "/local-addresses", Map.of("backchannel_logout_uri", address(server)), "")
                    .then()
                    .statusCode(200);
            var party = client.relyingParty();
            new Scene(client, null, party, idToken(client, party, "gp")).endSession();
            var delivery = delivered(client, 1);
            assertThat(delivery.outcome().verdict()).isEqualTo(LogoutVerdict.ACCEPTED);
            assertThat(delivery.outcome().status()).isEqualTo(204);
            assertThat(forms).hasSize(1).allSatisfy(form -> assertThat(form).startsWith("logout_token=ey"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void soIsATestsClientByItsOwnIssuerWithTheFaultThatTheTestWants() throws Exception {
        var forms = new CopyOnWriteArrayList<String>();
        var server = here(forms);
        try {
            var test = MockTest.make();
            var client = test.client(Map.of("backchannel_logout_uri", address(server)));
            var party = RelyingParty.of(test.issuer(), client.id(), MockTest.Client.REDIRECT);
            party.logIn().ask("gp", "openid", UnaryOperator.identity());
            test.want("logout-nonce", 1);
            Persons.send(
                    party.browser(),
                    HttpRequest.newBuilder(party.provider().getEndSessionEndpointURI())
                            .build());
            sender.sendDue();
            Patience.until(
                    "it is told",
                    () -> test.request().get(test.path("log")).asString().contains("bad-accepted"));
            var token = SignedJWT.parse(forms.get(0).substring("logout_token=".length()));
            assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(test.issuer());
            assertThat(token.getJWTClaimsSet().getClaim("nonce")).isNotNull();
        } finally {
            server.stop(0);
        }
    }
}
