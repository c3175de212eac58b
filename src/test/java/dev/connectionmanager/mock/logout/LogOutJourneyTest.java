package dev.connectionmanager.mock.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mock.MockRegistration;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A team tries out its back-channel logout, and reads how its client took the tokens. */
@PortalTest
class LogOutJourneyTest {
    @Inject
    Sql sql;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsASessionSendsABadTokenAndReadsHowTheyWereTaken(boolean scripts) {
        var receiver = new LogoutReceiver("journey-" + scripts);
        var client = MockRegistration.make("Journey of a log-out", Map.of("backchannel_logout_uri", receiver.uri));
        receiver.knows(client.clientId());
        LogoutsTest.idToken(client, client.relyingParty(), "pharmacist");
        try (var browser = scripts ? Browser.open() : Browser.withoutScripts()) {
            browser.logIn("admin").go(client.path().replace("/api/v1", ""));
            browser.follow("Log-outs").sees("Log-outs");
            assertThat(browser.text()).contains(receiver.uri, "pharmacist", "Nothing was sent in the last 7 days");
            browser.choose("The user’s card was removed")
                    .press("End the session")
                    .look("log-outs of a client");
            assertThat(browser.text())
                    .contains(
                            "The session has ended",
                            "the user’s card was removed",
                            "As it should be",
                            "Nobody is logged in at this client now");

            browser.fill("User", "nobody").choose("logout-nonce").press("Send the logout token");
            assertThat(browser.text()).contains("There is a problem", "The mock has no such user");
            assertThat(browser.page.locator("[value=logout-nonce]").isChecked()).isTrue();

            sql.execute("delete from mock_logout_sent");
            receiver.answersNext(Answers.text("200 OK", "", "<b>welcome</b>"));
            browser.fill("User", "gp").press("Send the logout token").look("bad logout token that was taken");
            assertThat(browser.text())
                    .contains("Wrong on purpose: logout-nonce", "The client took a bad logout token", "<b>welcome</b>");

            sql.execute("insert into mock_logout_sent values ('journey-" + scripts
                    + ".laboratory.co.uk', 'other', now() + interval '1 hour')");
            browser.press("Send the logout token").look("logout token over the limit");
            assertThat(browser.text()).contains("There is a problem", "10 logout tokens a minute");
            browser.follow("What was compared at each request of this client").sees("Why did my log-in fail?");
            assertThat(browser.text()).contains("Logout token: not as it should be", "Log-out: done");
        }
        try (var browser = scripts ? Browser.open() : Browser.withoutScripts()) {
            browser.logIn("viewer").go(client.path().replace("/api/v1", "") + "/log-outs");
            assertThat(browser.page.locator("main form").count()).isZero();
            assertThat(browser.text()).contains("Wrong on purpose: logout-nonce");
        }
    }
}
