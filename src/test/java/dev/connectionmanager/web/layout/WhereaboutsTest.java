package dev.connectionmanager.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Back leads to the list that somebody came from, and never anywhere else. */
@PortalTest
class WhereaboutsTest {
    private final HttpClient operator = Persons.browser("operator");

    private String back(String path, String referrer) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + path))
                .header("Referer", referrer)
                .build();
        return operator.send(request, BodyHandlers.ofString())
                .body()
                .replaceAll("(?s).*nhsuk-back-link\" href=\"([^\"]*)\".*", "$1");
    }

    @Test
    void backLeadsToTheListAsItWasFiltered() throws Exception {
        var application = "/applications/" + Api.newApplication("Whereabouts").replaceFirst(".*/", "");
        var team = "/teams/" + Api.FIRST_TEAM;
        var here = Persons.address();
        for (var list : new String[] {
            "/search?search=a%20b&kind=teams",
            "/review/clients?search=x&state=&environment=",
            "/review/audit?act=secrets",
            team,
            team + "?name=x"
        }) {
            assertThat(back(application, here + list)).isEqualTo(list.replace("&", "&amp;"));
        }
        for (var elsewhere : new String[] {
            "https://evil.example/search",
            here + ".evil.example/search",
            here + "@evil.example/search",
            here + "//evil.example/search",
            here + "/logout",
            here + application + "/deletion",
            here + "/search?\"onclick=x",
            "",
            "javascript:alert(1)"
        }) {
            assertThat(back(application, elsewhere)).as(elsewhere).isEqualTo(team);
        }
    }

    @Test
    void theMenuSaysWhereOneIs() {
        assertThat(Persons.get(operator, "/review/clients").body())
                .contains("href=\"/review\" aria-current=\"page\"")
                .doesNotContain("href=\"/teams\" aria-current");
    }
}
