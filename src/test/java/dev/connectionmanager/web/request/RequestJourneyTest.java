package dev.connectionmanager.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A team's way to production, and its changes there. */
@PortalTest
class RequestJourneyTest {
    private static final Api OWNER = Api.as("owner");

    private String path;
    private String application;

    @BeforeEach
    void makeAnApplicationInIntegration() {
        path = Api.newApplication("Ward Round");
        application = path.replace("/api/v1", "");
        OWNER.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
    }

    private static void decide(String request, Map<String, ?> decision) {
        Api.as("operator")
                .request()
                .header("If-Match", OWNER.get("/api/v1" + request).header("ETag"))
                .body(decision)
                .post("/api/v1" + request + "/decision")
                .then()
                .statusCode(200);
    }

    private static String address(Browser browser) {
        var url = browser.page.url();
        return url.substring(url.indexOf("/requests/")).replaceAll("[?#].*", "");
    }

    /** URIs are asked anew: they differ in production. */
    @Test
    void carriesOverAllButTheUris() {
        var metadata = new java.util.HashMap<>(Api.metadata());
        metadata.put("client_name", "Ward Round app");
        metadata.put("token_endpoint_auth_method", "private_key_jwt");
        metadata.put("token_endpoint_auth_signing_alg", "RS256");
        metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
        metadata.put("userinfo_signed_response_alg", "RS512");
        metadata.put("backchannel_logout_uri", "https://keys.laboratory.co.uk/logout");
        metadata.put("backchannel_logout_session_required", true);
        var registration = path + "/registrations/integration";
        OWNER.put(registration, metadata, "If-Match: " + OWNER.get(registration).header("ETag"))
                .then()
                .statusCode(200);
        var page = Persons.post(Persons.browser("owner"), application + "/requests/production")
                .uri()
                .getPath();
        assertThat(OWNER.get("/api/v1/requests/" + page.split("/")[2]).<Map<String, Object>>path("metadata"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "client_name", "Ward Round app",
                        "application_type", "web",
                        "token_endpoint_auth_method", "private_key_jwt",
                        "token_endpoint_auth_signing_alg", "RS256",
                        "userinfo_signed_response_alg", "RS512"));
    }

    @Test
    void goesFromTheFirstRequestToTheCollectedSecret() {
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application).follow("Production").sees("How ready you are for Production");
            assertThat(browser.text())
                    .contains("Conformance reference", "Needed before you can submit", "A second owner", "Completed");
            browser.press("Start with my Path-to-Live answers").sees("Redirect URIs");
            assertThat(browser.text()).contains("https://app.supplier.co.uk/callback");
            assertThat(browser.page.getByLabel("Redirect URIs, one a line").inputValue())
                    .isEmpty();
            browser.fill("Redirect URIs, one a line", "https://live.supplier.co.uk/callback")
                    .press("Continue");
            browser.sees("How will your application authenticate to the token endpoint?");
            assertThat(browser.page
                            .getByLabel("Client secret, sent with HTTP Basic authentication")
                            .isChecked())
                    .isTrue();
            browser.press("Continue").press("Continue").press("Continue").sees("What operators need to know");
            browser.press("Continue").sees("Request for Production");
            browser.press("Submit request").look("request with errors");
            assertThat(browser.page.title()).startsWith("Error: ");
            assertThat(browser.text()).contains("There is a problem", "Enter the conformance reference");
            browser.follow("Change conformance reference");
            browser.fill("Conformance reference", "two\tparts")
                    .fill("Day", "next")
                    .fill("Year", "year")
                    .press("Continue")
                    .look("answers with errors");
            assertThat(browser.text()).contains("is not a date");
            browser.fill("Conformance reference", "CONF-2026-17")
                    .fill("Connection agreement reference", "CA/2026/4")
                    .fill("Day", "31")
                    .fill("Month", "3")
                    .fill("Year", "2077")
                    .fill("Note to the operators (optional)", "We go live in January.\nPlease tell us by then.")
                    .press("Continue");
            browser.look("request ready");
            assertThat(browser.text()).contains("Planned for 31 March 2077", "We go live in January.");
            browser.press("Submit request").sees("Request submitted");
            assertThat(browser.text()).contains("What happens next", "within 5 working days");
            browser.follow("Go to the request").look("request submitted by team");
            assertThat(browser.text()).contains("Submitted", "It waits for an operator to take it");
            browser.fill("Comment", "Anything else that you need?").press("Add comment");
            assertThat(browser.text()).contains("Anything else that you need?");
            var request = address(browser);
            browser.go(application).look("application with request");
            assertThat(browser.text()).contains("Submitted");
            browser.go("/teams/" + Api.FIRST_TEAM + "/requests").sees("Requests");

