package dev.connectionmanager.api.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** API credentials that operators make for themselves: they read the audit trail and nothing else. */
@PortalTest
class OwnCredentialsApiTest {
    private static final String ALL = "/api/v1/me/api-credentials";
    private static final String EVENTS = "/api/v1/audit-events";

    @Inject
    Sql sql;

    @Test
    void readsTheTrailOfAllTeamsAndItsExports() {
        var issued = Credentials.issueOfOperator("Collector");
        issued.then()
                .header("Cache-Control", "no-store")
                .header("Location", ALL + "/" + issued.path("id"))
                .body("scope", equalTo("audit-read"));
        assertThat(issued.<String>path("token")).matches("cm_api_[0-9A-Za-z]{36}");
        assertThat(Duration.between(Instant.now(), Instant.parse(issued.path("expires_at"))))
                .isBetween(Duration.ofDays(89), Duration.ofDays(90));
        var program = Api.with(issued.path("token"));
        var mine = "?act=api-credential-issued&object=" + issued.path("id");
        program.get(EVENTS + mine)
                .then()
                .statusCode(200)
                .body("items[0].actor_name", equalTo("Opal Operator"))
                .body("items[0].after.scope", equalTo("audit-read"));
        program.get(EVENTS + "?limit=1&team=" + Api.OTHER_TEAM).then().statusCode(200);
        program.get(EVENTS + "?limit=1&after=" + program.get(EVENTS + mine).path("items[0].id"))
                .then()
                .statusCode(200);
        assertThat(program.get(EVENTS + "/export.csv" + mine).asString()).contains(issued.<String>path("id"));
        assertThat(program.get(EVENTS + "/export.jsonl" + mine).asString()).contains(issued.<String>path("id"));
        assertThat(Api.as("operator")
                        .get(EVENTS + "?act=audit-exported&person=api-credential:" + issued.path("id"))
                        .<List<String>>path("items.role"))
                .as("what it exports is told")
                .contains("credential");
        var listed = Api.as("operator").get(ALL);
        assertThat(listed.<String>path("items.find { it.id == '" + issued.path("id") + "' }.last_used_at"))
                .isNotNull();
        assertThat(listed.asString()).doesNotContain(issued.<String>path("token"));
    }

    /** AccessMatrixTest asks every other route. */
    @Test
    void whatItIsRefusedSaysItsScopeAndIsTold() {
        var program = Api.with(Credentials.token("credential-audit-read"));
        for (var path : List.of("/api/v1/teams", "/api/v1/environments", ALL, "/api/v1/teams/" + Api.FIRST_TEAM)) {
            program.get(path).then().statusCode(403).body("code", equalTo("scope-audit-read"));
        }
        program.post(ALL, Map.of("name", "Another", "scope", "audit-read"))
                .then()
                .statusCode(403);
        assertThat(sql.number("select count(*) from audit_entry where act = 'right-refused'"
                        + " and after like '%scope-audit-read%' and object_id = 'GET /api/v1/environments'"))
                .isPositive();
    }

