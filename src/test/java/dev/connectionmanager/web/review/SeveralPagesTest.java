package dev.connectionmanager.web.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several requests are assigned and several teams reminded at once; what became of each is told. And figures are drawn. */
@PortalTest
class SeveralPagesTest {
    private static final Api OWNER = Api.as("owner");

    @Inject
    AgroalDataSource database;

    private static String submitted() {
        var application = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of(
                                "name",
                                "Several " + System.nanoTime(),
                                "category",
                                "supplier",
                                "application_type",
                                "web"))
                .header("Location");
        var request = OWNER.put(application + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .header("Location");
        OWNER.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(200);
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        return request;
    }

    private static String id(String location) {
        return location.replaceFirst(".*/", "");
    }

    private static String post(HttpClient browser, String path, String name, Stream<String> ids) {
        var pairs = new ArrayList<>(List.of("idempotency_key", UUID.randomUUID().toString()));
        ids.forEach(id -> pairs.addAll(List.of(name, id)));
        var answer = Persons.post(browser, path, pairs.toArray(String[]::new));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void severalRequestsAreAssignedAndWhatWasNotIsTold() {
        var free = submitted();
        var taken = submitted();
        Api.as("operator2")
                .put(taken + "/assignee", Map.of("assignee", "me"), "")
                .then()
                .statusCode(200);
        var unknown = UUID.randomUUID().toString();
        var body = post(
                Persons.browser("operator"),
                "/review/assignments",
                "requests",
                Stream.of(id(free), id(taken), unknown, "no id", id(free)));
        assertThat(body).contains("Done for 1 of 3", "Assigned to you.", "Not done", unknown);
        OWNER.get(free + "/assignee").then().body("assignee", equalTo("Opal Operator"));
        OWNER.get(taken + "/assignee").then().body("assignee", not(equalTo("Opal Operator")));
        assertThat(post(Persons.browser("operator"), "/review/assignments", "requests", Stream.of()))
                .contains("You ticked no request. Nothing was done.");
    }

    @Test
    void severalTeamsAreRemindedOnceADay() throws SQLException {
        var overdue = UUID.randomUUID().toString();
        var ownerless = UUID.randomUUID().toString();
        run("""
                insert into team (id, name, categories, created_at, version) values
                    ('%1$s', 'Overdue %1$s', '{SUPPLIER}', now() - interval '1 year', 0),
                    ('%2$s', 'Ownerless %2$s', '{SUPPLIER}', now() - interval '1 year', 0);
                insert into member (id, team_id, email, address, subject, name, role, created_at, joined_at, version)
                    values (gen_random_uuid(), '%1$s', 'late@overdue.example', 'late@overdue.example', 'late-%1$s', 'Lara Late',
                    'OWNER', now(), now(), 0)""".formatted(overdue, ownerless));
        var operator = Persons.browser("operator");
        var teams =
                List.of(overdue, ownerless, Api.FIRST_TEAM, UUID.randomUUID().toString());
        assertThat(post(operator, "/review/reminders", "teams", teams.stream()))
                .contains(
                        "Done for 1 of 4",
                        "Its owners are told by email.",
                        "nobody to write to",
                        "not overdue any more",
                        "There is no such team.");
        assertThat(post(operator, "/review/reminders", "teams", Stream.of(overdue)))
                .contains("Done for 0 of 1", "reminded less than a day ago");
        assertThat(Persons.get(operator, "/review/audit?team=" + overdue).body())
                .contains("had the owners of the team reminded");
        assertThat(Persons.get(operator, "/local/mail").body()).contains("Overdue " + overdue);
    }

    @Test
    void operatorsSeeHowTheServiceGoesAndTickInLists() {
        var request = submitted();
        var number = OWNER.get(request).<String>path("number");
        OWNER.put(registrationOf(request), Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review").follow("Statistics").look("statistics");
            assertThat(browser.text())
                    .contains("Clients by mechanism", "Private key JWT over time", "Decisions", "Certificates");
            browser.go("/review/requests?search=" + number).look("queue with boxes");
            browser.page.getByLabel("Tick " + number).check();
            browser.press("Assign what is ticked to me").look("requests assigned");
            assertThat(browser.text()).contains("Done for 1 of 1");
            browser.page.locator("#header-search").fill("app.supplier.co.uk");
            browser.page.locator(".app-search__button").click();
            browser.look("search results");
            assertThat(browser.text()).contains("found for app.supplier.co.uk", "Clients: ");
            browser.go("/search?search=nothing-like-this-" + number).look("search without results");
            browser.go("/review/attestations").look("overdue teams with boxes");
        }
    }

    private static String registrationOf(String request) {
        return "/api/v1/applications/" + OWNER.get(request).path("application_id") + "/registrations/integration";
    }

    private void run(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
