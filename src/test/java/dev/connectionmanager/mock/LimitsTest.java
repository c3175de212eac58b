package dev.connectionmanager.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.mock.log.Exchange;
import dev.connectionmanager.mock.log.ExchangeLog;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The mock takes and keeps so much, exactly. */
@PortalTest
class LimitsTest {
    @Inject
    ExchangeLog log;

    @Inject
    Sql sql;

    @AfterEach
    void makeRoom() {
        sql.execute("delete from mock_test where id like 'limit%'");
        sql.execute("delete from mock_client where client_id like 'limit%'");
        sql.execute("delete from mock_exchange where client_id like 'limit%'");
    }

    /** However many come at once, and whatever becomes of them: a place is taken by those alone that got a test. */
    @Test
    void fiftyAtOnceTakeAsManyPlacesAsTheyGet() throws Exception {
        MockTest.make();
        sql.execute(copies("made_from", 185 - fromHere()));
        var answers = AtOnce.all(() -> Api.bare().post("/mock/tests"), 50);
        assertThat(answers).extracting(Response::statusCode).isSubsetOf(201, 429, 503);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isNotNull());
        var made = answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(fromHere()).isEqualTo(185 + made.size()).isLessThanOrEqualTo(200);
        for (var one : made) {
            assertThat(sql.number("select count(*) from mock_key where issuer = '" + one.path("id") + "'"))
                    .isEqualTo(1);
            Api.bare()
                    .auth()
                    .oauth2(one.path("token"))
                    .delete("/mock/tests/" + one.path("id"))
                    .then()
                    .statusCode(204);
        }
        assertThat(fromHere()).isEqualTo(185);
    }

    @Test
    void anAddressHasSoManyTestsAndOneThatEndsMakesRoom() {
        var first = MockTest.make();
        sql.execute(copies("made_from", 200 - fromHere()));
        full(Api.bare().post("/mock/tests"));
        Api.bare()
                .accept("text/html")
                .post("/mock/new-test")
                .then()
                .statusCode(429)
                .header("Retry-After", "60")
                .body(containsString("<h1>Too many requests to the mock</h1>"));
        MockTest.make(Api.with(Credentials.token("credential-write")).request());
        sql.execute("delete from mock_test where id in (select id from mock_test where id like 'limit%' limit 2)");
        MockTest.make();
        first.request().delete("/mock/tests/" + first.id()).then().statusCode(204);
    }

    @Test
    void aThirdIsKeptForTeams() {
        MockTest.make();
        var ofNobody = sql.number("select count(*) from mock_test where team_id is null and ends_at > now()");
        sql.execute(copies("null", 3_334 - ofNobody));
        full(Api.bare().post("/mock/tests"));
        MockTest.make(Api.with(Credentials.token("credential-write")).request());
    }

    @Test
    void anAddressHasSoManyOpenClients() {
        var body = Map.of("redirect_uris", List.of("http://127.0.0.1:3999/callback"));
        Api.bare()
                .contentType("application/json")
                .body(body)
                .post("/mock/register")
                .then()
                .statusCode(201);
        sql.execute("insert into mock_client (client_id, issuer, metadata, made_from, made_at, last_used_at)"
                + " select 'limit' || n, '', metadata, made_from, made_at, last_used_at from"
                + " (select * from mock_client where issuer = '' and made_from is not null limit 1) one,"
                + " generate_series(1, 100) n");
        Api.bare()
                .contentType("application/json")
                .body(body)
                .post("/mock/register")
                .then()
                .statusCode(429)
                .header("Retry-After", "3600")
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void showsTheLatest10000OfAClientAndTakesTheOthersAway() {
        lines("", 10_030, 100);
        assertThat(log.page("limit-client", null, 20_000).items()).hasSize(10_000);
        keep("", 50);
        assertThat(log.page("limit-client", null, 20_000).items())
                .hasSize(10_000)
                .filteredOn(one -> one.detail().said().equals("kept last"))
                .hasSize(50);
        assertThat(sql.number("select count(*) from mock_exchange where client_id = 'limit-client'"))
                .isEqualTo(10_000);
    }

    @Test
    void showsOfATestWhatThereIsRoomFor() {
        lines("limit-test", 20, ExchangeLog.MOST_OCTETS_OF_TEST / 10);
        assertThat(log.pageOfTest("limit-test", null, 100).items()).hasSize(10);
        keep("limit-test", 1);
        assertThat(log.pageOfTest("limit-test", null, 100).items()).hasSize(10);
        keep("limit-test", 49);
        assertThat(sql.number("select count(*) from mock_exchange where issuer = 'limit-test'"))
                .isEqualTo(59);
    }

    private void lines(String issuer, int lines, int octets) {
        sql.execute("insert into mock_exchange (id, issuer, client_id, at, made_at, endpoint, passed, document, octets)"
                + " select gen_random_uuid(), '" + issuer + "', 'limit-client', now(), now() - n * interval '1 ms',"
                + " 'token', true, '{\"said\": \"kept before\", \"checks\": []}', " + octets
                + " from generate_series(1000, 999 + " + lines + ") n");
    }

    private void keep(String issuer, int times) {
        for (int i = 0; i < times; i++) {
            var exchange = Exchange.begun(issuer, Exchange.Endpoint.TOKEN, Instant.now())
                    .of("limit-client");
            exchange.ends(null, "kept last");
            log.keep(exchange);
        }
    }

    private long fromHere() {
        return sql.number("select count(*) from mock_test where made_from is not null and ends_at > now()");
    }

    /** @param madeFrom whose they are: a column of the one that they are copies of, or a value */
    private static String copies(String madeFrom, long times) {
        return "insert into mock_test (id, token_hash, team_id, made_from, made_at, ends_at)"
                + " select 'limit' || n, token_hash, null, " + madeFrom + ", made_at, ends_at from"
                + " (select * from mock_test where made_from is not null limit 1) one, generate_series(1, " + times
                + ") n";
    }

    private static void full(Response answer) {
        answer.then().statusCode(429).header("Retry-After", "60").body("code", equalTo("limit-reached"));
    }
}
