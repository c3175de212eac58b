package dev.connectionmanager.web.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpClient;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Operators suspend, resume and restore; the team sees why. */
@PortalTest
class ClientLifecycleJourneyTest {
    @Test
    void suspendedResumedDeletedRestored() {
        var application = registered("Journey of a client");
        var registration = application + "/registrations/integration";
        try (var operator = Browser.open().logIn("operator");
                var owner = Browser.open().logIn("owner")) {
            operator.go(registration).follow("Suspend this client").sees("Suspend Journey of a client in Integration");
            assertThat(operator.text())
                    .contains("What stops working", "https://app.supplier.co.uk/callback", "last used is not known");
            assertThat(operator.page.locator("main a[href^='https']").count()).isZero();
            operator.press("Suspend client").look("suspension without a reason");
            assertThat(operator.page.locator(".nhsuk-error-summary").innerText())
                    .contains("Give a reason");
            operator.fill("Reason", "A secret was published.\nRotate it.")
                    .press("Suspend client")
                    .look("suspended client of an operator");
            owner.go(application).look("application with a suspended client");
            assertThat(owner.text()).contains("Suspended");
            owner.go(registration).look("suspended client of its team");
            assertThat(owner.text()).contains("A secret was published.\nRotate it.", "operators@local.example");
            assertThat(owner.page.getByText("Resume this client").count()).isZero();

            operator.follow("Change the reason for its suspension").look("change of the reason");
            operator.follow("Back");
            operator.follow("Resume this client").sees("Resume Journey of a client in Integration");
            operator.press("Resume client").sees("Integration");
            assertThat(operator.text()).doesNotContain("A secret was published");

            owner.go(registration)
                    .follow("Delete this registration")
                    .sees("Delete Journey of a client from Integration");
            owner.press("Delete registration").sees("Journey of a client");
            assertThat(owner.text()).contains("Operators can restore it until");
            owner.go(registration).look("deleted registration of its team");
            assertThat(owner.text()).contains("Can be restored until", "ask the operators at");
            assertThat(owner.page.getByText("Restore the registration").count()).isZero();
            operator.go(application).look("application with a deleted registration");
            operator.go("/review").follow("Clients").sees("Clients");
            operator.go("/review/clients?state=deleted").look("deleted clients");
            operator.go(registration)
                    .look("deleted registration of an operator")
                    .press("Restore the registration")
                    .sees("Restore Journey of a client in Integration")
                    .press("Restore registration")
                    .sees("Integration");
        }
    }

    @Test
    void worksWithoutScriptsAndFormsSentTwiceDoOnce() {
        var registration = registered("Twice") + "/registrations/integration";
        var operator = Persons.browser("operator");
        try (var browser = Browser.withoutScripts().logIn("operator")) {
            browser.go(registration + "/suspension").fill("Reason", "The same");
            var key = browser.page.locator("main input[name=idempotency_key]").inputValue();
            var tag = browser.page.locator("main input[name=tag]").inputValue();
            browser.press("Suspend client").sees("Integration");
            assertThat(Persons.post(
                                    operator,
                                    registration + "/suspension",
                                    "idempotency_key",
                                    key,
                                    "tag",
                                    tag,
                                    "reason",
                                    "The same")
                            .body())
                    .contains("The client is suspended. The team is told by email");
        }
        var hidden = Pattern.compile("name=\"(?:tag|idempotency_key)\" value=\"([^\"]*)\"");
        var resumption = hidden.matcher(
                Persons.get(operator, registration + "/resumption").body());
        assertThat(resumption.find()).isTrue();
        assertThat(resumption.find()).as("the tag comes second").isTrue();
        var tag = resumption.group(1).replace("&quot;", "\"");
        for (int i = 0; i < 2; i++) {
            assertThat(Persons.post(operator, registration + "/resumption", "tag", tag)
                            .body())
                    .contains("The client is resumed. The team is told by email");
        }
        suspend(operator, registration, "Another reason");
        var moved = Persons.post(operator, registration + "/resumption", "tag", tag);
        assertThat(Persons.refused(moved)).isTrue();
        assertThat(moved.body()).contains("<title>Error: ", "Somebody else has changed this", "Another reason");

        var api = Api.as("owner");
        assertThat(Persons.get(Persons.browser("owner"), registration).body())
                .contains("Until then it cannot be deleted")
                .doesNotContain("Delete this registration");
        Api.as("operator").delete("/api/v1" + registration + "/suspension", "");
        api.delete(
                "/api/v1" + registration,
                "If-Match: " + api.get("/api/v1" + registration).header("ETag"));
        var restoration = hidden.matcher(
                Persons.get(operator, registration + "/restoration").body());
        assertThat(restoration.find()).isTrue();
        for (int i = 0; i < 2; i++) {
            assertThat(Persons.post(operator, registration + "/restoration", "idempotency_key", restoration.group(1))
                            .body())
                    .contains("The registration is restored. The team is told by email");
        }
    }

    private static void suspend(HttpClient operator, String registration, String reason) {
        var tag = Api.as("operator").get("/api/v1" + registration).header("ETag");
        assertThat(Persons.post(operator, registration + "/suspension", "tag", tag, "reason", reason)
                        .body())
                .contains("The client is suspended. The team is told by email");
    }

    @Test
    void anotherOperatorsReasonIsNotOverwritten() {
        var registration = registered("Two operators") + "/registrations/integration";
        try (var one = Browser.open().logIn("operator");
                var other = Browser.open().logIn("operator2")) {
            one.go(registration + "/suspension").fill("Reason", "Mine");
            other.go(registration + "/suspension")
                    .fill("Reason", "Theirs")
                    .press("Suspend client")
                    .sees("Integration");
            one.press("Suspend client").look("suspended by another meanwhile");
            assertThat(one.text()).contains("Somebody else has changed this registration");
            assertThat(one.page.locator("main dl").innerText()).contains("Theirs");
            assertThat(one.page.getByLabel("Reason").inputValue()).isEqualTo("Mine");
            Api.as("operator").delete("/api/v1" + registration + "/suspension", "");
        }
    }

    private static String registered(String name) {
        var application = Api.newApplication(name);
        Api.as("owner")
                .put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        return application.replace("/api/v1", "");
    }
}
