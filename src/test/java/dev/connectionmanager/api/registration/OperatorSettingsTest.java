package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.connectionmanager.mail.LetterWriter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.review.ReviewOverview;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.ConfiguredPortalTest;
import dev.connectionmanager.testing.Persons;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A portal whose operators let the rules approve more redirect URIs on hosts that they have approved, and promise a
 * decision within two working days. Its figures are its own.
 */
@ConfiguredPortalTest
class OperatorSettingsTest {
    private static final Api OWNER = Api.as("owner");
    private static final Actor OPERATOR = Actor.person("local-operator", "", "Opal Operator", true, Map.of());
    private static final ZoneId LONDON = ZoneId.of("Europe/London");

    @Inject
    ReviewOverview overview;

    @Inject
    AgroalDataSource database;

    @Inject
    Outbox outbox;

    @Inject
    LetterWriter writer;

    /** Of an application of its own, in a category that nothing else here has. */
    private UUID seed(String state, String risk, Instant submitted, Instant due, Instant decided, String by)
            throws SQLException {
        var application = UUID.randomUUID();
        var request = UUID.randomUUID();
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        insert into application (id, team_id, name, description, category, application_type, contacts,
                            created_at, version) values (?, ?, 'Seeded', '', 'NATIONAL', 'WEB', '{}', now(), 0)""");
                var ask = connection.prepareStatement("""
                        insert into production_request (id, application_id, environment, state, candidate, edition, editors,
                            editor_teams, fields_to_change, risk, created_at, updated_at, updated_by,
                            first_submitted_at, submitted_at, due_at, decided_at, decided_by, decided_by_name, version)
                        values (?, ?, 'production', ?, '{}', 1, '{}', '{}', '{}', ?, now(), now(), 'Olivia Owner',
                            ?, ?, ?, ?, ?, ?, 0)""")) {
            insert.setObject(1, application);
            insert.setObject(2, UUID.fromString(Api.FIRST_TEAM));
            insert.executeUpdate();
            ask.setObject(1, request);
            ask.setObject(2, application);
            ask.setString(3, state);
            ask.setString(4, risk);
            var times = new Instant[] {submitted, submitted, due, decided};
            for (int i = 0; i < times.length; i++) {
                ask.setObject(5 + i, times[i] == null ? null : times[i].atOffset(ZoneOffset.UTC));
            }
            ask.setString(9, by);
            ask.setString(10, by);
            ask.executeUpdate();
        }
        return request;
    }

    private UUID waiting(String risk, Duration left) throws SQLException {
        var now = Instant.now();
        return seed("SUBMITTED", risk, now.minus(Duration.ofDays(9)), now.plus(left), null, null);
    }

    private void decided(String state, Instant at, Duration after, String by) throws SQLException {
        seed(state, "LOW", at.minus(after), at, at, by);
    }

    @Test
    void countsWhatWaitsAndWhatWasDecided() throws SQLException {
        var before = overview.ages(OPERATOR);
        var requests = List.of(
                waiting("NONE", Duration.ofDays(3)),
                waiting("LOW", Duration.ofHours(12)),
                waiting("MEDIUM", Duration.ofDays(-2)),
                waiting("HIGH", Duration.ofDays(-8)));
        assertThat(overview.ages(OPERATOR))
                .isEqualTo(new ReviewOverview.Ages(
                        before.within() + 1, before.dueSoon() + 1, before.late() + 1, before.veryLate() + 1));

        var monday = LocalDate.now(LONDON).with(DayOfWeek.MONDAY).minusWeeks(6);
        var noon = monday.plusDays(2).atTime(12, 0).atZone(LONDON).toInstant();
        decided("APPROVED", noon, Duration.ofHours(1), "local-operator");
        decided("REJECTED", noon, Duration.ofHours(3), "local-operator");
        decided("APPROVED", noon, Duration.ofHours(10), "local-operator2");
        decided("WITHDRAWN", noon, Duration.ofHours(50), null);
        decided("CHANGES_REQUESTED", noon, Duration.ofHours(60), "local-operator");
        // By rule, at once: nobody waited.
        decided("APPROVED", noon, Duration.ZERO, "portal");
        decided("APPROVED", noon, Duration.ZERO, "portal");
        // Before the first and in another week.
        decided("REJECTED", noon.minus(Duration.ofDays(70)), Duration.ofHours(100), "local-operator");
        assertThat(overview.decided(OPERATOR))
                .hasSizeGreaterThanOrEqualTo(ReviewOverview.WEEKS)
                .contains(new ReviewOverview.Decided(monday, 4, 1, Duration.ofHours(3)))
                .contains(new ReviewOverview.Decided(monday.plusWeeks(1), 0, 0, null));
        assertThat(overview.kinds(OPERATOR))
                .contains(new ReviewOverview.Kind("national", "production", 4, 1, 5, Duration.ofHours(3)));

        var operator = Persons.browser("operator");
        var queue = Persons.get(operator, "/review/requests?category=national&sort=risk")
                .body();
        assertThat(row(queue, requests.get(0)))
                .contains("No risk found", "due on")
                .doesNotContain("Late", "Due soon");
        assertThat(row(queue, requests.get(1))).contains("Low risk", "Due soon").doesNotContain("Late");
        assertThat(row(queue, requests.get(2))).contains("Medium risk", "Late").doesNotContain("Due soon");
        assertThat(row(queue, requests.get(3))).contains("High risk", "Late").doesNotContain("Due soon");
        assertThat(Persons.get(operator, "/review/requests/" + requests.get(1)).body())
                .doesNotContain(">Late<");
        assertThat(Persons.get(operator, "/review/requests/" + requests.get(2)).body())
                .contains(">Late<");
        var team = Persons.browser("viewer");
        assertThat(Persons.get(team, "/requests/" + requests.get(1)).body())
                .contains("Expect the decision by", "within 2 working days");
        assertThat(Persons.get(team, "/requests/" + requests.get(2)).body()).contains("It is late");
        assertThat(Persons.get(operator, "/review/overview").body())
                .contains("The service level is 2 working days", "3 hours");
    }

    private static String row(String queue, UUID request) {
        var start = queue.indexOf("id=\"request-" + request);
        assertThat(start).as(request.toString()).isPositive();
        return queue.substring(start, queue.indexOf("</tr>", start));
    }

    @Test
    void promisesADecisionWithinTwoWorkingDays() {
        var production = Api.newApplication("Clinic") + "/registrations/production";
        var request = open(production, "If-None-Match: *", "https://app.supplier.co.uk/callback");
        OWNER.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(200);
        var submitted = OWNER.post(request + "/submission", Map.of());
        var from = Instant.parse(submitted.path("submitted_at")).atZone(LONDON);
        var due = Stream.of(1, 2, 3, 4)
                .map(from::plusDays)
                .filter(day -> day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY)
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(Instant.parse(submitted.path("due_at"))).isEqualTo(due.toInstant());
    }

    @Test
    void approvesByRuleWhatIsCoveredAndNothingElse() {
        var production = Api.newApplication("Ward Round") + "/registrations/production";
        approvedByAnOperator(production);

        var more = open(
                production,
                "If-Match: " + OWNER.get(production).header("ETag"),
                "https://app.supplier.co.uk/callback",
                "https://app.supplier.co.uk/second");
        OWNER.post(more + "/submission", Map.of())
                .then()
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("decided_by", equalTo("Connection Manager"));
        OWNER.get(production).then().body("redirect_uris", hasSize(2)).body("version", equalTo(2));
        OWNER.get(production + "/revisions").then().body("items[0].actor", equalTo("Connection Manager"));
        OWNER.get(more + "/comments")
                .then()
                .body("items.kind", hasItems("submitted", "approved"))
                .body("items.comment", hasItem(startsWith("Approved by rule: only redirect URIs on hosts")))
                .body("items.role", hasItem("portal"));
        assertThat(letters("Ward Round")).contains("approved by rule", "no operator has judged it");
        var page = Persons.get(Persons.browser("owner"), more.replace("/api/v1", "") + "/submitted");
        assertThat(page.body()).contains("Operators need not look at it");

        var elsewhere = open(
                production,
                "If-Match: " + OWNER.get(production).header("ETag"),
                "https://app.supplier.co.uk/callback",
                "https://app.supplier.co.uk/second",
                "https://app.other.co.uk/callback");
        OWNER.post(elsewhere + "/submission", Map.of()).then().statusCode(200).body("state", equalTo("submitted"));
        OWNER.get(production)
                .then()
                .body(
                        "redirect_uris",
                        contains("https://app.supplier.co.uk/callback", "https://app.supplier.co.uk/second"));
    }

    @Test
    void approvesNothingByRuleThatOperatorsKeepOutOrObjectTo() {
        var production = Api.newApplication("Kept out") + "/registrations/production";
        approvedByAnOperator(production);
        var operator = Api.as("operator");
        operator.put(production + "/suspension", Map.of("reason", "Tokens were leaked."), "")
                .then()
                .statusCode(200);
        var whileSuspended = openMore(production);
        submit(whileSuspended, "submitted");
        operator.delete(production + "/suspension", "").then().statusCode(204);
        decide(whileSuspended, "request-changes");
        submit(whileSuspended, "submitted");
        decide(whileSuspended, "reject");
        // The same again, as another request.
        var again = openMore(production);
        submit(again, "submitted");
        decide(again, "approve");
        assertThat(letters("Kept out")).contains("Operators have approved").doesNotContain("by rule");
        submit(
                open(
                        production,
                        "If-Match: " + OWNER.get(production).header("ETag"),
                        "https://app.supplier.co.uk/callback",
                        "https://app.supplier.co.uk/second",
                        "https://app.supplier.co.uk/third"),
                "approved");
    }

    private static String openMore(String production) {
        return open(
                production,
                "If-Match: " + OWNER.get(production).header("ETag"),
                "https://app.supplier.co.uk/callback",
                "https://app.supplier.co.uk/second");
    }

    private static void approvedByAnOperator(String production) {
        var first = open(production, "If-None-Match: *", "https://app.supplier.co.uk/callback");
        OWNER.put(
                        first,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(first).header("ETag"))
                .then()
                .statusCode(200);
        submit(first, "submitted");
        decide(first, "approve");
        var page = Persons.get(Persons.browser("owner"), first.replace("/api/v1", "") + "/submitted");
        assertThat(page.body()).contains("Approved on").doesNotContain("Operators need not look at it");
    }

    private static void submit(String request, String state) {
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200).body("state", equalTo(state));
    }

    private static void decide(String request, String outcome) {
        Api.as("operator")
                .request()
                .header("If-Match", OWNER.get(request).header("ETag"))
                .body(Map.of("outcome", outcome, "comment", "Because."))
                .post(request + "/decision")
                .then()
                .statusCode(200);
    }

    /** All that was mailed about an application's requests, as it is read. */
    private String letters(String application) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.latest(500).stream()
                .map(mail -> writer.write(mail.letter()))
                .filter(letter -> letter.subject().startsWith(application + ": the request"))
                .map(letter -> letter.subject() + "\n" + letter.text())
                .collect(Collectors.joining("\n")));
    }

    private static String open(String production, String condition, String... redirectUris) {
        return OWNER.put(
                        production,
                        Map.of(
                                "redirect_uris",
                                List.of(redirectUris),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        condition)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }
}
