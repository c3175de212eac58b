package dev.connectionmanager.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.wording.ActGroup;
import dev.connectionmanager.wording.AuditSentences;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators search the audit trail by what they know: names, client IDs, kinds of acts, days. */
@PortalTest
class AuditSearchPagesTest {
    private static final Api OWNER = Api.as("owner");

    private final String word = "t" + Long.toString(System.nanoTime(), 36);
    private final String name = "Trail " + word;
    private String application;
    private String clientId;

    @BeforeEach
    void register() {
        application = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                        Map.of("name", name, "category", "supplier", "application_type", "web"))
                .header("Location");
        clientId = OWNER.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .path("client_id");
    }

    private static HttpResponse<String> search(String... pairs) {
        return search(Persons.browser("operator"), pairs);
    }

    private static HttpResponse<String> search(HttpClient operator, String... pairs) {
        var query = new StringBuilder("/review/audit?");
        for (int i = 0; i < pairs.length; i += 2) {
            query.append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8))
                    .append('&');
        }
        return Persons.get(operator, query.toString());
    }

    @Test
    void findsEventsByTeamClientAndApplication() {
        var operator = Persons.browser("operator");
        var registered = "registered ‘" + name + "’ in";
        for (var body : new String[] {
            search(operator, "client", clientId).body(),
            search(operator, "client", clientId.substring(0, 10)).body(),
            search(operator, "application", word).body(),
            search(operator, "application", application.replaceFirst(".*/", "")).body(),
            search(operator, "application", word, "team", "example supp", "act", "registration-issued")
                    .body(),
            search(operator, "application", word, "act", "secrets")
                    .body()
                    .replace("was issued a client secret for", "registered")
        }) {
            assertThat(body).contains(registered);
        }
        assertThat(search(operator, "application", word, "act", "decisions").body())
                .contains("Nothing matches")
                .doesNotContain(registered);
    }

    @Test
    void saysWhatNobodyHasAndWhenFromIsAfterUntil() {
        var operator = Persons.browser("operator");
        var unknown = search(
                operator, "team", "no such team " + word, "client", "000000000000", "application", "none" + word);
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body())
                .contains(
                        "No team has a name like this",
                        "No client ID begins like this",
                        "No application has a name like this")
                .contains("value=\"no such team " + word + "\"");
        var turned = search(operator, "from", "2026-12-02", "until", "2026-12-01");
        assertThat(turned.statusCode()).isEqualTo(422);
        assertThat(turned.body()).contains("‘Until’ must be the same day as ‘From’, or later.");
        assertThat(search(operator, "from", "2026-12-01", "until", "2026-12-01").statusCode())
                .isEqualTo(200);
        assertThat(search(operator, "from", "+999999999-12-31").statusCode()).isEqualTo(422);
    }

    @Test
    void leavesEmailsOutUnlessTheyAreWanted() {
        var operator = Persons.browser("operator");
        assertThat(search(operator, "act", "mail-sent").body()).contains("Nothing matches");
        assertThat(search(operator).body()).doesNotContain("sent an email to");
        assertThat(search(operator, "emails", "yes").body())
                .contains("name=\"emails\" type=\"checkbox\" value=\"yes\" checked");
    }

    @Test
    void everyGroupIsOfActsThatThereAre() {
        for (var group : ActGroup.values()) {
            assertThat(AuditSentences.codes()).as(group.code()).containsAll(group.acts());
        }
        assertThat(AuditSentences.title("api-credential-issued")).isEqualTo("API credential issued");
    }
}