            decide(request, Map.of("outcome", "approve", "comment", "Welcome."));
            browser.go("/teams").look("what waits for an owner");
            assertThat(browser.text()).contains("What waits for you", "A client secret waits to be collected");
            browser.go(request).look("request approved");
            assertThat(browser.text()).contains("Approved", "Welcome.");
            var clientId = browser.page.locator("#client-id").innerText();
            assertThat(clientId).matches("[1-9][0-9]{11}\\.apps\\.supplier");
            browser.go(application + "/registrations/production/secrets").look("secret that waits");
            browser.press("Collect the client secret").sees("Collect the client secret");
            browser.press("Show the secret").sees("Client secret");
            var secret = browser.page.locator("#client-secret").innerText();
            assertThat(secret).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
            browser.page.reload();
            browser.sees("Already shown");
            assertThat(browser.text()).doesNotContain(secret);
            browser.go(application).follow("Production").look("registration in production");
            assertThat(browser.text()).contains(clientId, "Request a change").doesNotContain(secret);
            browser.follow("Client secrets").look("secrets in production");
            assertThat(browser.text()).contains(secret.substring(32)).doesNotContain(secret);
        }
    }

    @Test
    void answersRequestedChangesWithoutScripts() {
        var request = submitted();
        decide(
                request,
                Map.of(
                        "outcome", "request-changes",
                        "comment", "Which host is this?\nUse your own.",
                        "fields", List.of("redirect_uris", "note")));
        try (var browser = Browser.open().logIn("viewer")) {
            browser.go(request).look("changes requested as viewer");
            assertThat(browser.text())
                    .contains("Changes requested", "Which host is this?", "Redirect URIs", "Note to the operators")
                    .doesNotContain("Submit request", "Withdraw this request", "Add comment");
        }
        try (var browser = Browser.withoutScripts().logIn("admin")) {
            assertThat(browser.text()).contains("What waits for you", "Operators ask for changes");
            browser.go(application);
            assertThat(browser.text()).contains("Changes requested");
            browser.follow("Production");
            assertThat(browser.text()).contains("Opal Operator asks for changes", "Use your own.");
            browser.follow("Change redirect URIs");
            browser.fill("Redirect URIs, one a line", "http://live.supplier.co.uk/cb")
                    .press("Continue");
            assertThat(browser.text()).contains("There is a problem", "must begin with https://");
            browser.fill(
                            "Redirect URIs, one a line",
                            "https://live.supplier.co.uk/cb\nhttps://live.supplier.co.uk/other")
                    .press("Continue");
            browser.follow("Change redirect URIs").fill("Redirect URIs, one a line", "https://live.supplier.co.uk/cb");
            browser.press("Continue").press("Submit request");
            assertThat(browser.heading()).isEqualTo("Request submitted");
            browser.follow("Go to the request");
            browser.follow("Withdraw this request");
            assertThat(browser.heading()).isEqualTo("Withdraw this request?");
            browser.press("Withdraw request");
            assertThat(browser.text()).contains("Withdrawn");
            browser.follow("Back to the application").follow("Production");
            assertThat(browser.text()).contains("Earlier requests", "Withdrawn", "Start with an empty form");
        }
    }

    @Test
    void changesWhatIsLiveThroughAnotherRequest() {
        var first = submitted();
        decide(first, Map.of("outcome", "approve"));
        OWNER.post(path + "/registrations/production/secret-collection", Map.of())
                .then()
                .statusCode(201);
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application + "/registrations/production").press("Request a change");
            assertThat(browser.text()).contains("Nothing is changed yet");
            browser.press("Submit request").look("request that changes nothing");
            assertThat(browser.text()).contains("There is a problem", "This request changes nothing");
            browser.follow("Change redirect URIs");
            browser.fill(
                            "Redirect URIs, one a line",
                            "https://app.supplier.co.uk/callback\nhttps://app.supplier.co.uk/second")
                    .press("Continue");
            browser.look("live and requested side by side");
            assertThat(browser.page.locator("table").innerText())
                    .contains("Live now", "Requested", "https://app.supplier.co.uk/second", "Changes");
            browser.press("Submit request").sees("Request submitted");
            assertThat(browser.text()).contains("everything stays as it is live now");
            browser.follow("Go to the request");
            var change = address(browser);
            browser.go(application + "/registrations/production").look("live with a pending request");
            assertThat(browser.text()).contains("A request to change this registration is open");
            assertThat(browser.text()).doesNotContain("https://app.supplier.co.uk/second");
            decide(change, Map.of("outcome", "approve"));
            browser.go(application + "/registrations/production");
            assertThat(browser.text()).contains("https://app.supplier.co.uk/second");
            browser.follow("History").look("history in production");
            assertThat(browser.text()).contains("Opal Operator", "https://app.supplier.co.uk/second");
        }
    }

    /** Each member of the team reads it for themselves; the next request does not hide it. */
    @Test
    void aRejectionStandsOnTheApplicationUntilItIsRead() {
        var request = submitted();
        decide(request, Map.of("outcome", "reject", "comment", "This host is not yours."));
        var next = draft();
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(application).look("application with an unread rejection");
            assertThat(browser.text()).contains("for Production was rejected on", "It changed nothing.");
            browser.page.getByText("Read why").click();
            assertThat(browser.page.url()).endsWith(request);
            assertThat(browser.text()).contains("This host is not yours.");
            browser.go(application);
            assertThat(browser.text()).doesNotContain("was rejected on");
        }
        for (var name : List.of("viewer", "operator")) {
            assertThat(Persons.get(Persons.browser(name), application).body().contains("was rejected on"))
                    .as(name)
                    .isEqualTo(name.equals("viewer"));
        }
        OWNER.post("/api/v1" + next + "/withdrawal", Map.of()).then().statusCode(200);
        assertThat(Persons.get(Persons.browser("viewer"), application).body())
                .as("nobody but its author has seen a draft")
                .contains("was rejected on");
    }

    /** The one that is live says so too, for as long. */
    @Test
    void aWithdrawalStandsOnTheRegistrationUntilItIsRead() {
        decide(submitted(), Map.of("outcome", "approve"));
        var metadata = new java.util.HashMap<>(Api.metadata());
        metadata.put("userinfo_signed_response_alg", "RS256");
        var live = path + "/registrations/production";
        var request = OWNER.put(live, metadata, "If-Match: " + OWNER.get(live).header("ETag"))
                .header("Location");
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200);
        var registration = application + "/registrations/production";
        var admin = Persons.browser("admin");
        assertThat(Persons.get(admin, registration).body()).contains("was withdrawn on");
        Persons.get(admin, request.replace("/api/v1", ""));
        assertThat(Persons.get(admin, registration).body()).doesNotContain("was withdrawn on");
    }

    @Test
    void tellsWhoeverSubmitsAnOldPageWhatIsThereNow() {
        var request = draft();
        try (var browser = Browser.open().logIn("owner")) {
            browser.go(request);
            OWNER.put(
                            "/api/v1" + request,
                            Map.of("conformance_reference", "C-2", "connection_agreement_reference", "A-1"),
                            "If-Match: " + OWNER.get("/api/v1" + request).header("ETag"))
                    .then()
                    .statusCode(200);
            browser.press("Submit request").look("request changed by somebody else");
            assertThat(browser.text()).contains("Since you read it, this has changed: the request itself", "C-2");
            browser.press("Submit request").sees("Request submitted");
            browser.go(request + "/withdrawal").sees("Withdraw this request?");
        }
    }

    /** @return its page */
    private String draft() {
        var request = OWNER.put(path + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        OWNER.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(200);
        return request.replace("/api/v1", "");
    }

    private String submitted() {
        var request = draft();
        OWNER.post("/api/v1" + request + "/submission", Map.of()).then().statusCode(200);
        return request;
    }
}
