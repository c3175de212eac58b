package dev.connectionmanager.api.team;

import static dev.connectionmanager.testing.Api.FIRST_TEAM;
import static dev.connectionmanager.testing.Api.OTHER_TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PortalTest
class AuditEventsApiTest {
    private static final String EVENTS = "/api/v1/audit-events";

    @Inject
    DataSource database;

    @Test
    void tellsAMemberWhatHappenedInWholeEvents() {
        var path = Api.newApplication("Told");
        var id = path.substring(path.lastIndexOf('/') + 1);
        Api.as("admin")
                .patch(path, Map.of("description", "After"), "If-Match: \"0\"")
                .then()
                .statusCode(200);
        Api.as("viewer")
                .get(EVENTS + "?object=" + id)
                .then()
                .statusCode(200)
                .body("items.act", equalTo(List.of("application-created", "application-changed")))
                .body("items[1].team_id", equalTo(FIRST_TEAM))
                .body("items[1].actor_name", equalTo("Adam Admin"))
                .body("items[1].role", equalTo("admin"))
                .body("items[1].object", equalTo("application"))
                .body("items[1].version", equalTo(1))
                .body("items[1].before.description", equalTo(""))
                .body("items[1].after.description", equalTo("After"))
                .body("next_cursor", equalTo(null));
    }

