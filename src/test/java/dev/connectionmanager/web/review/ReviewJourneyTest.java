package dev.connectionmanager.web.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators do with requests for production, on their pages. */
@PortalTest
class ReviewJourneyTest {
    private static final Api OWNER = Api.as("owner");
    private static final Pattern HIDDEN =
            Pattern.compile("name=\"(tag|read|assigned_to|idempotency_key)\" value=\"([^\"]*)\"");

    private String word;
    private String path;

    @BeforeEach
    void makeAnApplicationInIntegration() {
        word = "w" + UUID.randomUUID().toString().replace("-", "");
        path = Api.newApplication("Ward " + word);
        OWNER.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
    }

    /** @return the address of its page, for operators */
    private String submitted(String... redirectUris) {
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("redirect_uris", List.of(redirectUris));
        metadata.put("client_name", "Client of " + word);
        var request = OWNER.put(path + "/registrations/production", metadata, "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        edit(request, Map.of("conformance_reference", "CONF-1", "connection_agreement_reference", "CA-1"));
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200);
        return request.replace("/api/v1", "/review");
    }

    private static void edit(String request, Map<String, ?> change) {
        OWNER.put(request, change, "If-Match: " + OWNER.get(request).header("ETag"))
                .then()
                .statusCode(200);
    }

    private static String api(String page) {
        return page.replace("/review", "/api/v1");
    }

    /** What the form of the page carries unseen. */
    private static Map<String, String> hidden(String page) {
        var values = new HashMap<String, String>();
        var matcher = HIDDEN.matcher(page);
        while (matcher.find()) {
            values.put(matcher.group(1), matcher.group(2).replace("&quot;", "\""));
        }
        return values;
    }

    private static HttpResponse<String> decide(
            HttpClient operator, String page, Map<String, String> read, String outcome, String comment) {
        return Persons.post(
                operator,
                page + "/decision",
                "idempotency_key",
                read.getOrDefault("idempotency_key", ""),
                "tag",
                read.get("tag"),
                "read",
                read.get("read"),
                "outcome",
                outcome,
                "comment",
                comment);
    }

    /** A team cannot make its past go away by deleting what operators had suspended. */
    @Test
    void tellsOfAClientThatWasSuspendedAndThenDeleted() {
        var registration = path + "/registrations/integration";
        var clientId = OWNER.get(registration).<String>path("client_id");
        Api.as("operator")
                .put(registration + "/suspension", Map.of("reason", "Log-ins from " + word), "")
                .then()
                .statusCode(200);
        Api.as("operator").delete(registration + "/suspension", "").then().statusCode(204);
        OWNER.delete(registration, "If-Match: " + OWNER.get(registration).header("ETag"))
                .then()
                .statusCode(204);
        var page = submitted("https://app.supplier.co.uk/callback");
        assertThat(Persons.get(Persons.browser("operator"), page).body())
                .contains(clientId, "deleted on", "suspended by Opal Operator on");
    }

