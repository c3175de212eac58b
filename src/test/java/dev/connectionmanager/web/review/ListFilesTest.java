package dev.connectionmanager.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testuser.TestUserExamples;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every list as a file for spreadsheets: whole, within one's rights, and nothing in it that a spreadsheet would run. */
@PortalTest
class ListFilesTest {
    private static final Api OWNER = Api.as("owner");

    private final String word = "f" + Long.toString(System.nanoTime(), 36);

    private void add(String name) {
        OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of("name", name, "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201);
    }

    private static HttpResponse<String> file(HttpClient browser, String path) {
        var answer = Persons.get(browser, path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"");
        assertThat(answer.body()).as(path).startsWith("\uFEFF\"").endsWith("\r\n");
        return answer;
    }

    @Test
    void everyListIsAFileWithAByteOrderMark() {
        var operator = Persons.browser("operator");
        for (var path : List.of(
                "/review/clients.csv",
                "/review/requests.csv?state=any&sort=risk",
                "/review/endpoints.csv",
                "/review/attestations.csv",
                "/review/audit/export.csv?act=audit-exported",
                "/teams/teams.csv",
                "/teams/" + Api.FIRST_TEAM + "/applications.csv",
                "/teams/" + Api.FIRST_TEAM + "/requests.csv",
                "/teams/" + Api.FIRST_TEAM + "/members.csv",
                "/teams/" + Api.FIRST_TEAM + "/handovers.csv",
                "/teams/" + Api.FIRST_TEAM + "/key-sets.csv",
                "/teams/" + Api.FIRST_TEAM + "/credentials.csv",
                "/teams/" + Api.FIRST_TEAM + "/test-users.csv",
                "/review/team-requests.csv?state=accepted")) {
            file(operator, path);
        }
    }

    @Test
    void aFileHoldsAllPagesInNaturalOrderAndOnlyWhatIsFilteredFor() {
        for (int i = 1; i <= 101; i++) {
            add("Ward " + i + " " + word);
        }
        var lines = file(Persons.browser("viewer"), "/teams/" + Api.FIRST_TEAM + "/applications.csv?name=" + word)
                .body()
                .lines()
                .toList();
        assertThat(lines).hasSize(102);
        assertThat(lines.get(2)).startsWith("\"Ward 2 ");
        assertThat(lines.get(10)).startsWith("\"Ward 10 ");
        assertThat(lines.get(101)).startsWith("\"Ward 101 ");
    }

    /** What a team keeps, without anything that opens a door. */
    @Test
    void aFileOfCredentialsHoldsNoSecret() {
        var token = Credentials.issue("Script " + word, "read", null).<String>path("token");
        assertThat(file(Persons.browser("viewer"), "/teams/" + Api.FIRST_TEAM + "/credentials.csv")
                        .body())
                .contains("\"Script " + word + "\"")
                .doesNotContain(token);
    }

    @Test
    void aFileOfTestUsersHoldsAllEnvironments() {
        TestUserExamples.user();
        var file = file(Persons.browser("viewer"), "/teams/" + Api.FIRST_TEAM + "/test-users.csv")
                .body();
        assertThat(file).startsWith("\uFEFF\"environment\",\"uuid\"").contains("\"integration\"");
    }

    @Test
    void nothingInAFileIsAFormula() {
        add("=1+1 " + word);
        add("@sum \"" + word + "\"");
        assertThat(file(Persons.browser("owner"), "/teams/" + Api.FIRST_TEAM + "/applications.csv?name=" + word)
                        .body())
                .contains("\"'=1+1 " + word + "\"", "\"'@sum \"\"" + word + "\"\"\"");
    }

    @Test
    void aPersonsFileOfTeamsHoldsTheirOwnAlone() {
        assertThat(file(Persons.browser("other-owner"), "/teams/teams.csv").body())
                .contains(Api.OTHER_TEAM)
                .doesNotContain(Api.FIRST_TEAM);
    }
}
