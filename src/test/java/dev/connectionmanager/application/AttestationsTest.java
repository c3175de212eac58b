package dev.connectionmanager.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PortalTest
class AttestationsTest {
    private static final UUID TEAM = UUID.fromString(Api.OTHER_TEAM);
    private static final String PAGE = "/teams/" + TEAM + "/attestation";
    private static final Pattern FORM = Pattern.compile(
            "name=\"idempotency_key\" value=\"([^\"]+)\".*name=\"tag\" value=\"([^\"]+)\"", Pattern.DOTALL);

    @Inject
    Attestations attestations;

    @Inject
    AttestationReminders reminders;

    @Inject
    Sql sql;

    private final HttpClient owner = Persons.browser("other-owner");

    @BeforeEach
    void beginsAnew() {
        sql.execute("delete from attestation where team_id = '" + TEAM + "'");
        sql.execute("delete from attestation_reminder where team_id = '" + TEAM + "'");
        sql.execute("update team set created_at = now() where id = '" + TEAM + "'");
        sql.execute("delete from mail where code = 'attestation-due' and team_id = '" + TEAM + "'");
    }

    @Test
    void aTeamIsDueSixMonthsAfterTheLastTime() {
        assertThat(last(TEAM)).isEmpty();
        assertThat(last(UUID.randomUUID())).isEmpty();
        var before = Instant.now().minusSeconds(1);
        attest();
        assertThat(last(TEAM)).hasValueSatisfying(at -> assertThat(at).isBetween(before, Instant.now()));
        assertThat(Persons.get(owner, PAGE).body()).contains("Due by").doesNotContain("Overdue");
        sql.execute("update attestation set at = now() - interval '6 months' + interval '2 days'");
        assertThat(Persons.get(owner, PAGE).body()).contains("Due by").doesNotContain("Overdue");
        sql.execute("update attestation set at = now() - interval '6 months' - interval '1 minute'");
        assertThat(Persons.get(owner, PAGE).body()).contains("Overdue");
    }

    @Test
    void operatorsSeeWhoIsOverdue() {
        var operator = Persons.browser("operator");
        assertThat(Persons.get(operator, "/review/attestations").body()).doesNotContain(PAGE);
        sql.execute("update team set created_at = now() - interval '6 months 1 day' where id = '" + TEAM + "'");
        assertThat(Persons.get(operator, "/review/attestations").body()).contains(PAGE, "Never");
        assertThat(Persons.get(operator, PAGE).body()).contains("Overdue").doesNotContain(">Confirm</button>");
        attest();
        assertThat(Persons.get(operator, "/review/attestations").body()).doesNotContain(PAGE);
        assertThat(Persons.get(operator, "/review/attestations?cursor=x").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsConfirmedIsWhatWasSeen() {
        var seen = form();
        var application = Api.as("other-owner")
                .post(
                        "/api/v1/teams/" + TEAM + "/applications",
                        Map.of("name", "Added meanwhile", "category", "local", "application_type", "web"));
        var refused = Persons.post(owner, PAGE, "idempotency_key", seen.get(0), "tag", seen.get(1));
        assertThat(Persons.refused(refused)).isTrue();
        assertThat(refused.body()).contains("Members or contacts have changed", "Added meanwhile");
        assertThat(last(TEAM)).isEmpty();
        Api.as("other-owner")
                .delete("/api/v1/applications/" + application.path("id"), "If-Match: " + application.header("ETag"));
        attest();
        assertThat(last(TEAM)).isPresent();
    }

    @Test
    void scriptsConfirmWhatTheyHaveReadAsPeopleDo() {
        var api = Api.as("other-owner");
        var path = "/api/v1/teams/" + TEAM + "/attestation";
        sql.execute("update team set created_at = now() - interval '6 months 1 day' where id = '" + TEAM + "'");
        var overdue = "items.team_id.contains('" + TEAM + "')";
        Api.as("operator").get("/api/v1/overdue-attestations?limit=100").then().body(overdue, is(true));
        var read = api.get(path);
        read.then().statusCode(200).body("members", not(empty())).body("status.attested_at", nullValue());
        api.post(path, Map.of()).then().statusCode(428);
        api.request().header("If-Match", "\"old\"").post(path).then().statusCode(412);
        assertThat(last(TEAM)).isEmpty();
        api.request()
                .header("If-Match", read.header("ETag"))
                .post(path)
                .then()
                .statusCode(201)
                .header("Location", path)
                .body("status.attested_by", notNullValue());
        assertThat(last(TEAM)).isPresent();
        Api.as("operator").get("/api/v1/overdue-attestations?limit=100").then().body(overdue, is(false));
    }

    @Test
    void oneFormConfirmsOnce() {
        var form = form();
        var statuses = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> Persons.post(owner, PAGE, "idempotency_key", form.get(0), "tag", form.get(1))))
                .limit(6)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .map(HttpResponse::statusCode)
                .toList();
        assertThat(statuses).containsOnly(200);
        assertThat(sql.number("select count(*) from attestation where team_id = '" + TEAM + "'"))
                .isEqualTo(1);
    }

    /** Every node looks every hour; however many look at once, a due date is told of once. */
    @Test
    void remindsOncePerDueDate() {
        reminders.remind();
        assertThat(mails()).as("not due yet").isZero();
        sql.execute("update team set created_at = now() - interval '6 months' + interval '13 days' where id = '" + TEAM
                + "'");
        Stream.generate(() -> CompletableFuture.runAsync(reminders::remind))
                .limit(6)
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(mails()).isEqualTo(1);
        reminders.remind();
        assertThat(mails()).isEqualTo(1);
        attest();
        sql.execute("update attestation set at = now() - interval '7 months'");
        reminders.remind();
        assertThat(mails()).as("the next period").isEqualTo(2);
    }

    /** Asked as each request asks: with nothing remembered of the one before. */
    private Optional<Instant> last(UUID team) {
        return QuarkusTransaction.requiringNew().call(() -> attestations.lastOf(team));
    }

    private void attest() {
        var form = form();
        assertThat(Persons.post(owner, PAGE, "idempotency_key", form.get(0), "tag", form.get(1))
                        .statusCode())
                .isEqualTo(200);
    }

    private List<String> form() {
        var form = FORM.matcher(Persons.get(owner, PAGE).body());
        assertThat(form.find()).isTrue();
        return List.of(form.group(1), form.group(2).replace("&quot;", "\""));
    }

    private long mails() {
        return sql.number("select count(*) from mail where code = 'attestation-due' and team_id = '" + TEAM + "'");
    }
}
