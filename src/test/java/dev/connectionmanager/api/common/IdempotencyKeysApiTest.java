package dev.connectionmanager.api.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again with the same Idempotency-Key, and what comes of it. */
@PortalTest
class IdempotencyKeysApiTest {
    private static final String APPLICATIONS = "/api/v1/teams/" + Api.FIRST_TEAM + "/applications";
    private static final Api OWNER = Api.as("owner");

    @Inject
    Sql sql;

    private final String key = UUID.randomUUID().toString();

    private Response send(Api caller, String path, Object body) {
        return caller.request().header("Idempotency-Key", key).body(body).post(path);
    }

    private static Map<String, ?> named(String name) {
        return Map.of("name", name, "category", "supplier", "application_type", "web");
    }

    private static int count(String name) {
        return OWNER.get(APPLICATIONS + "?name=" + name).<List<?>>path("items").size();
    }

    @Test
    void theSameRequestGetsTheSameAnswer() {
        var first = send(OWNER, APPLICATIONS, named(key));
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        send(OWNER, APPLICATIONS, named(key))
                .then()
                .statusCode(201)
                .contentType("application/json")
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Cache-Control", equalTo("no-store"))
                .header("Location", equalTo(first.header("Location")))
                .header("ETag", equalTo(first.header("ETag")))
                .body("", equalTo(first.path("")));
        assertThat(count(key)).isEqualTo(1);
    }