    @Test
    void opensNoPage() {
        var answer = Persons.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(Persons.address() + "/review/audit/export.csv"))
                        .header("Authorization", "Bearer " + Credentials.token("credential-audit-read"))
                        .build());
        assertThat(answer.statusCode()).isEqualTo(302);
    }

    @Test
    void endsWhenItIsRevoked() {
        var issued = Credentials.issueOfOperator("Short");
        var one = ALL + "/" + issued.path("id");
        Api.as("operator2").get(one).then().statusCode(404);
        Api.as("operator2").delete(one, "").then().statusCode(404);
        Api.as("operator").delete(one, "").then().statusCode(204);
        Api.as("operator").delete(one, "").then().statusCode(404);
        Api.as("operator").get(ALL).then().body("items.id", not(hasItem(issued.<String>path("id"))));
        refused(issued, "api-credential-revoked");
        refused(issued, "api-credential-revoked");
        assertThat(sql.number("select count(*) from audit_entry where act = 'revoked-api-credential-used'"
                        + " and team_id is null and object_id = '" + issued.path("id") + "'"))
                .as("told once, however often it is used")
                .isOne();
    }

    @Test
    void endsWithItsTime() {
        var issued = Credentials.issueOfOperator("Aged");
        change(issued, "expires_at = now() - interval '1 second'");
        refused(issued, "api-credential-expired");
    }

    /** As if another person had made it: no person of local mode loses a role. */
    @Test
    void endsWhenItsMakerLogsInWithoutTheRole() {
        var issued = Credentials.issueOfOperator("Of somebody who was an operator");
        change(issued, "created_by = 'local-newcomer'");
        Persons.browser("viewer");
        Api.with(issued.path("token")).get(EVENTS + "?limit=1").then().statusCode(200);
        Persons.browser("newcomer");
        refused(issued, "api-credential-revoked");
        Api.as("operator")
                .get(EVENTS + "?act=api-credential-ended&object=" + issued.path("id"))
                .then()
                .body("items.actor", equalTo(List.of("portal")))
                .body("items[0].before.name", equalTo("Of somebody who was an operator"));
    }

    @Test
    void endsWhenItsMakerHasNotLoggedInFor30Days() {
        var kept = Credentials.issueOfOperator("Kept");
        var left = Credentials.issueOfOperator("Left");
        change(kept, "maker_seen_at = now() - interval '29 days 23 hours'");
        change(left, "maker_seen_at = now() - interval '30 days 1 minute'");
        Api.with(kept.path("token")).get(EVENTS + "?limit=1").then().statusCode(200);
        refused(left, "operator-credential-lapsed");
        Persons.browser("operator");
        assertThat(sql.number("select count(*) from operator_credential where id = '" + kept.path("id")
                        + "' and maker_seen_at > now() - interval '1 minute'"))
                .as("a log-in keeps it alive")
                .isOne();
        refused(left, "operator-credential-lapsed");
        Api.as("operator").get(ALL).then().body("items.id", not(hasItem(left.<String>path("id"))));
    }

    @Test
    void isForOperatorsWithinTheirLimits() {
        Api.as("owner")
                .post(ALL, Map.of("name", "Mine", "scope", "audit-read"))
                .then()
                .statusCode(403)
                .body("code", equalTo("operator-needed"));
        var operator = Api.as("operator2");
        operator.post(
                        ALL,
                        Map.of(
                                "name",
                                "Long",
                                "scope",
                                "write",
                                "expires_at",
                                Instant.now().plus(Duration.ofDays(91)).toString()))
                .then()
                .statusCode(422)
                .body(
                        "errors.code",
                        equalTo(List.of(
                                "operator-credential-scope-invalid", "operator-credential-expiry-out-of-range")));
        Response last;
        do {
            last = operator.post(ALL, Map.of("name", "One of many", "scope", "audit-read"));
        } while (last.statusCode() == 201);
        last.then().statusCode(409).body("code", equalTo("operator-credential-limit"));
        var all = operator.get(ALL).<List<String>>path("items.id");
        assertThat(all).hasSize(10);
        all.forEach(id -> operator.delete(ALL + "/" + id, "").then().statusCode(204));
    }

    @Test
    void isKeptAsAHash() {
        var issued = Credentials.issueOfOperator("Hashed");
        assertThat(sql.number("select count(*) from operator_credential where id = '" + issued.path("id")
                        + "' and hash = sha256('" + issued.path("token") + "')"))
                .isOne();
    }

    private void change(Response issued, String what) {
        assertThat(sql.execute("update operator_credential set " + what + " where id = '" + issued.path("id") + "'"))
                .isOne();
    }

    private static void refused(Response issued, String code) {
        Api.with(issued.path("token"))
                .get(EVENTS)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo(code));
    }
}
