package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for production through the REST API, from the first draft to the collected secret. */
@PortalTest
class RequestsApiTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");
    private static final ObjectMapper OBJECTS = new ObjectMapper();

    private String application;
    private String production;

    @BeforeEach
    void makeAnApplication() {
        application = Api.newApplication("Ward Round");
        production = application + "/registrations/production";
    }

    private String open() {
        return open(Api.metadata());
    }

    private String open(Map<String, Object> metadata) {
        return OWNER.put(production, metadata, "If-None-Match: *")
                .then()
                .statusCode(202)
                .header("Location", matchesPattern("/api/v1/requests/[0-9a-f-]{36}"))
                .header("ETag", notNullValue())
                .extract()
                .header("Location");
    }

    private static String tag(String path) {
        return OWNER.get(path).then().statusCode(200).extract().header("ETag");
    }

    private static String match(String path) {
        return "If-Match: " + tag(path);
    }

    private static Map<String, Object> answers() {
        return Map.of("conformance_reference", "CONF-2026-17", "connection_agreement_reference", "CA/2026/4");
    }

    private static void complete(String request) {
        OWNER.put(request, answers(), match(request)).then().statusCode(200);
    }

    private static void submit(String request) {
        OWNER.post(request + "/submission", Map.of()).then().statusCode(200).body("state", equalTo("submitted"));
    }

    private static Response decide(Api actor, String request, Map<String, ?> decision) {
        return actor.request().header("If-Match", tag(request)).body(decision).post(request + "/decision");
    }

    private static void approve(String request) {
        decide(OPERATOR, request, Map.of("outcome", "approve"))
                .then()
                .statusCode(200)
                .body("state", equalTo("approved"));
    }

    private String submitted() {
        var request = open();
        complete(request);
        submit(request);
        return request;
    }

    @Test
    void goesFromDraftToCollectedSecret() {
        OWNER.get(production).then().statusCode(404);
        var request = open();
        OWNER.get(request)
                .then()
                .statusCode(200)
                .body("state", equalTo("draft"))
                .body("environment", equalTo("production"))
                .body("metadata.redirect_uris", contains("https://app.supplier.co.uk/callback"))
                .body("errors", empty());
        OWNER.get(request + "/readiness")
                .then()
                .body("items.find { it.code == 'rules' }.state", equalTo("completed"))
                .body("items.find { it.code == 'conformance-reference' }.state", equalTo("not-started"));
        complete(request);
        submit(request);
        OWNER.get(request)
                .then()
                .body("submitted_at", notNullValue())
                .body("due_at", notNullValue())
                .body("risks", nullValue());
        OWNER.get(production).then().statusCode(404);
        approve(request);

        OWNER.get(production)
                .then()
                .statusCode(200)
                .body("client_id", matchesPattern("[0-9]{12}\\.apps\\.supplier"))
                .body("state", equalTo("active"))
                .body("client_secret", nullValue());
        OWNER.get(application + "/registrations").then().body("items.environment", hasItem("production"));
        OWNER.get(production + "/secrets").then().statusCode(200).body("items", empty());
        OWNER.get(request).then().body("secret_to_collect", equalTo(true));
        OWNER.post(production + "/secrets", Map.of()).then().statusCode(409);
        OPERATOR.post(production + "/secret-collection", Map.of()).then().statusCode(403);
        Api.as("viewer")
                .post(production + "/secret-collection", Map.of())
                .then()
                .statusCode(403);
        Api.as("other-owner")
                .post(production + "/secret-collection", Map.of())
                .then()
                .statusCode(404);

        Api.as("admin")
                .post(production + "/secret-collection", Map.of())
                .then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .header("Location", containsString("/secrets/"))
                .body("client_secret", matchesPattern("[0-9a-f-]{36}"))
                .body("client_id", matchesPattern("[0-9]{12}\\.apps\\.supplier"));
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(409);
        OWNER.get(request).then().body("secret_to_collect", equalTo(false));
        OWNER.get(production + "/secrets").then().body("items", hasSize(1));
        // Needs no review from then on.
        OWNER.post(production + "/secrets", Map.of()).then().statusCode(201);
        OWNER.get(production + "/revisions").then().statusCode(200).body("items", hasSize(1));
        OWNER.get(production + "/checks").then().statusCode(200);
    }

    @Test
    void saysHowReadyAnApplicationIsBeforeAnyRequest() {
        var readiness = application + "/readiness/production";
        OWNER.get(readiness)
                .then()
                .statusCode(200)
                .body("items.find { it.code == 'rules' }.state", equalTo("not-started"))
                .body("items.find { it.code == 'rules' }.blocking", equalTo(true));
        OWNER.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        OWNER.get(readiness)
                .then()
                .body("items.find { it.code == 'rules' }.state", equalTo("completed"))
                .body("items.find { it.code == 'second-owner' }.blocking", equalTo(false))
                .body("items.find { it.code == 'second-owner' }.detail", notNullValue());
        OWNER.get(application + "/readiness/integration").then().statusCode(404);
    }

    @Test
    void keepsWhatBreaksRulesWithItsErrors() {
        var broken = new HashMap<>(Api.metadata());
        broken.put("redirect_uris", List.of("https://app.supplier.co.uk/callback#top", "odd\u0000one"));
        var request = open(broken);
        OWNER.get(request)
                .then()
                .body("metadata.redirect_uris", contains("https://app.supplier.co.uk/callback#top", "odd\u0000one"))
                .body("errors.pointer", hasItem("/metadata/redirect_uris/0"))
                .body("errors.code", hasItems("redirect-uri-fragment", "redirect-uri-malformed"));
        OWNER.get(request + "/readiness").then().body("items.find { it.code == 'rules' }.state", equalTo("problem"));
        complete(request);
        OWNER.post(request + "/submission", Map.of())
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.code", hasItems("redirect-uri-fragment", "redirect-uri-malformed"));
        OWNER.get(request).then().body("state", equalTo("draft"));
    }

    @Test
    void refusesWhatIsTooLargeToKeepAndTellsTheTrailOnlyWhatChanged() {
        var tooLong = new HashMap<>(Api.metadata());
        tooLong.put("jwks_uri", "https://app.supplier.co.uk/" + "k".repeat(2_000));
        OWNER.put(production, tooLong, "If-None-Match: *")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/jwks_uri"))
                .body("errors.code", contains("uri-too-long"));
        var request = open();
        var tooMany = new HashMap<>(Api.metadata());
        tooMany.put("redirect_uris", java.util.Collections.nCopies(101, "https://a.supplier.co.uk/cb"));
        OWNER.put(request, Map.of("metadata", tooMany), match(request))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/metadata/redirect_uris"))
                .body("errors.code", contains("redirect-uri-too-many"));
        var edit = new HashMap<String, Object>(answers());
        edit.put("metadata", Api.metadata());
        OWNER.put(request, edit, match(request)).then().statusCode(200);
        OWNER.put(request, edit, match(request)).then().statusCode(200);
        var events = OWNER.get("/api/v1/audit-events?object=" + request.substring(request.lastIndexOf('/') + 1));
        events.then().body("items.act", contains("request-opened", "request-edited"));
        assertThat(events.<Map<String, Object>>path("items[1].after"))
                .containsEntry("changes", List.of())
                .extractingByKey("answers")
                .hasFieldOrPropertyWithValue("conformance_reference", "CONF-2026-17");
    }

    @Test
    void refusesWhatCannotBeRead() {
        OWNER.put(production, Map.of("colour", "blue", "redirect_uris", "x"), "If-None-Match: *")
                .then()
                .statusCode(422)
                .body("errors.code", hasItems("unknown-member", "wrong-type"));
        var request = open();
        OWNER.put(
                        request,
                        Map.of("metadata", Map.of("colour", "blue"), "size", 3, "note", 4, "state", "approved"),
                        match(request))
                .then()
                .statusCode(422)
                .body("errors.pointer", hasItems("/metadata/colour", "/size", "/note", "/state"))
                .body("errors.code", hasItems("unknown-member", "wrong-type", "read-only-member"));
        OWNER.put(request, Map.of("metadata", "all of it"), match(request))
                .then()
                .statusCode(422)
                .body("errors.code", contains("wrong-type"));
        OWNER.put(request, Map.of("note", "\u0000", "conformance_reference", ""), match(request))
                .then()
                .statusCode(422)
                .body("errors.code", contains("request-text-invalid", "request-reference-invalid"));
    }

    @Test
    void wantsReferencesOnSubmission() {
        var request = open();
        var tag = OWNER.get(request).header("ETag");
        OWNER.post(request + "/submission", Map.of())
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/conformance_reference", "/connection_agreement_reference"))
                .body("errors.code", hasItem("request-reference-required"));
        OWNER.get(request).then().header("ETag", tag);
    }

    @Test
    void opensOneAtATime() {
        var request = open();
        var id = request.substring(request.lastIndexOf('/') + 1);
        OWNER.put(production, Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(409)
                .body("detail", containsString(id));
        OWNER.put(production, Api.metadata(), "").then().statusCode(428);
        OWNER.put(production, Api.metadata(), "If-Match: \"1\"").then().statusCode(412);
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200).body("state", equalTo("withdrawn"));
        open();
    }

    @Test
    void guardsEditsByTheirTag() {
        var request = open();
        var tag = tag(request);
        OWNER.put(request, answers(), "").then().statusCode(428);
        OWNER.put(request, answers(), "If-Match: *").then().statusCode(428);
        OWNER.put(request, answers(), "If-Match: W/" + tag).then().statusCode(412);
        OWNER.put(request, answers(), "If-Match: " + tag)
                .then()
                .statusCode(200)
                .header("ETag", not(equalTo(tag)))
                .body("conformance_reference", equalTo("CONF-2026-17"))
                .body("metadata.redirect_uris", hasSize(1));
        OWNER.put(request, answers(), "If-Match: " + tag)
                .then()
                .statusCode(412)
                .body("detail", containsString("request itself"));
        OWNER.request()
                .header("If-None-Match", tag(request))
                .get(request)
                .then()
                .statusCode(304);
    }

    @Test
    void takesBackWhatItShowed() {
        var request = open();
        complete(request);
        var answer = OWNER.get(request);
        OWNER.put(request, answer.body().asString(), "If-Match: " + answer.header("ETag"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo(answer.header("ETag")));
        // Somebody has taken it and somebody has said something: nothing that the team could put right.
        var moved = OBJECTS.convertValue(answer.path(""), HashMap.class);
        moved.putAll(Map.of("assignee", "Somebody", "comments", List.of(), "team_name", "Before"));
        OWNER.put(request, moved, "If-Match: " + answer.header("ETag")).then().statusCode(200);
        for (var fixed : List.of("state", "client_id", "decided_by", "submitted_at", "due_at", "fields_to_change")) {
            var changed = new HashMap<>(moved);
            changed.put(fixed, "approved");
            OWNER.put(request, changed, "If-Match: " + answer.header("ETag"))
                    .then()
                    .statusCode(422)
                    .body("errors.pointer", contains("/" + fixed))
                    .body("errors.code", contains("read-only-member"));
        }
    }

    @Test
    void actsWithoutMembersTakeNone() {
        var request = open();
        for (var path : List.of(request + "/checks", request + "/submission", request + "/withdrawal")) {
            OWNER.post(path, Map.of("force", true))
                    .then()
                    .statusCode(422)
                    .body("errors.code", contains("unknown-member"));
            OWNER.request()
                    .contentType("text/plain")
                    .body("{}")
                    .post(path)
                    .then()
                    .statusCode(415);
        }
        OPERATOR.post(application + "/registrations/integration/restoration", Map.of("force", true))
                .then()
                .statusCode(422);
        Api.bare()
                .auth()
                .oauth2(Persons.accessToken("owner"))
                .post(request + "/withdrawal")
                .then()
                .statusCode(200);
    }

    @Test
    void movesItsTagWithWhatMattersAndNotWithComments() {
        var request = submitted();
        var tag = tag(request);
        OWNER.post(request + "/comments", Map.of("comment", "We go live on Monday."))
                .then()
                .statusCode(201)
                .header("Location", containsString(request + "/comments/"))
                .body("role", equalTo("owner"));
        OPERATOR.post(request + "/comments", Map.of("comment", "Noted.")).then().statusCode(201);
        OPERATOR.post(request + "/notes", Map.of("note", "Looks right.")).then().statusCode(201);
        OPERATOR.put(request + "/assignee", Map.of("assignee", "me"), "")
                .then()
                .statusCode(200)
                .body("assignee", equalTo("Opal Operator"));
        assertThat(tag(request)).isEqualTo(tag);
        OWNER.get(request + "/assignee").then().body("assignee", equalTo("Opal Operator"));
        OPERATOR.put(request + "/assignee", Map.of("assignee", "Opal Operator"), "")
                .then()
                .statusCode(200);
        OWNER.get(request + "/comments")
                .then()
                .body("items.comment", hasItems("We go live on Monday.", "Noted."))
                .body("items.kind", hasItems("opened", "submitted", "comment"))
                .body("items.kind", not(hasItem("note")));
        assertThat(OWNER.get(request).body().asString()).doesNotContain("Looks right");
        OPERATOR.get(request + "/notes").then().body("items.comment", contains("Looks right."));
        OPERATOR.put(request + "/assignee", Map.of("assignee", "nobody"), "")
                .then()
                .body("assignee", equalTo("nobody"));
        OPERATOR.put(request + "/assignee", Map.of("assignee", "the boss"), "")
                .then()
                .statusCode(422)
                .body("errors.code", contains("request-assignee-invalid"));
        OWNER.post(request + "/comments", Map.of("comment", "")).then().statusCode(422);
    }

    @Test
    void asksForChangesOnNamedFieldsAndTakesTheRequestAgain() {
        var request = submitted();
        OWNER.put(request, answers(), match(request)).then().statusCode(409);
        decide(OPERATOR, request, Map.of("outcome", "request-changes", "fields", List.of("redirect_uris")))
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("/comment"));
        decide(
                        OPERATOR,
                        request,
                        Map.of(
                                "outcome", "request-changes",
                                "comment", "Use your production host.",
                                "fields", List.of("redirect_uris")))
                .then()
                .statusCode(200)
                .body("state", equalTo("changes-requested"))
                .body("fields_to_change", contains("redirect_uris"));
        OWNER.get(production).then().statusCode(404);
        var better = new HashMap<String, Object>(answers());
        better.put(
                "metadata",
                Map.of(
                        "redirect_uris",
                        List.of("https://live.supplier.co.uk/callback"),
                        "token_endpoint_auth_method",
                        "client_secret_basic"));
        OWNER.put(request, better, match(request)).then().statusCode(200);
        submit(request);
        approve(request);
        OWNER.get(production).then().body("redirect_uris", contains("https://live.supplier.co.uk/callback"));
    }

    @Test
    void rejectsWithAReasonAndStaysRejected() {
        var request = submitted();
        decide(OPERATOR, request, Map.of("outcome", "reject", "comment", "No agreement."))
                .then()
                .statusCode(200)
                .body("state", equalTo("rejected"));
        decide(OPERATOR, request, Map.of("outcome", "approve")).then().statusCode(409);
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(409);
        OWNER.get(production).then().statusCode(404);
        OWNER.get(request + "/comments").then().body("items.comment", hasItem("No agreement."));
    }

    @Test
    void decidesOnlyAboutWhatWasRead() {
        var request = submitted();
        var approval = Map.of("outcome", "approve");
        OPERATOR.post(request + "/decision", approval).then().statusCode(428);
        var read = tag(request);
        decide(OPERATOR, request, Map.of("outcome", "request-changes", "comment", "Why so?"))
                .then()
                .statusCode(200);
        submit(request);
        OPERATOR.request()
                .header("If-Match", read)
                .body(approval)
                .post(request + "/decision")
                .then()
                .statusCode(412)
                .body("detail", containsString("request itself"));
        OWNER.get(request).then().body("state", equalTo("submitted"));
        decide(OPERATOR, request, Map.of("outcome", "perhaps")).then().statusCode(422);
    }

    @Test
    void changesWhatIsLiveThroughAnotherRequest() {
        approve(submitted());
        var live = OWNER.get(production);
        var changed = new HashMap<>(Api.metadata());
        changed.put(
                "redirect_uris", List.of("https://app.supplier.co.uk/callback", "https://app.supplier.co.uk/other"));
        changed.put("client_name", "Ward Round");
        OWNER.put(production, changed, "If-None-Match: *").then().statusCode(412);
        var request = OWNER.put(production, changed, "If-Match: " + live.header("ETag"))
                .then()
                .statusCode(202)
                .body("compared_with", equalTo("production"))
                .body("diff.field", contains("redirect_uris"))
                .body("conformance_reference", equalTo("CONF-2026-17"))
                .extract()
                .header("Location");
        submit(request);
        OWNER.get(production).then().body("redirect_uris", hasSize(1));
        approve(request);
        OWNER.get(production)
                .then()
                .body("redirect_uris", hasSize(2))
                .body("version", equalTo(2))
                .body("client_id", equalTo(live.path("client_id")));
        // The secret of the first approval still waits; this one owed none.
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(201);
        OWNER.post(production + "/secret-collection", Map.of()).then().statusCode(409);
    }

    /** Operators have nothing to decide about it; once it asks for something else, they have. */
    @Test
    void refusesToSubmitWhatIsRegisteredAlready() {
        approve(submitted());
        var request = OWNER.put(production, Api.metadata(), match(production))
                .then()
                .statusCode(202)
                .body("diff", empty())
                .extract()
                .header("Location");
        OWNER.post(request + "/submission", Map.of())
                .then()
                .statusCode(409)
                .body("code", equalTo("request-changes-nothing"))
                .body("detail", containsString("asks for exactly what is registered"));
        OWNER.get(request).then().body("state", equalTo("draft"));
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("userinfo_signed_response_alg", "RS256");
        var changed = new HashMap<String, Object>(answers());
        changed.put("metadata", metadata);
        OWNER.put(request, changed, match(request)).then().statusCode(200);
        submit(request);
    }

    /** Normal forms and defaults are no changes: nobody asked for them. */
    @Test
    void tellsNoDifferenceThatNobodyAskedFor() {
        var first = new HashMap<>(Api.metadata());
        first.put("client_name", "Caf\u00e9");
        first.put("backchannel_logout_uri", "https://keys.laboratory.co.uk/logout");
        var request = open(first);
        complete(request);
        submit(request);
        approve(request);
        var again = new HashMap<>(first);
        again.put("client_name", "Cafe\u0301");
        again.put("userinfo_signed_response_alg", "RS256");
        OWNER.put(production, again, match(production))
                .then()
                .statusCode(202)
                .body("diff.field", contains("userinfo_signed_response_alg"));
    }

    @Test
    void keepsTheRiskInTheQueueUpToDate() {
        var word = "w" + UUID.randomUUID().toString().replace("-", "");
        application = Api.newApplication("Ward " + word);
        production = application + "/registrations/production";
        var request = submitted();
        var id = request.substring(request.lastIndexOf('/') + 1);
        var queue = "/api/v1/requests?search=" + word + "&risk=";
        OPERATOR.get(queue + "medium").then().body("items.id", contains(id));
        OWNER.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        OPERATOR.post(request + "/checks", Map.of()).then().statusCode(200);
        OPERATOR.get(queue + "medium").then().body("items", empty());
        OPERATOR.get(queue + "none").then().body("items.id", contains(id));
    }

    @Test
    void listsByStateTeamAndEnvironment() {
        var request = submitted();
        var id = request.substring(request.lastIndexOf('/') + 1);
        OWNER.get("/api/v1/requests?limit=100").then().statusCode(200).body("items.id", hasItem(id));
        OWNER.get("/api/v1/requests?state=submitted&environment=production&team=" + Api.FIRST_TEAM)
                .then()
                .body("items.id", hasItem(id));
        OWNER.get("/api/v1/requests?state=draft&limit=100").then().body("items.id", not(hasItem(id)));
        OPERATOR.get("/api/v1/requests?state=submitted").then().body("items.id", hasItem(id));
        OPERATOR.get("/api/v1/requests?team=" + Api.OTHER_TEAM).then().body("items.id", not(hasItem(id)));
        Api.as("other-owner").get("/api/v1/requests").then().statusCode(200).body("items.id", not(hasItem(id)));
        Api.as("other-owner")
                .get("/api/v1/requests?team=" + Api.FIRST_TEAM)
                .then()
                .statusCode(200)
                .body("items", empty());
        for (var query : List.of(
                "state=open",
                "team=x",
                "environment=moon",
                "colour=blue",
                "cursor=x",
                "cursor=MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAwKzEwMDAwLTAxLTAxVDAwOjAwOjAwWg",
                "limit=0")) {
            OWNER.get("/api/v1/requests?" + query).then().statusCode(400);
        }
    }

    @Test
    void goesThroughItsListPageByPage() {
        for (int i = 0; i < 3; i++) {
            OWNER.post(open() + "/withdrawal", Map.of()).then().statusCode(200);
        }
        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var page = OWNER.get("/api/v1/requests?limit=1&state=withdrawn" + cursor);
            seen.addAll(page.path("items.id"));
            cursor = page.path("next_cursor") == null ? null : "&cursor=" + page.path("next_cursor");
        } while (cursor != null);
        List<String> all =
                OWNER.get("/api/v1/requests?limit=100&state=withdrawn").path("items.id");
        assertThat(seen).isEqualTo(all).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }

    @Test
    void hidesARequestFromOtherTeamsAsIfThereWereNone() {
        var request = open();
        var unknown = "/api/v1/requests/" + UUID.randomUUID();
        var other = Api.as("other-owner");
        for (var path : List.of("", "/comments")) {
            var foreign =
                    other.get(request + path).then().statusCode(404).extract().path("detail");
            assertThat(foreign).isEqualTo(other.get(unknown + path).path("detail"));
        }
        other.post(request + "/submission", Map.of()).then().statusCode(404);
        other.post(request + "/comments", Map.of("comment", "Hello")).then().statusCode(404);
        Api.as("viewer").get(request).then().statusCode(200);
        Api.as("viewer")
                .post(request + "/comments", Map.of("comment", "Hello"))
                .then()
                .statusCode(403);
    }

    @Test
    void opensNothingInProductionByAnotherWay() {
        OWNER.put(application + "/registrations/mock", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(404);
        OWNER.put(application + "/registrations/moon", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(404);
        OWNER.get(production).then().statusCode(404);
    }

    @Test
    void isClosedBeforeItsApplicationGoes() {
        var request = submitted();
        var tag = OWNER.get(application).header("ETag");
        OWNER.delete(application, "If-Match: " + tag)
                .then()
                .statusCode(409)
                .body("detail", containsString(request.substring(request.lastIndexOf('/') + 1)));
        var page = application.replace("/api/v1", "") + "/deletion";
        assertThat(Persons.get(Persons.browser("owner"), page).body())
                .contains("Withdraw it first")
                .doesNotContain("cannot be undone");
        OWNER.post(request + "/withdrawal", Map.of()).then().statusCode(200);
        OWNER.delete(application, "If-Match: " + tag).then().statusCode(204);
        OWNER.get(request).then().statusCode(404);
        OPERATOR.get(request).then().statusCode(404);
    }
}