    @Test
    void anotherTeamsEventsAreNeverTold() {
        Api.newApplication("Secretive");
        var other = Api.as("other-owner");
        other.post(
                        "/api/v1/teams/" + OTHER_TEAM + "/applications",
                        Map.of("name", "Theirs", "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201);
        other.get(EVENTS + "?limit=100").then().statusCode(200).body("items.team_id", everyItem(equalTo(OTHER_TEAM)));
        var foreign = other.get(EVENTS + "?team=" + FIRST_TEAM);
        var unknown = other.get(EVENTS + "?team=" + UUID.randomUUID());
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(without(foreign.asString())).isEqualTo(without(unknown.asString()));
        var event = Api.as("owner").get(EVENTS + "?limit=1&team=" + FIRST_TEAM).<String>path("items[0].id");
        var afterForeign = other.get(EVENTS + "?after=" + event);
        var afterUnknown = other.get(EVENTS + "?after=" + UUID.randomUUID());
        assertThat(afterForeign.statusCode()).isEqualTo(400);
        assertThat(without(afterForeign.asString())).isEqualTo(without(afterUnknown.asString()));
        Api.as("newcomer").get(EVENTS).then().statusCode(200).body("items.size()", equalTo(0));
    }

    @Test
    void whoeverFollowsATeamMissesNothingAndHearsNothingTwice() {
        var start = Instant.now().minusSeconds(1).toString();
        for (int i = 0; i < 5; i++) {
            Api.newApplication("Followed " + i);
        }
        var heard = new ArrayList<String>();
        var cursor = "";
        do {
            var page = Api.as("owner").get(EVENTS + "?team=" + FIRST_TEAM + "&after=" + start + "&limit=2" + cursor);
            heard.addAll(page.<List<String>>path("items.id"));
            cursor = page.path("next_cursor") == null ? "" : "&cursor=" + page.path("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(heard).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        var last = heard.get(heard.size() - 1);
        assertThat(applicationsAfter(last)).isEmpty();
        var path = Api.newApplication("One more");
        assertThat(applicationsAfter(last)).containsExactly(path.substring(path.lastIndexOf('/') + 1));
        var time = Api.as("owner")
                .get(EVENTS + "?team=" + FIRST_TEAM + "&after=" + last)
                .<String>path("items.find { it.object == 'application' }.time");
        assertThat(applicationsAfter(time)).isEmpty();
    }

    /** Mails of earlier acts may be sent, and so told, at any moment. */
    private static List<String> applicationsAfter(String position) {
        return Api.as("owner")
                .get(EVENTS + "?team=" + FIRST_TEAM + "&after=" + position)
                .path("items.findAll { it.object == 'application' }.object_id");
    }

    @Test
    void operatorsReadEveryTeamAndWhatBelongsToNone() {
        var start = Instant.now().minusSeconds(1);
        Persons.browser("viewer");
        var told = Api.as("operator").get(EVENTS + "?limit=100&after=" + start);
        assertThat(told.<List<String>>path("items.act")).contains("logged-in");
        Api.as("operator").get(EVENTS + "?team=" + UUID.randomUUID()).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=yesterday",
                "after=%2B999999999-12-31T23:59:59Z",
                "after=%2B10000-01-01T00:00:00Z",
                "cursor=cut-off",
                "cursor=KzEwMDAwLTAxLTAxVDAwOjAwOjAwWiAxIHg",
                "limit=0",
                "limit=101",
                "who=x",
                "from=yesterday",
                "until=2026-11-24",
                "cursor=MA",
                "team=5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11&team_id=5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11",
                "object=a&object_id=b"
            })
    void refusesWhatItDoesNotKnow(String query) {
        Api.as("owner").get(EVENTS + "?" + query).then().statusCode(400);
    }

    @Test
    void isSearchedByPersonActObjectAndTimeAsOnThePage() {
        var path = Api.newApplication("Looked for");
        var id = path.substring(path.lastIndexOf('/') + 1);
        Api.as("admin")
                .patch(path, Map.of("description", "After"), "If-Match: \"0\"")
                .then()
                .statusCode(200);
        var changed = "object=" + id + "&act=application-changed";
        for (var query : List.of(
                changed,
                "object=" + id + "&person=adam",
                "object=" + id + "&person=local-admin",
                changed + "&from=2020-01-01T00:00:00Z&until=2099-12-31T00:00:00Z",
                changed + "&after=2020-01-01T00:00:00Z&team=" + FIRST_TEAM,
                changed.replace("object=", "object_id=") + "&team_id=" + FIRST_TEAM)) {
            Api.as("viewer")
                    .get(EVENTS + "?" + query)
                    .then()
                    .statusCode(200)
                    .body("items.act", equalTo(List.of("application-changed")));
        }
        for (var none : List.of(
                changed + "&person=olivia",
                changed + "&until=2020-01-01T00:00:00Z",
                changed + "&from=2099-01-01T00:00:00Z",
                changed + "&after=2020-01-01T00:00:00Z&from=2099-01-01T00:00:00Z",
                changed + "&from=2020-01-01T00:00:00Z&after=2099-01-01T00:00:00Z")) {
            Api.as("viewer").get(EVENTS + "?" + none).then().statusCode(200).body("items.size()", equalTo(0));
        }
    }

    /** Composed or decomposed, with accents or without. */
    @Test
    void findsWhoeverDidItWhateverTheAccentsOfTheirName() {
        Api.with(Credentials.issue("Łódź pipeline", "write", null).path("token"))
                .post(
                        "/api/v1/teams/" + FIRST_TEAM + "/applications",
                        Map.of("name", "Of Łódź", "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201);
        for (var typed : List.of("Łódź", "lodz", "ŁO\u0301DZ", "lódz\u0301")) {
            Api.as("viewer")
                    .get(EVENTS + "?act=application-created&person=API credential ‘" + typed)
                    .then()
                    .statusCode(200)
                    .body("items.actor_name", hasItem("API credential ‘Łódź pipeline’"));
        }
    }

    /** A page of results ends; what was asked for holds on the next ones too. */
    @Test
    void aFilterHoldsOnEveryPage() {
        var path = Api.newApplication("Paged");
        for (int version = 0; version < 3; version++) {
            Api.as("owner")
                    .patch(path, Map.of("description", "Take " + version), "If-Match: \"" + version + "\"")
                    .then()
                    .statusCode(200);
        }
        var query = EVENTS + "?act=application-changed&limit=2&object=" + path.substring(path.lastIndexOf('/') + 1);
        var first = Api.as("viewer").get(query);
        var second = Api.as("viewer").get(query + "&cursor=" + first.path("next_cursor"));
        assertThat(first.<List<Integer>>path("items.version")).containsExactly(1, 2);
        assertThat(second.<List<Integer>>path("items.version")).containsExactly(3);
        assertThat(second.<String>path("next_cursor")).isNull();
    }

    @Test
    void operatorsExportWhatThePageExports() {
        var name = "=cmd|' /C calc'!A0," + UUID.randomUUID();
        Api.as("owner")
                .post(
                        "/api/v1/teams/" + FIRST_TEAM + "/applications",
                        Map.of("name", name, "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201);
        var query = "?act=application-created&team=" + FIRST_TEAM;
        var operator = Api.as("operator");
        var lines = operator.get(EVENTS + "/export.jsonl" + query);
        lines.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .header("Content-Disposition", "attachment; filename=\"audit.jsonl\"");
        assertThat(lines.contentType()).startsWith("application/jsonl");
        assertThat(lines.asString().lines())
                .allMatch(line -> line.startsWith("{\"chain\":\"" + FIRST_TEAM))
                .anyMatch(line -> line.contains(name));
        assertThat(lines.asString())
                .isEqualTo(Persons.get(Persons.browser("operator"), "/review/audit/export.jsonl" + query)
                        .body());
        var cells = operator.get(EVENTS + "/export.csv" + query);
        assertThat(cells.contentType()).startsWith("text/csv");
        assertThat(cells.asString())
                .startsWith("\"at\",\"actor_name\",")
                .contains(name)
                .doesNotContainPattern("(^|,|\\n)\"?[=+@-]");
        assertThat(operator.get(EVENTS + "?act=audit-exported&person=opal&from="
                                + Instant.now().minusSeconds(60))
                        .<List<String>>path("items.object_id"))
                .as("that it was exported is told too")
                .contains("jsonl", "csv");
    }

    /** What a transaction that began before it and goes on keeps from being sealed is exported all the same, and says so. */
    @Test
    void exportsWhatIsNotSealedYetAndSaysSo() throws Exception {
        var operator = Api.as("operator");
        String path;
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_current_xact_id()");
            path = Api.newApplication("Not sealed yet");
            var query = "?object=" + path.substring(path.lastIndexOf('/') + 1);
            assertThat(operator.get(EVENTS + "/export.jsonl" + query).asString())
                    .contains("\"act\":\"application-created\"", "\"sealed\":false")
                    .doesNotContain("\"sequence\"", "\"hash\"");
            var cells = operator.get(EVENTS + "/export.csv" + query)
                    .asString()
                    .lines()
                    .toList();
            assertThat(cells).hasSize(2);
            assertThat(cells.get(1)).contains("\"application-created\"").endsWith(",\"\",\"\",\"false\"");
            connection.rollback();
        }
        var query = "?object=" + path.substring(path.lastIndexOf('/') + 1);
        Patience.until(
                "it is sealed",
                () -> operator.get(EVENTS + "/export.jsonl" + query).asString().contains("\"hash\""));
        assertThat(operator.get(EVENTS + "/export.csv" + query).asString()).contains("\"true\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=2", "cursor=x", "after=2026-01-01T00:00:00Z", "who=x", "from=soon"})
    void anExportRefusesWhatItDoesNotKnow(String query) {
        Api.as("operator").get(EVENTS + "/export.csv?" + query).then().statusCode(400);
        Api.as("operator").get(EVENTS + "/export.jsonl?" + query).then().statusCode(400);
    }

    @Test
    void onlyOperatorsExport() {
        for (var person : List.of("owner", "newcomer")) {
            Api.as(person)
                    .get(EVENTS + "/export.csv?team=" + FIRST_TEAM)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("operator-needed"));
        }
    }

    private static String without(String problem) {
        return problem.replaceAll("\"instance\":\"[^\"]*\"", "");
    }
}
