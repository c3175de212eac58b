package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Browser;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How people come into a team, what they may do there, and how they go. */
@PortalTest
class MembersJourneyTest {
    private static final Pattern FINDING = Pattern.compile("data-code=\"([^\"]+)\" data-path");

    @Inject
    EntityManager entities;

    @Inject
    Outbox outbox;

    private final String id = UUID.randomUUID().toString();

    /** Other tests know the newcomer as somebody of no team. */
    @AfterEach
    void sendTheNewcomerHome() {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("delete from member where subject = 'local-newcomer'")
                        .executeUpdate());
    }

    @Test
    void aNewcomerAsksAndBecomesOwner() {
        try (var newcomer = Browser.open().logIn("newcomer");
                var operator = Browser.open().logIn("operator")) {
            newcomer.sees("Your teams").press("Ask for access").sees("Ask for access");
            assertThat(newcomer.page.getByLabel("Contact").inputValue()).isEqualTo("newcomer@local.example");
            newcomer.fill("Team ID", "5f2c").press("Send request").look("ask for access error");
            assertThat(newcomer.page.title()).startsWith("Error: ");
            assertThat(newcomer.text()).contains("There is a problem", "Choose one or more categories");
            assertThat(newcomer.page.getByLabel("Team ID").inputValue()).isEqualTo("5f2c");
            newcomer.fill("Team ID", " " + id + " ")
                    .fill("Team name", "Journey Supplier")
                    .choose("National, provided by a supplier")
                    .press("Send request")
                    .sees("Request sent");
            newcomer.go("/teams").look("newcomer with a request");
            assertThat(newcomer.text()).contains("Journey Supplier", "Waiting for a decision");
            newcomer.press("Ask for access")
                    .fill("Team ID", id)
                    .fill("Team name", "Again")
                    .choose("Local")
                    .press("Send request")
                    .look("ask for access again");
            assertThat(newcomer.text()).contains("You have asked for this team already");
            assertThat(newcomer.page.getByLabel("Team name").inputValue()).isEqualTo("Again");

            operator.go("/").follow("Review").sees("Review");
            operator.follow("Requests for access").sees("Requests for access");
            operator.follow("Journey Supplier").sees("Journey Supplier");
            assertThat(operator.text()).contains(id, "Nora Newcomer", "newcomer@local.example");
            operator.press("Decide").look("decision error");
            assertThat(operator.text()).contains("Choose whether to accept or decline the request");
            operator.choose("Accept").press("Decide").look("decided request");
            assertThat(operator.text()).contains("Accepted", "Opal Operator decided on it");
            operator.go("/review/team-requests").look("no requests");

            newcomer.go("/teams").follow("Journey Supplier").sees("Journey Supplier");
            newcomer.follow("Members").sees("Members");
            assertThat(newcomer.text()).contains("This team has one owner", "Nora Newcomer", "Owner", "Joined");
            newcomer.follow("Account: Nora Newcomer").sees("Your account");
            assertThat(newcomer.text()).contains("Journey Supplier", "Owner");
        }
    }

    @Test
    void aDeclinedRequestSaysWhy() {
        var asked = Api.as("newcomer").post("/api/v1/team-requests", Api.teamRequest());
        try (var operator = Browser.open().logIn("operator");
                var newcomer = Browser.open().logIn("newcomer")) {
            operator.go("/review/team-requests/" + asked.<String>path("id"))
                    .choose("Decline")
                    .press("Decide")
                    .look("decline without a reason");
            assertThat(operator.text()).contains("Give a reason");
            operator.fill("Reason", "Which organisation is this?").press("Decide");
            newcomer.go("/team-requests/" + asked.<String>path("id")).sees("Your request for access");
            assertThat(newcomer.text()).contains("Declined", "Which organisation is this?");
        }
    }

    @Test
    void whoeverIsInvitedMayDecline() {
        giveAccess();
        var member = Api.as("owner")
                .post("/api/v1/teams/" + id + "/members", Map.of("email", "newcomer@local.example", "role", "viewer"))
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        var decline = "form[action$='" + member + "/refusal'] button";
        try (var newcomer = Browser.withoutScripts().logIn("newcomer")) {
            newcomer.go("/teams").page.locator(decline).click();
            assertThat(newcomer.text()).contains("You have declined the invitation");
            assertThat(newcomer.page.locator(decline).count()).isZero();
        }
        Api.as("owner").get("/api/v1/teams/" + id + "/members/" + member).then().statusCode(404);
    }

    @Test
    void anOwnerInvitesChangesAndRemoves() {
        giveAccess();
        try (var owner = Browser.open().logIn("owner");
                var other = Browser.open().logIn("newcomer")) {
            owner.go("/teams/" + id + "/members").press("Invite a member").sees("Invite a member");
            owner.fill("Email address", "no address").press("Send invitation").look("invite error");
            assertThat(owner.text()).contains("Enter an email address", "Choose a role");
            owner.fill("Email address", "Newcomer@local.example")
                    .choose("Viewer")
                    .press("Send invitation")
                    .look("invited");
            assertThat(owner.text()).contains("Invitation sent", "Newcomer@local.example", "Invited");
            owner.follow("Send again to Newcomer@local.example")
                    .sees("Send the invitation to Newcomer@local.example again?")
                    .press("Send again");
            assertThat(owner.text()).contains("Invitation sent again");
            owner.follow("Send again to Newcomer@local.example").press("Send again");
            assertThat(owner.text()).contains("has been sent an invitation just now");

            other.go("/teams/" + id).sees("Page not found");
            other.go("/teams").look("invited person");
            other.press("Join Journey Supplier")
                    .sees("Journey Supplier")
                    .follow("Members")
                    .look("members of a viewer");
            assertThat(other.text()).contains("Leave").doesNotContain("Change role", "Invite a member");
            other.go("/teams/" + id + "/members/new").sees("You cannot do this");

            owner.go("/teams/" + id + "/members")
                    .follow("Change role of Newcomer@local.example")
                    .sees("Change the role of Nora Newcomer");
            owner.choose("Admin").press("Change role").sees("Members");
            assertThat(owner.text()).contains("Role changed", "Admin");
            owner.follow("Change role of owner@local.example").choose("Viewer").press("Change role");
            owner.look("last owner");
            assertThat(owner.text()).contains("A team keeps at least one owner");
            assertThat(owner.page.getByLabel("Viewer").isChecked())
                    .as("what was chosen is kept")
                    .isTrue();
            owner.go("/teams/" + id + "/members")
                    .follow("Remove Newcomer@local.example")
                    .sees("Remove Nora Newcomer from Journey Supplier?")
                    .press("Remove member");
            assertThat(owner.text()).contains("Member removed").doesNotContain("Nora Newcomer");
            other.go("/teams/" + id).sees("Page not found");
        }
    }

    @Test
    void whoeverHasTheLinkIsAskedAndJoinsOnce() {
        giveAccess();
        Api.as("owner")
                .post(
                        "/api/v1/teams/" + id + "/members",
                        Map.of("email", "work-address@supplier.example", "role", "admin"));
        var link = link("work-address@supplier.example");
        try (var person = Browser.open()) {
            person.go(link).sees("Log in as").press("newcomer");
            person.sees("Join Journey Supplier?");
            assertThat(person.text()).contains("Nora Newcomer", "newcomer@local.example", "Admin");
            person.press("Join the team").sees("Journey Supplier");
            person.go(link).sees("This invitation does not work");
            person.go("/teams/" + id + "/members").follow("Leave the team").sees("Leave Journey Supplier?");
            person.press("Leave the team").look("left a team");
            assertThat(person.text()).contains("You have left the team");
        }
    }

    @Test
    void theLinkIsNamedInNoReferrer() {
        giveAccess();
        Api.as("owner").post("/api/v1/teams/" + id + "/members", Map.of("email", "x@a.example", "role", "admin"));
        var page = Persons.get(Persons.browser("newcomer"), link("x@a.example"));
        assertThat(page.body()).contains("Join Journey Supplier?");
        assertThat(page.headers().allValues("Referrer-Policy")).containsExactly("strict-origin");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        var before = Persons.send(
                HttpClient.newHttpClient(),
                HttpRequest.newBuilder(URI.create(Persons.address() + link("x@a.example")))
                        .build());
        assertThat(before.headers().firstValue("Location").orElseThrow())
                .as("the OpenID Provider is not told either")
                .doesNotContain(link("x@a.example").substring(13));
    }

    /** One door: the same codes in the same places as the API gives. */
    @Test
    void formAndApiRefuseTheSame() {
        var form = Persons.post(
                Persons.browser("operator"),
                "/review/teams/new",
                "team_id",
                "x",
                "name",
                "a\u200Bb",
                "categories",
                "other",
                "owner_email",
                "\u212Aate@supplier.example");
        var api = Api.as("operator")
                .post(
                        "/api/v1/teams",
                        Map.of(
                                "team_id",
                                "x",
                                "name",
                                "a\u200Bb",
                                "categories",
                                List.of("other"),
                                "owner_email",
                                "\u212Aate@supplier.example"));
        assertThat(Persons.refused(form)).isTrue();
        assertThat(FINDING.matcher(form.body()).results().map(found -> found.group(1)))
                .hasSize(4)
                .containsExactlyElementsOf(api.<List<String>>path("errors.code"));
    }

    @Test
    void aRemovalThatIsSentTwiceIsDoneOnce() {
        giveAccess();
        var members = "/api/v1/teams/" + id + "/members";
        var member = Api.as("owner")
                .post(members, Map.of("email", "twice@supplier.example", "role", "viewer"))
                .<String>path("id");
        var owner = Persons.browser("owner");
        for (int i = 0; i < 2; i++) {
            var answer = Persons.post(owner, "/teams/" + id + "/members/" + member + "/removal");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.uri().getPath()).isEqualTo("/teams/" + id + "/members");
        }
        Api.as("owner").get(members + "/" + member).then().statusCode(404);
    }

    @Test
    void operatorsGiveAccessAndNameOwners() {
        try (var operator = Browser.open().logIn("operator")) {
            operator.go("/review").follow("Give a team access").sees("Give a team access");
            operator.press("Give access").look("give access error");
            operator.fill("Team ID", id)
                    .fill("Team name", "Journey Supplier")
                    .choose("Local")
                    .fill("Email address of the first owner", "gone@supplier.example")
                    .press("Give access")
                    .look("access given");
            assertThat(operator.text())
                    .contains("The team has access", "gone@supplier.example", "no owner who has joined");
            operator.follow("Name an owner").sees("Name an owner");
            operator.press("Name owner").look("name an owner error");
            operator.fill("Email address of the new owner", "newcomer@local.example")
                    .fill("Reason", "The first one left the organisation")
                    .press("Name owner")
                    .sees("Members");
            assertThat(operator.text()).contains("Owner named", "newcomer@local.example");
            operator.follow("Settings").sees("Settings");
            operator.choose("National, provided by the NHS").press("Save").look("settings of an operator");
            var list = Persons.browser("operator");
            assertThat(Persons.get(list, "/teams?search=" + id).body()).contains("Team ID " + id);
            assertThat(Persons.get(list, "/teams?search=other+SUPPL").body())
                    .contains("Other Supplier")
                    .doesNotContain("Example Supplier");
            assertThat(Persons.get(list, "/teams?search=%25").body()).contains("No team matches.");
            var stale = Persons.post(
                    Persons.browser("operator"),
                    "/teams/" + id + "/settings",
                    "tag",
                    "none",
                    "categories_shown",
                    "yes",
                    "categories",
                    "local");
            assertThat(Persons.refused(stale)).isTrue();
            assertThat(stale.body()).contains("href=\"#categories\"", "Name now", "Categories now");
            assertThat(operator.text()).contains("Settings saved");
        }
        Invitees.accept("newcomer");
        try (var owner = Browser.open().logIn("newcomer")) {
            owner.go("/teams/" + id + "/settings").look("settings of an owner");
            assertThat(owner.text()).contains("National, provided by the NHS");
            owner.fill("Team name", "").press("Save").look("settings error");
            owner.fill("Team name", "Renamed").press("Save").look("settings saved");
            assertThat(owner.text()).contains("Renamed", "Settings saved");
        }
    }

    private void giveAccess() {
        Api.as("operator")
                .post(
                        "/api/v1/teams",
                        Map.of(
                                "team_id",
                                id,
                                "name",
                                "Journey Supplier",
                                "categories",
                                List.of("local"),
                                "owner_email",
                                "owner@local.example"))
                .then()
                .statusCode(201);
        Invitees.accept("owner");
    }

    private String link(String recipient) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.latest(500).stream()
                .filter(mail -> mail.recipient().equals(recipient)
                        && mail.letter().page().equals("invitation"))
                .map(mail -> "/invitations/" + outbox.opened(mail).arguments().get("token"))
                .findFirst()
                .orElseThrow());
    }
}