    @Test
    void goesFromTheQueueToTheClientId() {
        var page = submitted("https://app.supplier.co.uk/callback", "https://www.nhs-uk.example.com/callback");
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review").follow("Requests for production").sees("Requests for production");
            assertThat(browser.text()).contains("Ward " + word, "High risk", "waiting for a decision");
            browser.page.locator("#search").fill(word);
            browser.press("Show");
            browser.press("Assign Ward " + word + " to me").sees("Requests for production");
            assertThat(browser.page.locator("#search").inputValue()).isEqualTo(word);
            assertThat(browser.page.locator("#" + row(page)).innerText()).contains("Opal Operator");
            browser.follow("Ward " + word).sees("Ward " + word + ": request for Production");
            assertThat(browser.text())
                    .contains("(you)", "Compared with Integration", "is in a domain that this application has not used")
                    .contains("High risk", "CONF-1");
            browser.fill("Note for operators", "Is <this> known to us?").press("Add note");
            browser.fill("Comment to the team", "Whose is the second host?").press("Add comment");
            assertThat(browser.text())
                    .contains("Is <this> known to us?", "Whose is the second host?", "Operators only");
            browser.choose("Request changes").press("Save decision");
            assertThat(browser.text()).contains("There is a problem");
            assertThat(browser.page.getByLabel("Request changes").isChecked()).isTrue();
            browser.look("request without a reason");
            browser.choose("Redirect URIs")
                    .fill("Reason", "Only your own hosts.")
                    .press("Save decision");
            assertThat(browser.text()).contains("Changes requested", "To be changed: Redirect URIs");
            browser.look("request with changes requested");

            edit(
                    api(page),
                    Map.of(
                            "metadata",
                            Api.metadata(),
                            "conformance_reference",
                            "CONF-1",
                            "connection_agreement_reference",
                            "CA-1"));
            OWNER.post(api(page) + "/submission", Map.of()).then().statusCode(200);
            browser.go("/review/requests");
            assertThat(browser.text()).contains("Assigned to you");
            browser.look("queue with work of mine").go(page);
            browser.choose("Approve").press("Save decision");
            assertThat(browser.text()).contains("Approved. Client ID ", "The team is told by email.");
            browser.look("approved request");
        }
        OWNER.get(path + "/registrations/production").then().statusCode(200);
        var team = Persons.browser("owner");
        var teams = page.replace("/review", "");
        assertThat(Persons.get(team, teams).body())
                .contains("Whose is the second host?")
                .doesNotContain("known to us");
        assertThat(OWNER.get(api(page)).asString()
                        + OWNER.get(api(page) + "/comments").asString())
                .contains("Whose is the second host?")
                .doesNotContain("known to us");
    }

    @Test
    void noButtonLosesWhatAnotherOneIsFor() {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operator = Persons.browser("operator");
        var shown = Persons.get(operator, page).body();
        for (var button : List.of("assignee", "checks", "comments", "notes")) {
            var after = send(operator, page, button, hidden(shown), "request-changes");
            assertThat(after.statusCode()).as(button).isEqualTo(200);
            // Sent on to the page: going back or loading it again sends nothing, and shows the same.
            assertThat(after.uri().getQuery()).as(button).contains("kept=");
            assertThat(Persons.get(
                                    operator,
                                    after.uri().getPath() + "?" + after.uri().getRawQuery())
                            .body())
                    .as(button)
                    .contains("What else you typed is kept.", "\nThe reason.</textarea>");
            shown = after.body();
            assertThat(shown)
                    .as(button)
                    .contains("What else you typed is kept.", "\nThe reason.</textarea>")
                    .contains("value=\"request-changes\" checked", "value=\"jwks_uri\" checked");
            assertThat(shown.contains("\nThe comment.</textarea>")).as(button).isEqualTo(!button.equals("comments"));
            assertThat(shown.contains("\nThe note.</textarea>")).as(button).isEqualTo(!button.equals("notes"));
        }
        var refused = send(operator, page, "decision", hidden(shown), "");
        assertThat(Persons.refused(refused)).isTrue();
        assertThat(refused.body()).contains("<title>Error: ", "\nThe comment.</textarea>", "\nThe note.</textarea>");
        // Sent twice, it is said once.
        send(operator, page, "comments", hidden(refused.body()), "");
        send(operator, page, "comments", hidden(refused.body()), "");
        List<String> kinds = OWNER.get(api(page) + "/comments").path("items.kind");
        assertThat(kinds.stream().filter("comment"::equals)).hasSize(2);
        var decided = send(operator, page, "decision", hidden(shown), "approve");
        assertThat(decided.body())
                .contains("Approved. Client ID ", "\nThe comment.</textarea>", "\nThe note.</textarea>");
    }

    private static HttpResponse<String> send(
            HttpClient operator, String page, String button, Map<String, String> read, String outcome) {
        return Persons.post(
                operator,
                page + "/" + button,
                "tag",
                read.get("tag"),
                "read",
                read.get("read"),
                "assigned_to",
                read.getOrDefault("assigned_to", ""),
                "assignee",
                "me",
                "idempotency_key",
                read.getOrDefault("idempotency_key", ""),
                "team_comment",
                "The comment.",
                "operators_note",
                "The note.",
                "outcome",
                outcome,
                "fields",
                "jwks_uri",
                "comment",
                "The reason.");
    }

    @Test
    void aDecisionIsNeverAboutWhatItsOperatorHasNotRead() {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operator = Persons.browser("operator");
        var read = hidden(Persons.get(operator, page).body());
        OWNER.post(api(page) + "/withdrawal", Map.of()).then().statusCode(200);
        // Neither another act nor a slip makes the form one about the request as it is now without a word.
        var commented = hidden(send(operator, page, "comments", read, "reject").body());
        assertThat(commented).containsEntry("tag", read.get("tag")).containsEntry("read", read.get("read"));
        var slip = send(operator, page, "decision", read, "");
        assertThat(Persons.refused(slip))
                .as("told first, before the missing outcome")
                .isTrue();
        assertThat(slip.body()).contains("the request itself", "The reason.");
        var decided = send(operator, page, "decision", commented, "reject");
        assertThat(Persons.refused(decided)).isTrue();
        assertThat(decided.body()).contains("<title>Error: ", "the request itself", "The reason.");
    }

    @Test
    void leadsBackToTheQueueAsItWasAskedFor() {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operator = Persons.browser("operator");
        var queue = Persons.get(operator, "/review/requests?search=" + word + "&sort=latest&team=" + Api.FIRST_TEAM);
        assertThat(queue.body()).contains("Only requests of <a class=\"app-value\" href=\"/teams/" + Api.FIRST_TEAM);
        var link = Pattern.compile("href=\"(" + page + "\\?queue=[^\"]+)\"").matcher(queue.body());
        assertThat(link.find()).isTrue();
        assertThat(Persons.get(operator, link.group(1)).body())
                .containsPattern("href=\"/review/requests\\?search=" + word + "&amp;.*&amp;sort=latest#" + row(page));
        for (var other : List.of("%22%3E", "x%23y", "%2F%2Felsewhere.example", "x".repeat(1001))) {
            assertThat(Persons.get(operator, page + "?queue=" + other).body())
                    .contains("href=\"/review/requests#" + row(page) + "\"");
        }
    }

    /** Of the request in the queue's table. */
    private static String row(String page) {
        return "request-" + page.substring(page.lastIndexOf('/') + 1);
    }

    @Test
    void tellsWhatMovedOnAndKeepsWhatWasTyped() {
        var page = submitted("https://app.supplier.co.uk/callback");
        try (var browser = Browser.open().logIn("operator")) {
            browser.go(page).choose("Reject").fill("Reason", "Nobody is on call.");
            OWNER.post(api(page) + "/withdrawal", Map.of()).then().statusCode(200);
            browser.press("Save decision");
            assertThat(browser.text())
                    .contains("Nothing was done", "the request itself, which is now in the state 'withdrawn'")
                    .contains("Withdrawn by Olivia Owner", "Nobody is on call.");
            browser.look("decision on a withdrawn request");
        }
        var again = submitted("https://app.supplier.co.uk/callback");
        try (var browser = Browser.open().logIn("operator")) {
            browser.go(again).choose("Approve").fill("Reason", "Fine with me.");
            decide(
                    Persons.browser("operator2"),
                    again,
                    hidden(Persons.get(Persons.browser("operator2"), again).body()),
                    "request-changes",
                    "One more host, please.");
            edit(
                    api(again),
                    Map.of(
                            "note",
                            "There is no other host.",
                            "conformance_reference",
                            "CONF-1",
                            "connection_agreement_reference",
                            "CA-1"));
            OWNER.post(api(again) + "/submission", Map.of()).then().statusCode(200);
            browser.press("Save decision");
            assertThat(browser.text()).contains("the request itself", "Changes requested by", "One more host, please.");
            assertThat(browser.page.getByLabel("Reason").inputValue()).isEqualTo("Fine with me.");
            assertThat(browser.page.getByLabel("Approve").isChecked()).isTrue();
            browser.look("decision on a request that moved on");
            browser.press("Save decision");
            assertThat(browser.text()).contains("Approved");
        }
    }

    /** The reason is missing, and meanwhile the team has taken its request back and changed it. */
    @Test
    void saysFirstThatWhatWasReadHasMovedOn() {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operator = Persons.browser("operator");
        var read = hidden(Persons.get(operator, page).body());
        var refused = decide(operator, page, read, "reject", "");
        assertThat(Persons.refused(refused)).isTrue();
        decide(
                Persons.browser("operator2"),
                page,
                hidden(Persons.get(Persons.browser("operator2"), page).body()),
                "request-changes",
                "One more host, please.");
        OWNER.post(api(page) + "/submission", Map.of()).then().statusCode(200);
        var stale = decide(operator, page, read, "reject", "");
        assertThat(Persons.refused(stale)).as("before the missing reason").isTrue();
        assertThat(stale.body()).contains("Nothing was done", "the request itself");
        assertThat(hidden(stale.body()).get("tag")).isNotEqualTo(read.get("tag"));
    }

    @Test
    void letsOneOfTwoDecideAndTellsTheOther() throws Exception {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operators = List.of(Persons.browser("operator"), Persons.browser("operator2"));
        var read = operators.stream()
                .map(operator -> hidden(Persons.get(operator, page).body()))
                .toList();
        var answers = AtOnce.each(
                i -> () -> decide(operators.get(i), page, read.get(i), i == 0 ? "approve" : "reject", "Because."), 2);
        assertThat(answers).extracting(Persons::refused).containsExactlyInAnyOrder(false, true);
        assertThat(answers.stream()
                        .filter(Persons::refused)
                        .findFirst()
                        .orElseThrow()
                        .body())
                .contains("Nothing was done", "the request itself");
        var winner = Persons.refused(answers.get(0)) ? 1 : 0;
        // Sent twice: it is done, and nothing is done again.
        assertThat(decide(operators.get(winner), page, read.get(winner), winner == 0 ? "approve" : "reject", "Because.")
                        .statusCode())
                .isEqualTo(200);
        List<String> kinds = OWNER.get(api(page) + "/comments").path("items.kind");
        assertThat(kinds.stream().filter(kind -> List.of("approved", "rejected").contains(kind)))
                .hasSize(1);
    }

    @Test
    void decidesOrLetsWithdrawNeverBoth() throws Exception {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operator = Persons.browser("operator");
        var owner = Persons.browser("owner");
        var read = hidden(Persons.get(operator, page).body());
        AtOnce.each(
                i -> () -> i == 0
                        ? decide(operator, page, read, "approve", "")
                        : Persons.post(owner, page.replace("/review", "") + "/withdrawal"),
                2);
        String state = OWNER.get(api(page)).path("state");
        assertThat(OWNER.get(path + "/registrations/production").statusCode())
                .isEqualTo(state.equals("approved") ? 200 : 404);
        assertThat(state).isIn("approved", "withdrawn");
    }

    @Test
    void saysWhoseEyesAreWanted() {
        var page = submitted("https://app.supplier.co.uk/callback");
        var member = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/members",
                        Map.of("email", "operator2@local.example", "role", "viewer"))
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        Invitees.accept("operator2");
        try {
            var operator = Persons.browser("operator2");
            var shown = Persons.get(operator, page).body();
            assertThat(shown).contains("You are a member of this request").doesNotContain("Save decision");
            var tag = OWNER.get(api(page)).header("ETag");
            assertThat(decide(operator, page, Map.of("tag", tag, "read", ""), "approve", "")
                            .statusCode())
                    .isEqualTo(403);
        } finally {
            OWNER.delete("/api/v1/teams/" + Api.FIRST_TEAM + "/members/" + member, "");
        }
        OWNER.get(api(page)).then().body("state", equalTo("submitted"));
    }

    @Test
    void findsByTeamApplicationClientAndHost() {
        var host = "h" + UUID.randomUUID().toString().substring(0, 8);
        var page = submitted("https://" + host + ".supplier.co.uk/callback");
        var id = page.substring(page.lastIndexOf('/') + 1);
        var operator = Api.as("operator");
        for (var search : List.of(host, host + ".supplier", word, "ward " + word, word.substring(0, 12))) {
            operator.request()
                    .queryParam("search", search)
                    .get("/api/v1/requests")
                    .then()
                    .body("items.id", containsInAnyOrder(id));
        }
        OWNER.patch(
                        path,
                        Map.of("name", "Clinic"),
                        "If-Match: " + OWNER.get(path).header("ETag"))
                .then()
                .statusCode(200);
        // The client is called after the old name still.
        operator.get("/api/v1/requests?search=ward," + word).then().body("items", org.hamcrest.Matchers.empty());
        operator.get("/api/v1/requests?search=client," + word).then().body("items.id", containsInAnyOrder(id));
        operator.get("/api/v1/requests?search=clinic," + host).then().body("items.id", containsInAnyOrder(id));
        var queue = "/review/requests?search=" + host;
        var browser = Persons.browser("operator");
        assertThat(Persons.get(browser, queue + "&risk=medium&category=supplier&assignee=nobody&sort=risk")
                        .body())
                .contains(page);
        for (var other : List.of("risk=high", "category=local", "assignee=me", "state=approved")) {
            assertThat(Persons.get(browser, queue + "&" + other).body()).doesNotContain(page);
        }
        assertThat(Persons.get(browser, queue + "&cursor=x").statusCode()).isEqualTo(404);
        OWNER.get("/api/v1/requests?sort=risk").then().statusCode(403);
        OWNER.get("/api/v1/requests?risk=high").then().statusCode(403);
        operator.get("/api/v1/requests?sort=age").then().statusCode(400);
    }

    @Test
    void pagesInEveryOrderWithoutGapOrRepetition() {
        var ids = new java.util.ArrayList<String>();
        for (int i = 0; i < 3; i++) {
            path = Api.newApplication("Paged " + word);
            OWNER.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *");
            var page = submitted(
                    i == 1 ? "https://" + word + ".example.org/callback" : "https://app.supplier.co.uk/callback");
            ids.add(page.substring(page.lastIndexOf('/') + 1));
        }
        var operator = Api.as("operator");
        var orders = Map.of(
                "waiting",
                List.of(0, 1, 2),
                "latest",
                List.of(2, 1, 0),
                "risk",
                List.of(1, 0, 2),
                "newest",
                List.of(2, 1, 0));
        orders.forEach((order, expected) -> {
            var seen = new java.util.ArrayList<String>();
            String cursor = null;
            do {
                var answer = operator.get("/api/v1/requests?limit=1&search=paged," + word + "&sort=" + order
                        + (cursor == null ? "" : "&cursor=" + cursor));
                seen.addAll(answer.path("items.id"));
                cursor = answer.path("next_cursor");
            } while (cursor != null);
            assertThat(seen).as(order).isEqualTo(expected.stream().map(ids::get).toList());
        });
    }

    @Test
    void showsHowTheWorkStands() {
        var page = submitted("https://app.supplier.co.uk/callback");
        var operator = Persons.browser("operator");
        decide(operator, page, hidden(Persons.get(operator, page).body()), "approve", "");
        submittedAgain();
        Api.as("operator")
                .get("/api/v1/review-overview")
                .then()
                .statusCode(200)
                .body("weeks", hasSize(12))
                .body("weeks[11].approved", greaterThan(0))
                .body("total.approved", greaterThan(0))
                .body("total.median_seconds", greaterThanOrEqualTo(0))
                .body("ages.within", greaterThan(0))
                .body("kinds.find { it.environment == 'production' }.waiting", greaterThan(0));
        try (var browser = Browser.open().logIn("operator")) {
            browser.go("/review/overview").sees("Overview of requests");
            assertThat(browser.text()).contains("Due in more than a day", "By category and environment");
            assertThat(browser.page.locator("svg rect").count()).isGreaterThan(4);
        }
    }

    private void submittedAgain() {
        path = Api.newApplication("Second " + word);
        submitted("https://app.supplier.co.uk/callback");
    }
}
