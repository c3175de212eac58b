package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.audit.VerifyCommand;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Timers;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PortalTest
class ActivityPagesTest {
    @ConfigProperty(name = "connection-manager.audit.checkpoint-key")
    Path key;

    @TempDir
    Path files;

    @Inject
    Timers timers;

    @Test
    void aTeamReadsWhatHappenedInWords() {
        var application = Api.newApplication("Clinic <b>app</b>");
        var id = application.substring(application.lastIndexOf('/') + 1);
        Api.as("owner")
                .put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go("/teams/" + Api.FIRST_TEAM + "/activity").sees("Activity");
            assertThat(browser.text())
                    .contains(
                            "Olivia Owner registered ‘Clinic <b>app</b>’ in Integration, with the client ID ",
                            "Olivia Owner was issued a client secret for ‘Clinic <b>app</b>’ in Integration",
                            "Olivia Owner added the application ‘Clinic <b>app</b>’");
            browser.fill("Object ID", id).press("Filter").look("activity of one application");
            assertThat(browser.text())
                    .contains("added the application")
                    .doesNotContain("was issued a client secret for");
            browser.page.locator("summary").first().click();
            browser.look("activity in detail");
            assertThat(browser.text()).contains("application-created", "\"category\" : \"supplier\"");
            browser.page.getByLabel("What was done").selectOption("registration-deleted");
            browser.press("Filter").look("no activity");
            assertThat(browser.text()).contains("Nothing matches.");
        }
    }

    @Test
    void activityIsPaged() {
        for (int i = 0; i < 30; i++) {
            Api.newApplication("Paged " + i);
        }
        try (var browser = Browser.withoutScripts().logIn("owner")) {
            browser.go("/teams/" + Api.FIRST_TEAM + "/activity?act=application-created");
            assertThat(browser.text()).contains("‘Paged 29’", "‘Paged 5’").doesNotContain("‘Paged 4’");
            browser.follow("Earlier activity");
            assertThat(browser.text()).contains("‘Paged 4’", "‘Paged 0’").doesNotContain("‘Paged 5’");
            browser.go("/teams/" + Api.FIRST_TEAM + "/activity?cursor=cut-off");
            assertThat(browser.heading()).isEqualTo("Page not found");
        }
    }

    @Test
    void operatorsSearchByTeamObjectPersonActAndTime() {
        var path = Api.newApplication("Searched");
        var id = path.substring(path.lastIndexOf('/') + 1);
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review/audit").sees("Audit trail");
            browser.fill("Team", Api.FIRST_TEAM)
                    .fill("Object ID", id)
                    .fill("Person", "olivia")
                    .fill("From", "2020-01-01")
                    .fill("Until", "2099-12-31");
            browser.page.getByLabel("What was done").selectOption("application-created");
            browser.press("Search").look("audit trail found");
            assertThat(browser.text()).contains("Olivia Owner added the application ‘Searched’");
            assertThat(browser.page.locator(".app-event").count()).isEqualTo(1);
            for (var none : List.of("person=adam", "until=2020-01-01", "from=2099-01-01", "team=" + Api.OTHER_TEAM)) {
                browser.go("/review/audit?object=" + id + "&" + none);
                assertThat(browser.text()).as(none).contains("Nothing matches.");
            }
            browser.go("/review/audit?team=nobody-has-this&from=yesterday").look("audit trail error");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text()).contains("No team has a name like this", "Enter a date such as 2026-11-24");
            assertThat(browser.page.locator("#team").inputValue()).isEqualTo("nobody-has-this");
            browser.go("/review/audit?until=9999-12-31&from=%2B10000-01-01");
            assertThat(browser.page.locator(".nhsuk-error-summary a").count()).isEqualTo(2);
        }
    }

    @Test
    void theExportIsWhatTheVerificationTakes() throws Exception {
        var first = key.resolveSibling("checkpoints").resolve("checkpoint-0000000001.jws");
        timers.runUntil("a checkpoint is taken", () -> Files.exists(first));
        Api.newApplication("Exported");
        var body = export("owner", "jsonl", "?team=" + Api.FIRST_TEAM);
        assertThat(body.statusCode()).isEqualTo(403);
        var whole = export("operator", "jsonl", "");
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"audit.jsonl\"");
        assertThat(verify(whole.body())).startsWith("0 Genuine: ");
        var one = export("operator", "jsonl", "?team=" + Api.FIRST_TEAM);
        assertThat(verify(one.body(), "--chain", Api.FIRST_TEAM)).startsWith("0 Genuine: ");
        assertThat(export("operator", "jsonl", "?act=audit-exported").body())
                .as("that it was exported is told too")
                .contains("\"actor_name\":\"Opal Operator\"");
    }

    @Test
    void aSpreadsheetIsGivenNoFormula() {
        var name = "=cmd|' /C calc'!A0," + UUID.randomUUID();
        Api.as("owner")
                .post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of("name", name, "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201);
        var csv = export("operator", "csv", "?team=" + Api.FIRST_TEAM).body();
        assertThat(csv).startsWith("\uFEFF\"at\",\"actor_name\",").contains(name);
        assertThat(csv.substring(1).lines()).allMatch(line -> line.startsWith("\""));
        assertThat(csv).doesNotContainPattern("(^|,|\\n)\"?[=+@-]");
        assertThat(export("operator", "csv", "?team=nobody-has-this").statusCode())
                .isEqualTo(404);
    }

    private static java.net.http.HttpResponse<String> export(String user, String format, String query) {
        return Persons.get(Persons.browser(user), "/review/audit/export." + format + query);
    }

    private String verify(String export, String... more) throws IOException {
        var file = Files.writeString(files.resolve("audit.jsonl"), export);
        var arguments = new java.util.ArrayList<>(List.of(
                "--export",
                file.toString(),
                "--checkpoints",
                key.resolveSibling("checkpoints").toString(),
                "--key",
                key + ".pub"));
        arguments.addAll(List.of(more));
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return VerifyCommand.run(arguments, stream, stream) + " " + out.toString(StandardCharsets.UTF_8);
    }
}
