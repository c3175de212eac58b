package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@PortalTest
class AttestationJourneyTest {
    private static final String PAGE = "/teams/" + Api.OTHER_TEAM + "/attestation";

    @Inject
    DataSource database;

    @Test
    void anOwnerConfirmsMembersAndContacts() throws SQLException {
        try (var connection = database.getConnection();
                var sql = connection.createStatement()) {
            sql.execute("delete from attestation where team_id = '" + Api.OTHER_TEAM + "'");
        }
        try (var browser = Browser.open().logIn("other-owner")) {
            browser.go("/teams/" + Api.OTHER_TEAM);
            // Beside the menu, the team's page asks for it.
            browser.page.locator("main a[href='" + PAGE + "']").last().click();
            browser.sees("Confirm members and contacts");
            assertThat(browser.text()).contains("Members", "Owner", "Joined");
            var form = Pattern.compile("name=\"(idempotency_key|tag)\" value=\"([^\"]*)\"")
                    .matcher(browser.page.content())
                    .results()
                    .flatMap(
                            hidden -> Stream.of(hidden.group(1), hidden.group(2).replace("&quot;", "\"")))
                    .toArray(String[]::new);
            browser.press("Confirm").look("confirmed members and contacts");
            assertThat(browser.text())
                    .contains("Members and contacts are confirmed", "Last confirmed by Omar Other")
                    .contains("They need not be confirmed again now.");
            assertThat(browser.page.locator("main form").count()).isZero();
            var again = Persons.post(Persons.browser("other-owner"), PAGE, form);
            assertThat(again.body()).contains("Members and contacts are confirmed");
        }
    }

    @Test
    void operatorsLookForOverdueTeams() {
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review")
                    .follow("Members and contacts not confirmed")
                    .sees("Members and contacts not confirmed");
        }
    }
}
