package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.agroal.api.AgroalDataSource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What binds a decision: other eyes, the live checks, what is registered. */
@PortalTest
class ReviewsApiTest {
    private static final Api OWNER = Api.as("owner");

    @Inject
    AgroalDataSource database;

    private String application;
    private String production;

    @BeforeEach
    void makeAnApplication() {
        application = Api.newApplication("Ward Round");
        production = application + "/registrations/production";
    }

    private String request(Map<String, Object> metadata) {
        return request(OWNER, metadata);
    }

    private String request(Api team, Map<String, Object> metadata) {
        var request = team.put(production, metadata, "If-None-Match: *")
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        team.put(
                        request,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        "If-Match: " + tag(request))
                .then()
                .statusCode(200);
        return request;
    }

    private static String tag(String request) {
        return OWNER.get(request).header("ETag");
    }

    private static Response approve(String operator, String request, String tag) {
        return Api.as(operator)
                .request()
                .header("If-Match", tag)
                .body(Map.of("outcome", "approve"))
                .post(request + "/decision");
    }

    private static Map<String, Object> withKeys(String jwksUri) {
        return Map.of(
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback"),
                "token_endpoint_auth_method",
                "private_key_jwt",
                "jwks_uri",
                jwksUri);
    }

    private static Response submit(String request) {
        return OWNER.post(request + "/submission", Map.of());
    }