    @Test
    void anotherRequestNeedsAnotherKey() {
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201);
        send(OWNER, "/api/v1/teams/" + Api.FIRST_TEAM + "/members", named(key))
                .then()
                .statusCode(422)
                .body("detail", containsString("Idempotency-Key"));
        send(OWNER, APPLICATIONS, named("other " + key))
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .header("Idempotency-Replayed", nullValue());
        assertThat(count("other " + key)).isZero();
    }

    @Test
    void eachCallerHasKeysOfTheirOwn() {
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201);
        send(Api.as("admin"), APPLICATIONS, named(key))
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue());
        assertThat(count(key)).isEqualTo(2);
    }

    @Test
    void aSecretIsShownOnceAndKeptNowhere() {
        var registration = Api.newApplication("Keyed") + "/registrations/integration";
        OWNER.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        var secret = send(OWNER, registration + "/secrets", Map.of())
                .then()
                .statusCode(201)
                .extract()
                .<String>path("client_secret");
        send(OWNER, registration + "/secrets", Map.of())
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("client_secret", nullValue())
                .body("last_four", equalTo(secret.substring(secret.length() - 4)));
        assertThat(
                        sql.number(
                                "select count(*) from idempotency_key where body like '%last_four%' and body not like '%secret%'"))
                .isPositive();
        assertThat(sql.number("select count(*) from idempotency_key k where k::text like '%" + secret + "%'"))
                .isZero();
    }

    @Test
    void aRegistrationWhoseAnswerWasLostIsAnsweredAgain() {
        var registration = Api.newApplication("Lost") + "/registrations/integration";
        var first = register(OWNER, registration);
        first.then().statusCode(201).body("client_secret", notNullValue());
        register(OWNER, registration)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .header("ETag", equalTo(first.header("ETag")))
                .body("client_id", equalTo(first.path("client_id")))
                .body("client_secret", nullValue());
        assertThat(OWNER.get(registration + "/revisions").<List<?>>path("items"))
                .hasSize(1);
    }

    private Response register(Api caller, String registration) {
        return caller.request()
                .header("Idempotency-Key", key)
                .header("If-None-Match", "*")
                .body(Api.metadata())
                .put(registration);
    }

    @Test
    void withoutAKeyTheRefusalTellsWhoseTheRegistrationIs() {
        var registration = Api.newApplication("Whose") + "/registrations/integration";
        var first = OWNER.put(registration, Api.metadata(), "If-None-Match: *");
        whose(OWNER, registration, Api.metadata(), first.path("client_id"), true, true);
        whose(Api.as("admin"), registration, Api.metadata(), first.path("client_id"), false, true);
        var other = new HashMap<String, Object>(Api.metadata());
        other.put("client_name", "Other");
        whose(OWNER, registration, other, first.path("client_id"), true, false);
        whose(OWNER, registration, Map.of(), first.path("client_id"), true, false);
    }

    private static void whose(
            Api caller, String registration, Map<String, ?> body, String clientId, boolean yours, boolean same) {
        caller.put(registration, body, "If-None-Match: *")
                .then()
                .statusCode(412)
                .body("code", equalTo("stale"))
                .body("client_id", equalTo(clientId))
                .body("version", equalTo(1))
                .body("issued_at", notNullValue())
                .body("issued_by_you", equalTo(yours))
                .body("same_metadata", equalTo(same));
    }

    @Test
    void anOpenRequestTellsWhoseItIs() {
        var production = Api.newApplication("Whose request") + "/registrations/production";
        var request = OWNER.put(production, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract();
        OWNER.put(production, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(409)
                .body("request_id", equalTo(request.path("id")))
                .body("opened_by_you", equalTo(true))
                .body("same_metadata", equalTo(true));
        Api.as("admin")
                .put(production, Map.of("redirect_uris", List.of()), "If-None-Match: *")
                .then()
                .statusCode(409)
                .body("opened_by_you", equalTo(false))
                .body("same_metadata", equalTo(false));
    }

    @Test
    void aRefusalIsAnAnswerToo() {
        var refused = send(OWNER, APPLICATIONS, Map.of());
        refused.then().statusCode(422).header("Idempotency-Replayed", nullValue());
        send(OWNER, APPLICATIONS, Map.of())
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .header("Idempotency-Replayed", equalTo("true"))
                .body("errors", equalTo(refused.path("errors")));
    }

    @Test
    void aMissingRightFreesTheKey() {
        var viewer = Api.as("viewer");
        for (int i = 0; i < 2; i++) {
            send(viewer, APPLICATIONS, named(key)).then().statusCode(403).header("Idempotency-Replayed", nullValue());
        }
        send(viewer, "/api/v1/team-requests", Api.teamRequest()).then().statusCode(201);
    }

    /** Where it is not known what became of the first, nothing is created. */
    @Test
    void theSameRequestWaitsUntilTheFirstIsAnswered() {
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201);
        var mine = " where location like '/api/v1/applications/%' and body like '%" + key + "%'";
        var id = sql.text("select id from idempotency_key" + mine);
        sql.execute("update idempotency_key set status = null where id = '" + id + "'");
        send(OWNER, APPLICATIONS, named(key))
                .then()
                .statusCode(409)
                .header("Retry-After", equalTo("1"))
                .body("detail", containsString("still at work"));
        sql.execute("update idempotency_key set status = 500 where id = '" + id + "'");
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(409).body("detail", containsString("failed"));
        assertThat(count(key)).isEqualTo(1);
        sql.execute("update idempotency_key set started_at = now() - interval '25 hours' where id = '" + id + "'");
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201).header("Idempotency-Replayed", nullValue());
        assertThat(count(key)).isEqualTo(2);
    }

    /** At the statement, at the commit, and with the connection: it is certain that nothing was done, so it is done now. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create trigger fails before insert on application for each row when (%s) execute function fails('raise')",
                "create constraint trigger fails after insert on application deferrable initially deferred for each row"
                        + " when (%s) execute function fails('raise')",
                "create trigger fails before insert on application for each row when (%s) execute function fails('end')"
            })
    void afterAFailureOfTheDatabaseTheKeyIsFreeAgain(String trigger) {
        withTrigger(
                "begin if tg_argv[0] = ''raise'' then raise exception ''away''; end if;"
                        + " perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return new; end",
                trigger);
        assertThat(count(key)).isZero();
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201).header("Idempotency-Replayed", nullValue());
        assertThat(count(key)).isEqualTo(1);
    }

    /** A request that was taken for dead, and whose key another has by now. */
    @Test
    void whoHasLostTheKeyCommitsNothing() {
        withTrigger(
                "begin update idempotency_key set uncommitted = gen_random_uuid() where status is null; return new; end",
                "create trigger fails before insert on application for each row when (%s) execute function fails()");
        assertThat(count(key)).isZero();
    }

    /** Where the portal stopped in the middle of it. */
    @Test
    void whatNeverEndedAndHasDoneNothingIsFreeAfterAWhile() {
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201);
        var mine = " where body like '%" + key + "%'";
        assertThat(sql.number("select count(*) from idempotency_key" + mine + " and uncommitted is null"))
                .isEqualTo(1);
        var id = sql.text("select id from idempotency_key" + mine);
        var unended = "update idempotency_key set status = null, started_at = now() - interval '%s', uncommitted = %s"
                + " where id = '" + id + "'";
        sql.execute(unended.formatted("3 minutes", "null"));
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(409);
        sql.execute(unended.formatted("1 minute", "gen_random_uuid()"));
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(409);
        sql.execute(unended.formatted("3 minutes", "gen_random_uuid()"));
        send(OWNER, APPLICATIONS, named(key)).then().statusCode(201).header("Idempotency-Replayed", nullValue());
    }

    private void withTrigger(String function, String trigger) {
        sql.execute("create function fails() returns trigger as '" + function + "' language plpgsql");
        try {
            sql.execute(trigger.formatted("new.name like '%" + key + "%'"));
            send(OWNER, APPLICATIONS, named(key)).then().statusCode(500);
        } finally {
            sql.execute("drop function fails cascade");
        }
    }

    @Test
    void whatIsADayOldIsForgottenInPassing() {
        sql.execute("insert into idempotency_key (id, asked, started_at) values ('old " + key
                + "', '', now() - interval '25 hours')");
        send(OWNER, APPLICATIONS, Map.of()).then().statusCode(422);
        assertThat(sql.number("select count(*) from idempotency_key where id = 'old " + key + "'"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void refusesAnEmptyOrOverlongKey(int length) {
        OWNER.request()
                .header("Idempotency-Key", "k".repeat(length))
                .body(Map.of())
                .post(APPLICATIONS)
                .then()
                .statusCode(400)
                .body("detail", containsString("1 to 255 characters"));
    }

    @Test
    void takesTheLongestKeyOnce() {
        var longest = key + "k".repeat(255 - key.length());
        OWNER.request()
                .header("Idempotency-Key", longest)
                .body(Map.of())
                .post(APPLICATIONS)
                .then()
                .statusCode(422);
        OWNER.request()
                .header("Idempotency-Key", longest, key)
                .body(Map.of())
                .post(APPLICATIONS)
                .then()
                .statusCode(400);
    }

    @Test
    void ofFiftyAtOnceOneCreates() throws Exception {
        var body = named(key);
        var answers = AtOnce.all(() -> send(OWNER, APPLICATIONS, body), 50);
        assertThat(answers.stream().map(Response::statusCode))
                .isSubsetOf(201, 409)
                .contains(201);
        var locations = new HashSet<String>();
        answers.stream()
                .filter(answer -> answer.statusCode() == 201)
                .forEach(answer -> locations.add(answer.header("Location")));
        assertThat(locations).hasSize(1);
        assertThat(count(key)).isEqualTo(1);
        send(OWNER, APPLICATIONS, body).then().statusCode(201).header("Idempotency-Replayed", notNullValue());
    }
}
