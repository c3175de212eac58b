package dev.connectionmanager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.PortalTest;
import dev.connectionmanager.api.Api;
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

            other.go("/teams/" + Api.OTHER_TEAM + "/handovers").sees("Applications offered to your team");
            other.follow("Night Shift").sees("Take over Night Shift?");
            assertThat(other.text()).contains("Example Supplier", "Olivia Owner");
            other.fill("Contacts (optional)", "nobody")
                    .press("Accept application")
                    .look("take over error");
            assertThat(other.text()).contains("There is a problem");
            other.fill("Contacts (optional)", "shift@supplier.co.uk").press("Accept application");
            other.sees("Night Shift");
            assertThat(other.text()).contains("Other Supplier", "shift@supplier.co.uk");

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
                    .press("Decline");
            assertThat(other.text()).doesNotContain("Kept by us");
            owner.go(path).sees("Kept by us");
        }
    }
}