    @Test
    void nobodyDecidesOnARequestOfTheirOwnTeam() {
        var request = request(Api.metadata());
        submit(request).then().statusCode(200);
        var member = join("operator2", "viewer");
        try {
            approve("operator2", request, tag(request))
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("Another operator"));
            OWNER.patch(member, Map.of("role", "admin"), "").then().statusCode(200);
            Api.as("operator2").post(request + "/withdrawal", Map.of()).then().statusCode(200);
            var own = Api.as("operator2")
                    .put(production, Api.metadata(), "If-None-Match: *")
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location");
            OWNER.put(
                            own,
                            Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                            "If-Match: " + tag(own))
                    .then()
                    .statusCode(200);
            submit(own).then().statusCode(200);
            OWNER.delete(member, "").then().statusCode(204);
            member = null;
            // No member any more, but had a hand in it.
            approve("operator2", own, tag(own)).then().statusCode(403).body("detail", containsString("a hand"));
            approve("operator", own, tag(own)).then().statusCode(200);
        } finally {
            if (member != null) {
                OWNER.delete(member, "");
            }
        }
    }

    @Test
    void nobodyDecidesOnWhatTheirCredentialAsks() {
        var member = join("operator2", "admin");
        try {
            var credential = Api.with(Api.as("operator2")
                    .post(
                            "/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials",
                            Map.of("name", "Pipeline of an operator", "scope", "write"))
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("token"));
            OWNER.delete(member, "").then().statusCode(204);
            member = null;
            var request = request(credential, Api.metadata());
            credential.post(request + "/submission", Map.of()).then().statusCode(200);
            approve("operator2", request, tag(request)).then().statusCode(403).body("detail", containsString("a hand"));
            approve("operator", request, tag(request)).then().statusCode(200);
        } finally {
            if (member != null) {
                OWNER.delete(member, "");
            }
        }
    }

    @Test
    void nobodyDecidesOnWhatTheirTeamSubmittedBeforeTheyLeft() {
        var member = join("operator2", "viewer");
        try {
            var request = request(Api.metadata());
            submit(request).then().statusCode(200);
            OWNER.delete(member, "").then().statusCode(204);
            member = null;
            approve("operator2", request, tag(request))
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("in its team at the time"));
            approve("operator", request, tag(request)).then().statusCode(200);
        } finally {
            if (member != null) {
                OWNER.delete(member, "");
            }
        }
    }

    @Test
    void nobodyDecidesWhoJoinedItsTeamAfterItWasSubmittedAndLeft() {
        var request = request(Api.metadata());
        submit(request).then().statusCode(200);
        approveIsRefused(request, join("operator2", "viewer"));
        approve("operator", request, tag(request)).then().statusCode(200);
    }

    private static void approveIsRefused(String request, String member) {
        OWNER.delete(member, "").then().statusCode(204);
        approve("operator2", request, tag(request)).then().statusCode(403).body("detail", containsString("a hand"));
        OWNER.get(request).then().body("state", equalTo("submitted"));
    }

    /** An invitation alone makes nobody a party: a team would choose its reviewers by it. */
    @Test
    void whoWasOnlyInvitedDecides() {
        var request = request(Api.metadata());
        submit(request).then().statusCode(200);
        var invited = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/members",
                        Map.of("email", "operator2@local.example", "role", "viewer"))
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        try {
            approve("operator2", request, tag(request)).then().statusCode(200);
        } finally {
            OWNER.delete("/api/v1/teams/" + Api.FIRST_TEAM + "/members/" + invited, "");
        }
    }

    @Test
    void anOperatorIsNoneForARequestOfTheirOwnTeam() {
        var request = request(Api.metadata());
        submit(request).then().statusCode(200);
        Api.as("operator")
                .post(request + "/notes", Map.of("note", "Ask the agreement desk."))
                .then()
                .statusCode(201);
        var member = join("operator2", "viewer");
        try {
            var operator = Api.as("operator2");
            assertThat(operator.get(request).asString()).doesNotContain("agreement desk");
            assertThat(operator.get(request + "/comments").asString()).doesNotContain("agreement desk");
            operator.get(request + "/notes").then().statusCode(403).body("detail", containsString("Another operator"));
            operator.post(request + "/notes", Map.of("note", "Mine.")).then().statusCode(403);
            operator.post(request + "/checks", Map.of()).then().statusCode(403);
            operator.put(request + "/assignee", Map.of("assignee", "me"), "")
                    .then()
                    .statusCode(403);
            var page = Persons.get(Persons.browser("operator2"), request.replace("/api/v1", "/review"));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .contains("You are a member of this request")
                    .doesNotContain("agreement desk", "Note for operators", "Assign to me");
        } finally {
            OWNER.delete(member, "");
        }
        assertThat(Api.as("operator2").get(request + "/notes").asString()).contains("agreement desk");
    }

    @Test
    void bindsADecisionToTheApplicationsOwnDetails() {
        var request = request(Api.metadata());
        submit(request).then().statusCode(200);
        var read = tag(request);
        change(Map.of("description", "For wards", "contacts", List.of("ward@supplier.example")))
                .then()
                .statusCode(200);
        assertThat(tag(request)).as("nothing that is issued").isEqualTo(read);
        change(Map.of("name", "Bank of the Wards")).then().statusCode(200);
        approve("operator", request, read)
                .then()
                .statusCode(412)
                .body("detail", containsString("the application's own details"));
        OWNER.get(production).then().statusCode(404);
        approve("operator", request, tag(request)).then().statusCode(200);
        OWNER.get(production).then().body("client_name", equalTo("Bank of the Wards"));
    }

    @Test
    void keepsCategoryAndTypeBesideAnOpenRequest() {
        var request = request(Api.metadata());
        var id = request.substring(request.lastIndexOf('/') + 1);
        change(Map.of("category", "local")).then().statusCode(409).body("detail", containsString(id));
        submit(request).then().statusCode(200);
        change(Map.of("application_type", "native")).then().statusCode(409).body("detail", containsString(id));
        var page = application.replace("/api/v1", "") + "/details";
        var owner = Persons.browser("owner");
        assertThat(Persons.get(owner, page).body()).contains("while a request for production is open");
        var answer = Persons.post(
                owner,
                page,
                "tag",
                OWNER.get(application).header("ETag"),
                "name",
                "Typed by hand",
                "category",
                "local",
                "application_type",
                "web");
        assertThat(Persons.refused(answer)).isTrue();
        assertThat(answer.body()).contains("Typed by hand", "while a request for production is open");
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200);
        change(Map.of("category", "local")).then().statusCode(200);
    }

    private Response change(Map<String, ?> details) {
        return OWNER.patch(
                application, details, "If-Match: " + OWNER.get(application).header("ETag"));
    }

    @Test
    void submitsOnlyWhatWasReadHoweverLongTheLookTakes() {
        var edits = new AtomicReference<Runnable>(() -> {});
        var jwksUri = LaboratoryInternet.meanwhile(
                "answers-" + UUID.randomUUID(), () -> edits.get().run());
        var request = request(withKeys(jwksUri));
        var read = tag(request);
        edits.set(() -> {
            edits.set(() -> {});
            OWNER.put(
                            request,
                            Map.of("conformance_reference", "C-2", "connection_agreement_reference", "A-2"),
                            "If-Match: " + tag(request))
                    .then()
                    .statusCode(200);
        });
        OWNER.request()
                .header("If-Match", read)
                .post(request + "/submission")
                .then()
                .statusCode(412);
        OWNER.get(request).then().body("state", equalTo("draft")).body("conformance_reference", equalTo("C-2"));
        submit(request).then().statusCode(200);
    }

    @Test
    void submitsForNobodyWhoWasTakenOutOfTheTeamMeanwhile() {
        var leaves = new AtomicReference<Runnable>(() -> {});
        var jwksUri = LaboratoryInternet.meanwhile(
                "leaves-" + UUID.randomUUID(), () -> leaves.get().run());
        var request = request(withKeys(jwksUri));
        var member = join("newcomer", "admin");
        leaves.set(() -> {
            leaves.set(() -> {});
            OWNER.delete(member, "").then().statusCode(204);
        });
        Api.as("newcomer").post(request + "/submission", Map.of()).then().statusCode(404);
        OWNER.get(request).then().body("state", equalTo("draft"));
        var issued = Credentials.issue("revoked meanwhile", "write", null);
        leaves.set(() -> {
            leaves.set(() -> {});
            OWNER.delete("/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials/" + issued.path("id"), "")
                    .then()
                    .statusCode(204);
        });
        Api.with(issued.path("token"))
                .post(request + "/submission", Map.of())
                .then()
                .statusCode(403);
        OWNER.get(request).then().body("state", equalTo("draft"));
    }

    private static String join(String user, String role) {
        var id = OWNER.post(
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/members",
                        Map.of("email", user + "@local.example", "role", role))
                .then()
                .statusCode(201)
                .extract()
                .<String>path("id");
        Invitees.accept(user);
        return "/api/v1/teams/" + Api.FIRST_TEAM + "/members/" + id;
    }

    @Test
    void keepsAFailedLookWithTheDraftUntilItIsPutRight() {
        var jwksUri = LaboratoryInternet.publish("request-" + UUID.randomUUID(), "<html>");
        var request = request(withKeys(jwksUri));
        var before = tag(request);
        submit(request)
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItem("/metadata/jwks_uri"))
                .body("errors.code", hasItem("jwks-malformed"));
        OWNER.get(request)
                .then()
                .body("state", equalTo("draft"))
                .body("errors.code", hasItem("jwks-malformed"))
                .header("ETag", not(equalTo(before)));
        OWNER.get(request + "/checks")
                .then()
                .body("items.field", contains("jwks_uri"))
                .body("items.passed", contains(false))
                .body("items[0].version", nullValue());
        OWNER.get(request + "/readiness")
                .then()
                .body("items.find { it.code == 'live-checks' }.state", equalTo("problem"));
    }

    @Test
    void refusesAnApprovalWhoseChecksTurnOutOtherwise() {
        var name = "moves-" + UUID.randomUUID();
        var jwksUri = LaboratoryInternet.publish(name, keys());
        var request = request(withKeys(jwksUri));
        submit(request).then().statusCode(200);
        var read = tag(request);
        LaboratoryInternet.publish(name, "<html>");
        Api.as("operator").post(request + "/checks", Map.of()).then().statusCode(200);
        approve("operator", request, read)
                .then()
                .statusCode(412)
                .body("detail", containsString("the result of the live checks"));
        approve("operator", request, tag(request))
                .then()
                .statusCode(422)
                .body("errors.code", hasItem("jwks-malformed"));
        OWNER.get(production).then().statusCode(404);
        LaboratoryInternet.publish(name, keys());
        Api.as("operator").post(request + "/checks", Map.of()).then().statusCode(200);
        assertThat(tag(request)).isEqualTo(read);
        approve("operator", request, read).then().statusCode(200);
        OWNER.get(production).then().body("jwks_uri", equalTo(jwksUri));
        OWNER.get(production + "/checks").then().body("items", hasSize(1));
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(409);
    }

    @Test
    void wantsALookThatIsNotOlderThanADay() throws SQLException {
        var jwksUri = LaboratoryInternet.publish("old-" + UUID.randomUUID(), keys());
        var request = request(withKeys(jwksUri));
        submit(request).then().statusCode(200);
        age(request);
        assertThat(Persons.get(Persons.browser("operator"), request.replace("/api/v1", "/review"))
                        .body())
                .contains("It cannot be approved as it is", "no live check of the public keys from the last 24 hours");
        approve("operator", request, tag(request)).then().statusCode(409).body("detail", containsString("24 hours"));
        Api.as("operator").post(request + "/checks", Map.of()).then().statusCode(200);
        approve("operator", request, tag(request)).then().statusCode(200);
    }

    /** As if its endpoints had been checked two days ago. */
    private void age(String request) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update production_request set reports = regexp_replace(reports, '\"at\":\"[^\"]+\"',"
                                + " '\"at\":\"2020-01-01T00:00:00Z\"', 'g') where id = ?")) {
            update.setObject(1, UUID.fromString(request.substring(request.lastIndexOf('/') + 1)));
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void bindsADecisionToWhatIsLive() {
        var first = request(Api.metadata());
        submit(first);
        approve("operator", first, tag(first)).then().statusCode(200);
        var live = OWNER.get(production);
        var change = OWNER.put(
                        production,
                        Map.of(
                                "redirect_uris",
                                List.of("https://new.supplier.co.uk/callback"),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        "If-Match: " + live.header("ETag"))
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        submit(change).then().statusCode(200);
        var read = tag(change);
        var page = production.replace("/api/v1", "") + "/deletion";
        assertThat(Persons.get(Persons.browser("owner"), page).body())
                .contains(change.replace("/api/v1", ""), "it would give another client ID");
        Api.as("operator").get(change).then().body("risks.code", not(hasItem("registration-deleted")));
        OWNER.delete(production, "If-Match: " + OWNER.get(production).header("ETag"))
                .then()
                .statusCode(204);
        approve("operator", change, read)
                .then()
                .statusCode(412)
                .body("detail", containsString("what is registered in production"));
        Api.as("operator")
                .get(change)
                .then()
                .body(
                        "risks.find { it.code == 'registration-deleted' }.detail",
                        containsString(live.<String>path("client_id")));
        var shown = Persons.get(Persons.browser("operator"), change.replace("/api/v1", "/review"));
        assertThat(shown.body()).contains("The team has deleted the client " + live.path("client_id"));
        approve("operator", change, tag(change)).then().statusCode(200);
        OWNER.get(production).then().body("client_id", not(equalTo(live.path("client_id"))));
    }

    /** @return a change of what is live, submitted */
    private String changed(Map<String, Object> metadata) {
        var change = OWNER.put(
                        production,
                        metadata,
                        "If-Match: " + OWNER.get(production).header("ETag"))
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        submit(change).then().statusCode(200);
        return change;
    }

    private void issue(Map<String, Object> metadata) {
        var request = request(metadata);
        submit(request).then().statusCode(200);
        approve("operator", request, tag(request)).then().statusCode(200);
    }

    private static Map<String, Object> at(String... redirectUris) {
        return Map.of("redirect_uris", List.of(redirectUris), "token_endpoint_auth_method", "client_secret_basic");
    }

    @Test
    void keepsWithAClosedRequestWhatItWasComparedWith() {
        issue(Api.metadata());
        var change = changed(at("https://app.supplier.co.uk/callback", "https://new.supplier.co.uk/callback"));
        approve("operator", change, tag(change)).then().statusCode(200);
        change(Map.of("name", "Another name")).then().statusCode(200);
        Api.as("operator")
                .get(change)
                .then()
                .body("compared_with", equalTo("production"))
                .body("diff.field", hasItem("redirect_uris"))
                .body("risks.code", hasItem("new-host"))
                .body("metadata.client_name", equalTo("Ward Round"));
        var page = Persons.get(Persons.browser("operator"), change.replace("/api/v1", "/review"));
        assertThat(page.body()).contains("Compared with what was live then", "is a new host");
        var withdrawn = changed(at("https://app.supplier.co.uk/other"));
        OWNER.post(withdrawn + "/withdrawal", Map.of()).then().statusCode(200);
        issueChange(at("https://app.supplier.co.uk/other"));
        OWNER.get(withdrawn).then().body("diff.field", hasItem("redirect_uris"));
    }

    private void issueChange(Map<String, Object> metadata) {
        var change = changed(metadata);
        approve("operator", change, tag(change)).then().statusCode(200);
    }

    @Test
    void changesASuspendedClientWithoutLettingItIn() {
        issue(Api.metadata());
        Api.as("operator")
                .put(production + "/suspension", Map.of("reason", "Tokens were leaked."), "")
                .then()
                .statusCode(200);
        issueChange(at("https://new.supplier.co.uk/callback"));
        OWNER.get(production)
                .then()
                .body("state", equalTo("suspended"))
                .body("redirect_uris", hasItem("https://new.supplier.co.uk/callback"));
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(201);
        OWNER.get(production).then().body("state", equalTo("suspended"));
        // Its addresses are those of other tests.
        Api.as("operator").delete(production + "/suspension", "").then().statusCode(204);
    }

    @Test
    void stillOwesTheSecretOfAClientThatCameBack() {
        issue(Api.metadata());
        OWNER.delete(production, "If-Match: " + OWNER.get(production).header("ETag"))
                .then()
                .statusCode(204);
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(404);
        Api.as("operator").post(production + "/restoration", "").then().statusCode(200);
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(201);
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(409);
    }

    @Test
    void owesASecretToWhatUsesOneOnly() {
        issue(Api.metadata());
        issueChange(withKeys("https://keys.laboratory.co.uk/jwks"));
        OWNER.post(production + "/secret-collection", Map.of())
                .then()
                .statusCode(409)
                .body("detail", containsString("private_key_jwt"));
        var page = Persons.post(Persons.browser("owner"), production.replace("/api/v1", "") + "/secrets/collection");
        assertThat(Persons.refused(page)).isTrue();
        assertThat(page.body()).contains("authenticates with private key JWT").doesNotContain("Already shown");
        issueChange(Api.metadata());
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(201);
    }

    @Test
    void noOperatorSeesASecretWhateverTheirRoleInTheTeam() {
        issue(Api.metadata());
        var member = join("operator2", "admin");
        try {
            Api.as("operator2")
                    .post(production + "/secret-collection", Map.of())
                    .then()
                    .statusCode(403)
                    .body("detail", containsString("Operators never see a client secret"));
            var page = production.replace("/api/v1", "") + "/secrets/collection";
            assertThat(Persons.get(Persons.browser("operator2"), page).statusCode())
                    .isEqualTo(403);
            OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(201);
            var made = Api.as("operator2")
                    .post(
                            "/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials",
                            Map.of("name", "Of an operator", "scope", "write"));
            for (var way : List.of(Api.as("operator2"), Api.with(made.path("token")))) {
                way.post(production + "/secrets", Map.of())
                        .then()
                        .statusCode(403)
                        .body("code", equalTo("secret-not-for-operators"));
            }
            var rotation = production.replace("/api/v1", "") + "/secrets/rotation";
            assertThat(Persons.get(Persons.browser("operator2"), rotation).statusCode())
                    .isEqualTo(403);
            assertThat(Persons.post(Persons.browser("operator2"), rotation, "overlap_seconds", "0")
                            .statusCode())
                    .isEqualTo(403);
            OWNER.get(production + "/secrets").then().body("items", org.hamcrest.Matchers.hasSize(1));
        } finally {
            OWNER.delete(member, "");
        }
        OWNER.post(production + "/secrets", Map.of()).then().statusCode(201);
    }

    @Test
    void takesASubmissionThatIsSentTwiceAsDone() {
        var request = request(Api.metadata());
        var page = request.replace("/api/v1", "");
        var read = tag(request);
        var owner = Persons.browser("owner");
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            var answer = Persons.post(owner, page + "/submission", "tag", read, "idempotency_key", key);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Request submitted");
        }
        var other = Persons.post(Persons.browser("admin"), page + "/submission", "tag", read);
        assertThat(Persons.refused(other)).as("somebody else's").isTrue();
        approve("operator", request, tag(request)).then().statusCode(200);
        var submitted = Persons.get(owner, page + "/submitted").body();
        assertThat(submitted).contains("Approved on").doesNotContain("the rules approve");
    }

    @Test
    void tellsWhoeverTakesARequestThatSomebodyElseWasFaster() {
        var request = request(Api.metadata());
        submit(request).then().statusCode(200);
        var page = request.replace("/api/v1", "/review");
        var first = Persons.post(Persons.browser("operator"), page + "/assignee", "assignee", "me", "assigned_to", "");
        assertThat(first.statusCode()).isEqualTo(200);
        var second =
                Persons.post(Persons.browser("operator2"), page + "/assignee", "assignee", "me", "assigned_to", "");
        assertThat(Persons.refused(second)).isTrue();
        assertThat(second.body()).contains("Opal Operator has taken the request since you looked");
        var again = Persons.post(Persons.browser("operator"), page + "/assignee", "assignee", "me", "assigned_to", "");
        assertThat(again.statusCode()).as("sent twice").isEqualTo(200);
        OWNER.get(request + "/assignee").then().body("assignee", equalTo("Opal Operator"));
    }

    @Test
    void showsOperatorsTheRisks() {
        OWNER.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        var request = request(Map.of(
                "redirect_uris",
                List.of("https://app.suppiler.co.uk/callback", "https://new.supplier.co.uk/callback"),
                "token_endpoint_auth_method",
                "client_secret_basic"));
        submit(request).then().statusCode(200);
        Api.as("operator")
                .get(request)
                .then()
                .body("compared_with", equalTo("integration"))
                .body("risks.code", hasItems("look-alike", "other-domain", "new-host"))
                .body("risks.level", hasItem("high"))
                .body("risks[0].detail", containsString("app.suppiler.co.uk"));
        var row = "items.find { it.id == '" + request.substring(request.lastIndexOf('/') + 1) + "' }.";
        Api.as("operator")
                .get("/api/v1/requests?limit=100&state=submitted")
                .then()
                .body(row + "risk_level", equalTo("high"))
                .body(row + "application_name", equalTo("Ward Round"))
                .body(row + "client_name", equalTo("Ward Round"))
                .body(row + "category", equalTo("supplier"))
                .body(row + "team_name", notNullValue());
        OWNER.get("/api/v1/requests?limit=100&state=submitted")
                .then()
                .body(row + "team_name", notNullValue())
                .body(row + "risk_level", nullValue());
    }

    @Test
    void showsTheLatestOfALongHistoryAndWhereTheRestIs() throws SQLException {
        var request = request(Api.metadata());
        var id = request.substring(request.lastIndexOf('/') + 1);
        OWNER.get(request + "/comments").then().body("items", hasSize(1)).body("next_cursor", nullValue());
        try (var connection = database.getConnection()) {
            connection
                    .createStatement()
                    .execute("insert into request_entry select gen_random_uuid(), '" + id
                            + "', 'COMMENT', 'x', 'X', 'owner', 'Comment ' || n, '{}',"
                            + " now() + n * interval '1 second' from generate_series(1, 100) n");
        }
        var first = OWNER.get(request + "/comments?limit=100");
        first.then().body("items", hasSize(100)).body("items[0].kind", equalTo("opened"));
        OWNER.get(request + "/comments?limit=100&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.comment", contains("Comment 100"))
                .body("next_cursor", nullValue());
        for (var page :
                Map.of("owner", "/requests/", "operator", "/review/requests/").entrySet()) {
            assertThat(Persons.get(Persons.browser(page.getKey()), page.getValue() + id)
                            .body())
                    .contains("Only the latest are shown.", "Comment 100");
        }
    }

    @Test
    void whatWasSaidCanBeReadWhereItIs() {
        var request = request(Api.metadata());
        var operator = Api.as("operator");
        var comment = operator.post(request + "/comments", Map.of("comment", "Who signs?"))
                .header("Location");
        var note =
                operator.post(request + "/notes", Map.of("note", "Ask again.")).header("Location");
        OWNER.get(comment).then().statusCode(200).body("comment", equalTo("Who signs?"));
        operator.get(note).then().statusCode(200).body("comment", equalTo("Ask again."));
        OWNER.get(note).then().statusCode(403);
        OWNER.get(note.replace("/notes/", "/comments/")).then().statusCode(404);
        operator.get(comment.replace("/comments/", "/notes/")).then().statusCode(404);
        operator.get(request + "/notes?limit=1").then().body("items.comment", contains("Ask again."));
    }

    @Test
    void deletesWhatIsLiveForOwnersOnly() {
        var request = request(Api.metadata());
        submit(request);
        approve("operator", request, tag(request)).then().statusCode(200);
        var tag = "If-Match: " + OWNER.get(production).header("ETag");
        Api.as("admin").delete(production, tag).then().statusCode(403);
        OWNER.delete(production, tag).then().statusCode(204);
        OWNER.get(production).then().statusCode(404);
    }

    private static String keys() {
        return new JWKSet(LaboratoryInternet.KEY).toString();
    }
}
