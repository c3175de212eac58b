package dev.connectionmanager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.PortalTest;
import dev.connectionmanager.api.Api;
import org.junit.jupiter.api.Test;

@PortalTest
class AttestationJourneyTest {
    private static final String PAGE = "/teams/" + Api.OTHER_TEAM + "/attestation";

    @Test
    void anOwnerConfirmsMembersAndContacts() {
        try (var browser = Browser.open().logIn("other-owner")) {
            browser.go("/teams/" + Api.OTHER_TEAM).follow("Confirm members and contacts");
            browser.sees("Confirm members and contacts");
            assertThat(browser.text()).contains("Members", "owner");
            browser.press("Confirm").sees("Confirm members and contacts");
            assertThat(browser.text()).contains("Last confirmed by Omar Other");
        }
    }

    @Test
    void worksWithoutScripts() {
        try (var browser = Browser.withoutScripts().logIn("other-owner")) {
            browser.go(PAGE).press("Confirm");
            assertThat(browser.text()).contains("Last confirmed by Omar Other");
        }
    }

    @Test
    void operatorsLookForOverdueTeams() {
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review").follow("Overdue attestations").sees("Overdue attestations");
        }
    }
}
