package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.ValidHtml;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Nu HTML checker finds no error on any page: assistive technology need not guess. */
@PortalTest
class ValidHtmlTest {
    private static boolean isPage(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
    }

    @ParameterizedTest
    @CsvSource({"owner, 60", "operator, 60", "anonymous, 12"})
    void everyPageIsValid(String caller, int pages) throws Exception {
        var wrong = new TreeSet<String>();
        var seen = new ArrayList<String>();
        for (var route : (Iterable<AccessMatrix.Route>) AccessMatrix.routesWithRows()::iterator) {
            if (route.reads() && !route.forApi() && !route.forConnect()) {
                var fixture = Fixture.shared();
                var answer = AccessMatrix.ask(route, fixture.fill(route), caller, fixture);
                if (isPage(answer)) {
                    seen.add(route.toString());
                    ValidHtml.errors(answer.body()).forEach(error -> wrong.add(route + ": " + error));
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(pages);
        assertThat(wrong).isEmpty();
    }

    @Test
    void formsWithErrorsAreValid() throws Exception {
        var team = "/teams/" + Api.FIRST_TEAM;
        for (var form : List.of(
                team + "/applications/new",
                team + "/credentials/new",
                team + "/initial-access-tokens/new",
                team + "/key-sets/new",
                team + "/members/new",
                team + "/test-users/new",
                "/team-requests/new")) {
            var answer = Persons.post(Persons.browser("owner"), form, "name", "\t");
            assertThat(answer.body()).as(form).contains("There is a problem");
            assertThat(ValidHtml.errors(answer.body())).as(form).isEmpty();
        }
    }

    /** What the checker does not know it could not find. */
    @Test
    void theCheckerFindsErrors() throws Exception {
        var head = "<!DOCTYPE html><html lang=\"en\"><head><title>T</title></head><body>";
        assertThat(ValidHtml.errors(head + "<p>Well.</p></body></html>")).isEmpty();
        for (var wrong : List.of("<p id=\"a\"></p><p id=\"a\"></p>", "<ul><p></p></ul>", "<time>soon</time>")) {
            assertThat(ValidHtml.errors(head + wrong + "</body></html>"))
                    .as(wrong)
                    .isNotEmpty();
        }
    }
}
