package dev.connectionmanager.web.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@PortalTest
class HandoverJourneyTest {
    @Test
    void oneTeamOffersTheOtherAccepts() {
        var path = Api.newApplication("Night Shift").substring("/api/v1".length());
        try (var owner = Browser.open().logIn("owner");
                var other = Browser.open().logIn("other-owner")) {
            owner.go(path).follow("Hand over to another team").sees("Hand over Night Shift");
            owner.fill("Team ID of the other team", "9d0b54c0")
                    .press("Offer application")
                    .look("hand over error");
            assertThat(owner.page.title()).startsWith("Error: ");
            assertThat(owner.page.locator("#team_id").inputValue()).isEqualTo("9d0b54c0");
            owner.fill("Team ID of the other team", " " + Api.OTHER_TEAM + " ").press("Offer application");
            owner.sees("Night Shift is offered");

            owner.go(path).look("application on offer");
            assertThat(owner.text()).contains("Offered to the team with the Team ID " + Api.OTHER_TEAM);
            other.go("/teams/" + Api.OTHER_TEAM).look("team that is offered an application");
            other.follow("Applications offered").sees("Applications offered");
            other.follow("Night Shift").sees("Take over Night Shift?");
            assertThat(other.text()).contains("Example Supplier", "Olivia Owner");
            other.fill("Contacts (optional)", "nobody")
                    .press("Accept application")
                    .look("take over error");
            assertThat(other.text()).contains("There is a problem");
            other.fill("Contacts (optional)", "shift@supplier.co.uk").press("Accept application");
            other.sees("Night Shift");
            assertThat(other.text())
                    .contains("The application belongs to your team now", "Other Supplier", "shift@supplier.co.uk");

            owner.page.reload();
            owner.sees("Page not found");
        }
    }

    @Test
    void anOfferIsWithdrawnOrDeclined() {
        var path = Api.newApplication("Kept by us").substring("/api/v1".length());
        try (var owner = Browser.withoutScripts().logIn("owner");
                var other = Browser.withoutScripts().logIn("other-owner")) {
            owner.go(path + "/handover").fill("Team ID of the other team", Api.OTHER_TEAM);
            owner.press("Offer application");
            other.go("/teams/" + Api.OTHER_TEAM + "/handovers").follow("Kept by us");
            owner.press("Withdraw offer").sees("Kept by us");
            other.press("Accept application").sees("This cannot be done now");
            assertThat(other.text()).contains("This offer has ended");

            owner.go(path + "/handover").fill("Team ID of the other team", Api.OTHER_TEAM);
            owner.press("Offer application");
            other.go("/teams/" + Api.OTHER_TEAM + "/handovers")
                    .follow("Kept by us")
                    .follow("Decline")
                    .sees("Decline Kept by us")
                    .press("Decline offer");
            assertThat(other.text()).contains("Offer declined").doesNotContain("Kept by us");
            owner.go(path).sees("Kept by us");
            assertThat(owner.text())
                    .contains("The offer to the team with the Team ID " + Api.OTHER_TEAM + " was declined");
            owner.go("/local/mail");
            assertThat(owner.text()).contains("Your offer of Kept by us was declined");
        }
    }

    @Test
    void whatIsSentTwiceIsDoneOnce() {
        var owner = Persons.browser("owner");
        var other = Persons.browser("other-owner");
        for (var answer : List.of("acceptance", "refusal")) {
            var path = Api.newApplication("Twice").substring("/api/v1".length());
            var key = UUID.randomUUID().toString();
            for (int i = 0; i < 2; i++) {
                assertThat(Persons.post(owner, path + "/handover", "team_id", Api.OTHER_TEAM, "idempotency_key", key)
                                .body())
                        .contains("The application is offered");
            }
            for (int i = 0; i < 2; i++) {
                assertThat(Persons.post(owner, path + "/handover/withdrawal").body())
                        .contains("The offer is withdrawn");
            }
            Persons.post(owner, path + "/handover", "team_id", Api.OTHER_TEAM);
            var offer = offered(path);
            for (int i = 0; i < 2; i++) {
                assertThat(Persons.post(other, offer + "/" + answer, "contacts", "", "idempotency_key", key)
                                .body())
                        .contains(
                                answer.equals("refusal")
                                        ? "Offer declined"
                                        : "The application belongs to your team now");
            }
        }
    }

    @Test
    void whatCannotBeOfferedOrAcceptedIsAskedAgain() {
        var path = Api.newApplication("Not for them").substring("/api/v1".length());
        var own = Persons.post(Persons.browser("owner"), path + "/handover", "team_id", Api.FIRST_TEAM);
        assertThat(Persons.refused(own)).isTrue();
        assertThat(own.body()).contains("<title>Error: ", "The application is this team", "value=\"" + Api.FIRST_TEAM);
        Persons.post(Persons.browser("owner"), path + "/handover", "team_id", Api.OTHER_TEAM);
        var offer = offered(path);
        var other = Persons.browser("other-owner");
        allow(List.of("local"));
        try {
            assertThat(Persons.get(other, offer).body()).contains("may not register applications of this category");
            var accepted = Persons.post(other, offer + "/acceptance", "contacts", "night@supplier.co.uk");
            assertThat(Persons.refused(accepted)).isTrue();
            assertThat(accepted.body())
                    .contains("may not register applications of this category", "\nnight@supplier.co.uk</textarea>");
        } finally {
            allow(List.of("national", "supplier", "local"));
        }
        assertThat(Persons.get(other, offer).body()).doesNotContain("may not register");
        assertThat(Persons.post(other, offer + "/acceptance", "contacts", "one\ntwo\nthree")
                        .body())
                .containsOnlyOnce("id=\"contacts-error\"")
                .containsOnlyOnce("id=\"contacts\"");
    }

    private static void allow(List<String> categories) {
        var team = "/api/v1/teams/" + Api.OTHER_TEAM;
        Api.as("operator")
                .patch(
                        team,
                        Map.of("categories", categories),
                        "If-Match: " + Api.as("operator").get(team).header("ETag"))
                .then()
                .statusCode(200);
    }

    /** @return the address of the offer of this application, for the other team */
    private static String offered(String path) {
        var application = path.substring(path.lastIndexOf('/') + 1);
        var offers = "/teams/" + Api.OTHER_TEAM + "/handovers";
        String id = Api.as("other-owner")
                .get("/api/v1" + offers)
                .path("items.find { it.application_id == '" + application + "' }.id");
        return offers + "/" + id;
    }
}
