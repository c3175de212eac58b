package dev.connectionmanager.web.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.Drafts;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages of a team, asked as a browser without scripts asks them. */
@PortalTest
public class TeamPagesTest {
    private static final Api OWNER = Api.as("owner");
    private static final String TEAM = "/teams/" + Api.FIRST_TEAM;

    @Inject
    Drafts drafts;

    @Inject
    Registrations registrations;

    private final HttpClient owner = Persons.browser("owner");
    private String path;
    private String application;
    private String draft;

    @BeforeEach
    void makeApplication() {
        path = Api.newApplication("Ward Round " + UUID.randomUUID());
        application = path.replace("/api/v1", "");
        draft = application + "/registrations/integration/draft";
    }

    private HttpResponse<String> get(String page) {
        return Persons.get(owner, page);
    }

    private HttpResponse<String> post(String page, String... fields) {
        return Persons.post(owner, page, fields);
    }

    /** The value of the first hidden box of this name. */
    public static String hidden(HttpResponse<String> page, String name) {
        var box = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
        assertThat(box.find()).as("a hidden box '%s'", name).isTrue();
        return box.group(1).replace("&quot;", "\"");
    }

    private String request() {
        return OWNER.put(path + "/registrations/production", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location")
                .replace("/api/v1", "");
    }

    @Test
    void aClientThatMovesToASecretLeavesItsKeySetBehind() {
        post(draft);
        post(draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/cb");
        post(draft + "/authentication", "token_endpoint_auth_method", "private_key_jwt");
        post(
                draft + "/keys",
                "jwks_uri",
                "https://keys.laboratory.co.uk/jwks",
                "token_endpoint_auth_signing_alg",
                "RS256");
        assertThat(get(draft + "/check").body()).contains("keys.laboratory.co.uk", "RS256");
        post(draft + "/authentication", "token_endpoint_auth_method", "private_key_jwt");
        assertThat(get(draft + "/check").body()).contains("keys.laboratory.co.uk", "RS256");
        post(draft + "/authentication", "token_endpoint_auth_method", "client_secret_post");
        assertThat(get(draft + "/check").body()).doesNotContain("keys.laboratory.co.uk", "RS256");
        // Typed into the question all the same, it can be taken out there.
        post(draft + "/keys", "jwks_uri", "https://keys.laboratory.co.uk/jwks");
        assertThat(get(draft + "/check").body()).contains("keys.laboratory.co.uk");
        post(draft + "/keys", "jwks_uri", "");
        assertThat(get(draft + "/check").body()).doesNotContain("keys.laboratory.co.uk");
    }

    /** As far as to be registered. */
    private void answerAll() {
        post(draft);
        post(draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/cb");
        post(draft + "/authentication", "token_endpoint_auth_method", "client_secret_post");
    }

    @Test
    void whatAColleagueAnsweredMeanwhileIsToldAndNotOverwritten() {
        answerAll();
        var opened = hidden(get(draft + "/redirect-uris"), "tag");
        var admin = Persons.browser("admin");
        Persons.post(admin, draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/theirs");
        // Another question is another matter.
        assertThat(post(
                                draft + "/client-name",
                                "client_name",
                                "Mine",
                                "tag",
                                hidden(get(draft + "/client-name"), "tag"))
                        .statusCode())
                .isEqualTo(200);
        var late = post(draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/mine", "tag", opened);
        assertThat(Persons.refused(late)).isTrue();
        assertThat(late.body())
                .contains("This has changed since you opened the page", "/theirs’")
                .contains("https://app.supplier.co.uk/mine</textarea>");
        assertThat(get(draft + "/check").body()).contains("/theirs").doesNotContain("/mine");
        var again = post(
                draft + "/redirect-uris",
                "redirect_uris",
                "https://app.supplier.co.uk/mine",
                "tag",
                hidden(late, "tag"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(get(draft + "/check").body()).contains("/mine").doesNotContain("/theirs");
    }

    @Test
    void registersOnlyWhatItsAuthorHasSeen() {
        answerAll();
        var check = get(draft + "/check");
        Persons.post(
                Persons.browser("admin"),
                draft + "/redirect-uris",
                "redirect_uris",
                "https://app.supplier.co.uk/theirs");
        var late = post(draft + "/registration", "draft", hidden(check, "draft"), "tag", hidden(check, "tag"));
        assertThat(Persons.refused(late)).isTrue();
        assertThat(late.body()).contains("Somebody else has changed this", "/theirs", "Adam Admin");
        OWNER.get(path + "/registrations/integration").then().statusCode(404);
        var again = post(draft + "/registration", "draft", hidden(late, "draft"), "tag", hidden(late, "tag"));
        assertThat(again.body()).contains("Application registered");
    }

    @Test
    void whatAColleagueTypesWhileTheEndpointsAreLookedAtIsNotLost() throws Exception {
        answerAll();
        var actor = Actor.person(
                "local-owner", "", "Olivia Owner", false, Map.of(UUID.fromString(Api.FIRST_TEAM), Role.OWNER));
        var id = UUID.fromString(application.substring(application.lastIndexOf('/') + 1));
        AtOnce.all(
                () -> {
                    var read = drafts.find(actor, id, "integration").orElseThrow();
                    post(draft + "/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/theirs");
                    assertThatThrownBy(() -> registrations.register(actor, read))
                            .isInstanceOf(Refusal.Stale.class);
                    return read;
                },
                1);
        OWNER.get(path + "/registrations/integration").then().statusCode(404);
        assertThat(get(draft + "/check").body()).contains("/theirs");
    }

    @Test
    void theAnswersOfARequestAreNotOverwrittenByAnOldPage() {
        var request = request();
        var answers = request + "/questions/answers";
        var opened = hidden(get(answers), "tag");
        post(
                answers,
                "conformance_reference",
                "C-1",
                "private_key_jwt_planned_for-day",
                "31",
                "private_key_jwt_planned_for-month",
                "3",
                "private_key_jwt_planned_for-year",
                "2077");
        var late = post(answers, "conformance_reference", "C-2", "note", "Mine", "tag", opened);
        assertThat(Persons.refused(late)).isTrue();
        assertThat(late.body())
                .contains("Conformance reference is now ‘C-1’", "Note to the operators is now not provided")
                .contains("value=\"C-2\"", "Mine");
        OWNER.get("/api/v1" + request)
                .then()
                .body("conformance_reference", equalTo("C-1"))
                .body("private_key_jwt_planned_for", equalTo("2077-03-31"));
        // A form that does not ask for the date leaves it as it is.
        post(answers, "conformance_reference", "C-2", "tag", hidden(late, "tag"));
        OWNER.get("/api/v1" + request)
                .then()
                .body("conformance_reference", equalTo("C-2"))
                .body("private_key_jwt_planned_for", equalTo("2077-03-31"));
        var odd = post(answers, "private_key_jwt_planned_for-day", "31", "private_key_jwt_planned_for-month", "2");
        assertThat(Persons.refused(odd)).isTrue();
        assertThat(odd.body()).contains("‘31 2’ is not a date", "value=\"31\"");
    }

    @Test
    void whatComesTooLateForARequestLeadsBackToItWithWhatWasTyped() {
        var request = request();
        var answers = request + "/questions/answers";
        post(answers, "conformance_reference", "C-1", "connection_agreement_reference", "A-1");
        assertThat(post(request + "/submission", "tag", hidden(get(request), "tag"))
                        .body())
                .contains("Request submitted");
        var late = post(answers, "note", "A long note");
        assertThat(Persons.refused(late)).isTrue();
        assertThat(late.body()).contains("submitted", "Nothing was saved", "A long note", "href=\"" + request + "\"");
        var uris = post(request + "/questions/redirect-uris", "redirect_uris", "https://app.supplier.co.uk/late");
        assertThat(Persons.refused(uris)).isTrue();
        assertThat(uris.body()).contains("Nothing was saved", "https://app.supplier.co.uk/late</textarea>");
        for (var page : List.of("/questions/answers", "/questions/redirect-uris?from=check")) {
            var opened = get(request + page);
            assertThat(opened.uri().getPath()).isEqualTo(request);
        }
        post(request + "/withdrawal");
        var withdrawn = post(request + "/withdrawal");
        assertThat(withdrawn.statusCode()).isEqualTo(200);
        assertThat(withdrawn.body()).contains("Your team withdrew it", "start another request");
        assertThat(get(request + "/withdrawal").uri().getPath()).isEqualTo(request);
        var check = post(request + "/checks", "comment", "Kept");
        assertThat(Persons.refused(check)).isTrue();
        assertThat(check.body()).contains("withdrawn", "Kept");
    }

    @Test
    void aCommentThatWasBegunSurvivesALookAtTheEndpoints() {
        var request = request();
        var checked = post(request + "/checks", "comment", "Half a sent");
        assertThat(checked.statusCode()).isEqualTo(200);
        assertThat(checked.body()).contains("Half a sent");
        assertThat(post(request + "/checks").uri().toString()).endsWith("#checks");
    }

    @Test
    void whatIsDoneAlreadyIsNoFailure() {
        answerAll();
        for (int i = 0; i < 2; i++) {
            var discarded = post(draft + "/discard");
            assertThat(discarded.statusCode()).isEqualTo(200);
            assertThat(discarded.body()).contains("The draft has been discarded");
        }
        OWNER.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var deployment = application + "/registrations/deployment/draft";
        assertThat(post(deployment, "from", "integration").body()).contains("Check your answers");
        var again = post(deployment, "from", "integration");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.uri().getPath()).isEqualTo(application);
        post(deployment + "/discard");

        var secrets = application + "/registrations/integration/secrets";
        var secret = OWNER.get(path + "/registrations/integration/secrets").<String>path("items[0].id");
        for (int i = 0; i < 2; i++) {
            assertThat(post(secrets + "/" + secret + "/revocation").body())
                    .contains("The client secret has been revoked");
        }
        var deletion = application + "/registrations/integration/deletion";
        var tag = hidden(get(deletion), "tag");
        for (int i = 0; i < 2; i++) {
            assertThat(post(deletion, "tag", tag).body()).contains("The registration has been deleted");
        }
        var page = get(application + "/deletion");
        var whole = hidden(page, "tag");
        for (int i = 0; i < 2; i++) {
            assertThat(post(application + "/deletion", "tag", whole, "idempotency_key", hidden(page, "idempotency_key"))
                            .body())
                    .contains("The application has been deleted");
        }
        assertThat(get(application).statusCode()).isEqualTo(404);
        for (var nobody : List.of("admin", "newcomer")) {
            var refused = Persons.post(Persons.browser(nobody), application + "/deletion", "tag", whole);
            assertThat(refused.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aChangeInProgressDoesNotHideTheRegistration() {
        OWNER.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var registration = application + "/registrations/integration";
        post(draft);
        post(draft + "/client-name", "client_name", "Another");
        assertThat(get(application).body()).contains("href=\"" + registration + "\"");
        var page = get(registration).body();
        assertThat(page)
                .contains("A change is in progress, last saved by Olivia Owner", draft + "/check", draft + "/discard")
                .doesNotContain("Change this registration");
        assertThat(Persons.get(Persons.browser("viewer"), registration).body())
                .doesNotContain("A change is in progress");
    }

    private void decide(String request, String outcome) {
        Api.as("operator")
                .request()
                .header("If-Match", Api.as("operator").get("/api/v1" + request).header("ETag"))
                .body(Map.of("outcome", outcome, "comment", "Because"))
                .post("/api/v1" + request + "/decision")
                .then()
                .statusCode(200);
    }

    private String submitted() {
        var request = request();
        post(request + "/questions/answers", "conformance_reference", "C-1", "connection_agreement_reference", "A-1");
        post(request + "/submission", "tag", hidden(get(request), "tag"));
        return request;
    }

    /** The row of this test's application in the team's table. */
    private String row(String page) {
        var rows = get(page).body();
        var from = rows.indexOf(application.substring(application.lastIndexOf('/')) + "\"");
        return rows.substring(from, rows.indexOf("</tr>", from));
    }

    @Test
    void howFarARequestIsStandsWhereverItsApplicationDoes() {
        var teamPage = TEAM + "?name=" + OWNER.get(path).<String>path("name").replace(" ", "%20");
        assertThat(row(teamPage)).contains("Not yet started");
        var request = submitted();
        assertThat(row(teamPage)).contains(">Submitted<");
        // One step from the application to its open request.
        assertThat(get(application).body()).contains("href=\"" + request + "\"");
        decide(request, "request-changes");
        assertThat(row(teamPage)).contains(">Changes requested<");
        post(request + "/submission", "tag", hidden(get(request), "tag"));
        decide(request, "reject");
        assertThat(row(teamPage)).contains(">Rejected<");
        assertThat(get(application).body()).contains(">Rejected<", "The last request was rejected");
        assertThat(get(request).body())
                .contains("start another request")
                .doesNotContain("There is a problem</h2>", "<title>Error");
        var list = get(TEAM + "/requests");
        assertThat(list.body()).contains("href=\"" + request + "\"", ">Rejected<");
        assertThat(get(TEAM + "/requests?cursor=cut-off").statusCode()).isEqualTo(404);
        post(application + "/requests/production", "from", "nothing");
        assertThat(row(teamPage)).contains(">In progress<");
    }

    @Test
    void aSecretThatWaitsIsCollectedNotIssued() {
        decide(submitted(), "approve");
        var secrets = application + "/registrations/production/secrets";
        assertThat(get(application).body()).contains("Its client secret waits to be collected");
        assertThat(get(secrets).body())
                .contains("Collect the client secret")
                .doesNotContain("Issue a new secret", "the client cannot authenticate");
        assertThat(get(secrets + "/rotation").uri().getPath()).isEqualTo(secrets + "/collection");
        var issued =
                post(secrets + "/rotation", "idempotency_key", UUID.randomUUID().toString());
        assertThat(issued.uri().getPath()).isEqualTo(secrets + "/collection");
    }

    @Test
    void whatIsToBeDoneLeadsToWhereItIsDone() {
        var request = request();
        assertThat(get(request).body())
                .contains(
                        "href=\"" + request + "/questions/answers\" aria-describedby=\"conformance-reference-hint",
                        "href=\"" + TEAM + "/attestation\"",
                        "href=\"" + TEAM + "/members\"");
        post(request + "/questions/answers", "conformance_reference", "C-1", "connection_agreement_reference", "A-1");
        post(request + "/submission", "tag", hidden(get(request), "tag"));
        Api.as("operator")
                .request()
                .header("If-Match", Api.as("operator").get("/api/v1" + request).header("ETag"))
                .body(Map.of(
                        "outcome", "request-changes", "comment", "Why?", "fields", List.of("redirect_uris", "note")))
                .post("/api/v1" + request + "/decision")
                .then()
                .statusCode(200);
        assertThat(get(request).body())
                .contains(
                        "href=\"" + request + "/questions/redirect-uris?from=check\">Redirect URIs<",
                        "href=\"" + request + "/questions/answers\">Note to the operators<");
    }

    @Test
    void anErrorLeadsOn() {
        assertThat(get("/nowhere").body()).contains("href=\"/teams\">Go to your teams");
        assertThat(Persons.get(Persons.newBrowser(), "/nowhere").body()).doesNotContain("Go to your teams");
    }

    @Test
    void longTextsOfAnyScriptCanBeSent() {
        var request = request();
        var text = "\u0995\uD83D\uDE80".repeat(2_000);
        assertThat(text.codePointCount(0, text.length())).isEqualTo(4_000);
        assertThat(post(request + "/comments", "comment", text).body()).contains(text);
        assertThat(post(request + "/questions/answers", "note", text).body()).contains(text);
        var tooLong = post(request + "/comments", "comment", text + "x");
        assertThat(Persons.refused(tooLong)).isTrue();
        assertThat(tooLong.body()).contains(text + "x");
    }

    @Test
    void whatIsSentTwiceAtOnceIsSaidAndMadeOnce() throws Exception {
        var request = request();
        var form = hidden(get(request), "idempotency_key");
        var answers = AtOnce.all(() -> post(request + "/comments", "comment", "Only once", "idempotency_key", form), 4);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(get(request).body().split("Only once", -1)).hasSize(2);
        // Another form that says the same says it again.
        post(request + "/comments", "comment", "Only once", "idempotency_key", hidden(get(request), "idempotency_key"));
        assertThat(get(request).body().split("Only once", -1)).hasSize(3);

        var name = "Twice " + UUID.randomUUID();
        var make = hidden(get(TEAM + "/applications/new"), "idempotency_key");
        var made = AtOnce.all(
                () -> post(
                        TEAM + "/applications/new",
                        "name",
                        name,
                        "category",
                        "supplier",
                        "application_type",
                        "web",
                        "idempotency_key",
                        make),
                4);
        assertThat(made).allSatisfy(answer -> assertThat(answer.body()).contains(name));
        assertThat(made.stream().map(answer -> answer.uri().getPath()).distinct())
                .hasSize(1);
    }
}
