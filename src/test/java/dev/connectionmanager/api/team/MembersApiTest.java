package dev.connectionmanager.api.team;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.mail.LetterWriter;
import dev.connectionmanager.mail.Mail;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Teams, members and requests for access through the REST API. Every test has a team of its own. */
@PortalTest
class MembersApiTest {
    private static final Api OPERATOR = Api.as("operator");
    private static final Api OWNER = Api.as("owner");
    private static final Api NEWCOMER = Api.as("newcomer");

    private final String id = UUID.randomUUID().toString();
    private final String team = "/api/v1/teams/" + id;
    private final String members = team + "/members";

    @Inject
    EntityManager entities;

    @Inject
    Outbox outbox;

    @Inject
    LetterWriter writer;

    /** Other tests know the newcomer as somebody of no team. */
    @AfterEach
    void sendTheNewcomerHome() {
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("delete from member where subject = 'local-newcomer'")
                        .executeUpdate());
    }

    @Test
    void operatorGivesAccessAndTheInvitedOwnerComesIn() {
        create("owner@local.example")
                .then()
                .statusCode(201)
                .header("Location", team)
                .header("ETag", "\"0\"")
                .body("team_id", equalTo(id))
                .body("name", equalTo("New Supplier"))
                .body("categories", contains("supplier", "local"));
        create("owner@local.example").then().statusCode(409);
        OPERATOR.get(members)
                .then()
                .body("items", hasSize(1))
                .body("items[0].state", equalTo("invited"))
                .body("items[0].role", equalTo("owner"))
                .body("items[0].name", nullValue());
        OWNER.get(team).then().statusCode(404);
        var invitation = "items.find { it.team_id == '" + id + "' }";
        OWNER.get("/api/v1/invitations?limit=100")
                .then()
                .body(invitation + ".team_name", equalTo("New Supplier"))
                .body(invitation + ".role", equalTo("owner"))
                .body(invitation + ".state", equalTo("invited"));
        var acceptance = "/api/v1/invitations/" + ownId("owner@local.example") + "/acceptance";
        Api.as("other-owner").post(acceptance, "").then().statusCode(404);
        OPERATOR.post(acceptance, "").then().statusCode(404);
        OWNER.post(acceptance, "")
                .then()
                .statusCode(200)
                .body("team_id", equalTo(id))
                .body("state", equalTo("joined"));
        OWNER.post(acceptance, "").then().statusCode(409).body("code", equalTo("member-already"));
        OWNER.get("/api/v1/invitations").then().body("items.team_id", not(hasItems(id)));
        OWNER.get(team).then().statusCode(200);
        OWNER.get(members)
                .then()
                .body("items[0].state", equalTo("joined"))
                .body("items[0].name", equalTo("Olivia Owner"));
        Api.as("other-owner").get(team).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "team_id|x|team-id-invalid",
                "team_id|00000000-0000-0000-0000-000000000000|team-id-invalid",
                "name||team-name-invalid",
                "owner_email|nobody|email-address-invalid",
                "surprise|x|unknown-member"
            })
    void refusesWhatBreaksARule(String member, String value, String code) {
        var body = new HashMap<String, Object>(team("owner@local.example"));
        body.put(member, value);
        OPERATOR.post("/api/v1/teams", body)
                .then()
                .statusCode(422)
                .body("errors.code", contains(code))
                .body("errors.pointer", contains("/" + member));
    }

    @Test
    void namesAreTheOwnersBusinessAndCategoriesTheOperators() {
        joined();
        OWNER.patch(team, Map.of("name", "Renamed"), "If-Match: \"0\"")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("name", equalTo("Renamed"));
        OWNER.patch(team, Map.of("name", "x"), "").then().statusCode(428);
        OWNER.patch(team, Map.of("name", "x"), "If-Match: \"0\"").then().statusCode(412);
        OWNER.patch(team, Map.of("categories", List.of("national")), "If-Match: \"1\"")
                .then()
                .statusCode(403);
        OPERATOR.patch(team, Map.of("name", "x"), "If-Match: \"1\"").then().statusCode(403);
        OPERATOR.patch(team, Map.of("categories", List.of("national")), "If-Match: \"1\"")
                .then()
                .statusCode(200)
                .body("categories", contains("national"))
                .body("name", equalTo("Renamed"));
        OWNER.patch(team, Map.of("team_id", UUID.randomUUID().toString()), "If-Match: \"2\"")
                .then()
                .statusCode(422)
                .body("errors.code", contains("read-only-member"));
        OWNER.patch(team, OWNER.get(team).as(Map.class), "If-Match: \"2\"")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        OWNER.request().header("If-None-Match", "\"2\"").get(team).then().statusCode(304);
        Api.as("other-owner")
                .patch(team, Map.of("name", "x"), "If-Match: \"2\"")
                .then()
                .statusCode(404);
    }

    @Test
    void invitesChangesAndRemoves() {
        joined();
        var invited = invite("NewComer@local.example", "viewer");
        invited.then()
                .statusCode(201)
                .header("Location", matchesPattern(members + "/[0-9a-f-]{36}"))
                .body("email", equalTo("NewComer@local.example"))
                .body("state", equalTo("invited"));
        invite("newcomer@LOCAL.example", "admin").then().statusCode(409);
        var member = invited.header("Location");
        NEWCOMER.get(team).then().statusCode(404);
        Invitees.accept("newcomer");
        NEWCOMER.get(team).then().statusCode(200);
        NEWCOMER.get(member).then().body("state", equalTo("joined")).body("name", equalTo("Nora Newcomer"));
        NEWCOMER.delete(members + "/" + ownId("owner@local.example"), "").then().statusCode(403);
        OWNER.patch(member, Map.of("role", "admin"), "").then().statusCode(200).body("role", equalTo("admin"));
        OWNER.patch(member, OWNER.get(member).as(Map.class), "").then().statusCode(200);
        OWNER.patch(member, Map.of("email", "x@local.example"), "")
                .then()
                .statusCode(422)
                .body("errors.code", contains("read-only-member"));
        OWNER.patch(member, Map.of("role", "king"), "")
                .then()
                .statusCode(422)
                .body("errors.code", contains("member-role-invalid"));
        OWNER.post(member + "/invitation", "").then().statusCode(409);
        OWNER.delete(member, "").then().statusCode(204);
        OWNER.delete(member, "").then().statusCode(404);
        NEWCOMER.get(team).then().statusCode(404);
        NEWCOMER.get(member).then().statusCode(404);
    }

    @Test
    void whoeverIsInvitedMayDecline() {
        joined();
        var member = invite("newcomer@local.example", "viewer").header("Location");
        var refusal = "/api/v1/invitations/" + member.substring(member.lastIndexOf('/') + 1) + "/refusal";
        Api.as("other-owner").post(refusal, "").then().statusCode(404);
        NEWCOMER.post(refusal, "").then().statusCode(204);
        assertThat(mail("invitation-declined").recipient()).isEqualTo("owner@local.example");
        assertThat(letter("invitation-declined"))
                .contains("newcomer@local.example has declined", "be viewer of the team", team.replace("/api/v1", ""));
        NEWCOMER.post(refusal, "").then().statusCode(404);
        NEWCOMER.get("/api/v1/invitations").then().body("items.team_id", not(hasItem(lastPart(team))));
        OWNER.get(member).then().statusCode(404);
        OWNER.get("/api/v1/audit-events?act=invitation-declined&team=" + lastPart(team))
                .then()
                .body("items.actor_name", contains("Nora Newcomer"))
                .body("items[0].before.email", equalTo("newcomer@local.example"));
        invite("newcomer@local.example", "viewer").then().statusCode(201);
        Invitees.accept("newcomer");
        NEWCOMER.post(refusal, "").then().statusCode(404);
    }

    /** Addresses of pages end up in histories and logs: they have nobody's email address. */
    @Test
    void theNextPageOfMembersIsAtAnAddressThatTellsNothing() {
        joined();
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery(
                        "insert into member (id, team_id, email, address, role, created_at, version)"
                                + " select gen_random_uuid(), '" + id + "', a, a, 'VIEWER', now(), 0"
                                + " from (select 'a' || n || '@many.example' a from generate_series(100, 160) n) s")
                .executeUpdate());
        var page = members.replace("/api/v1", "");
        var browser = Persons.browser("owner");
        var next = Pattern.compile("href=\"" + page + "\\?cursor=([^\"]+)\" rel=\"next\"")
                .matcher(Persons.get(browser, page).body());
        assertThat(next.find()).isTrue();
        var cursor = next.group(1);
        assertThat(new String(java.util.Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1))
                .doesNotContain("@many", "example");
        assertThat(Persons.get(browser, page + "?cursor=" + cursor).body())
                .contains("a160@many.example")
                .doesNotContain("a100@many.example");
        assertThat(Persons.get(browser, page + "?cursor=" + cursor.substring(2)).statusCode())
                .isEqualTo(404);
        assertThat(Persons.get(browser, "/teams/" + Api.FIRST_TEAM + "/members?cursor=" + cursor)
                        .statusCode())
                .as("of another team")
                .isEqualTo(404);
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** What a member made goes on working without them, unless whoever removes or demotes them ends it in the same act. */
    @Test
    void namesTheCredentialsOfWhoGoesAndEndsThemInTheSameAct() {
        joined();
        var member = invite("newcomer@local.example", "admin").header("Location");
        Invitees.accept("newcomer");
        var first = credential("Left behind");
        var page = member.replace("/api/v1", "");
        assertThat(Persons.get(Persons.browser("owner"), page + "/role").body())
                .contains("Left behind", "Revoke these API credentials as well");
        assertThat(Persons.get(Persons.browser("owner"), page + "/removal").body())
                .contains("Left behind");
        OWNER.get(member + "/api-credentials").then().body("items.name", contains("Left behind"));
        OWNER.patch(member, Map.of("role", "viewer"), "").then().statusCode(200);
        assertThat(letter("member-role-changed")).contains("go on working", "Left behind");
        first.get(team).then().statusCode(200);
        OWNER.patch(member + "?revoke_credentials=perhaps", Map.of("role", "admin"), "")
                .then()
                .statusCode(400);
        OWNER.patch(member + "?revoke_credentials=true", Map.of("role", "admin"), "")
                .then()
                .statusCode(200);
        first.get(team).then().statusCode(401);

        var second = credential("Ended with them");
        OWNER.delete(member + "?revoke_credentials=true", "").then().statusCode(204);
        assertThat(letter("member-removed")).contains("were revoked", "Ended with them");
        second.get(team).then().statusCode(401);
        OWNER.get(team + "/api-credentials").then().body("items", hasSize(0));
        assertThat(acts().toString()).contains("api-credential-revoked");
    }

    @Test
    void aFormRemovesWithTheCredentials() {
        joined();
        var member = invite("newcomer@local.example", "admin").header("Location");
        Invitees.accept("newcomer");
        var script = credential("By form");
        Persons.post(Persons.browser("owner"), member.replace("/api/v1", "") + "/removal", "revoke_credentials", "yes");
        script.get(team).then().statusCode(401);
    }

    @Test
    void aFormDemotesWithTheCredentialsWhereThatIsTicked() {
        joined();
        var member = invite("newcomer@local.example", "admin").header("Location");
        Invitees.accept("newcomer");
        var script = credential("Ticked");
        var owner = Persons.browser("owner");
        var page = member.replace("/api/v1", "") + "/role";
        assertThat(Persons.get(owner, page).body())
                .contains("name=\"revoke_credentials\" type=\"checkbox\" value=\"yes\">");
        var refused = Persons.post(owner, page, "tag", "\"0\"", "role", "viewer", "revoke_credentials", "yes");
        assertThat(Persons.refused(refused)).as("of another version").isTrue();
        assertThat(refused.body())
                .as("what was ticked stays so")
                .contains("name=\"revoke_credentials\" type=\"checkbox\" value=\"yes\" checked>");
        script.get(team).then().statusCode(200);
        Persons.post(owner, page, "tag", tag(page, owner), "role", "viewer");
        script.get(team).then().statusCode(200);
        Persons.post(owner, page, "tag", tag(page, owner), "role", "viewer", "revoke_credentials", "yes");
        script.get(team).then().statusCode(401);
        OWNER.get(member).then().body("role", equalTo("viewer"));
    }

    private static String tag(String page, HttpClient person) {
        var tag = Pattern.compile("name=\"tag\" value=\"([^\"]+)\"")
                .matcher(Persons.get(person, page).body());
        assertThat(tag.find()).isTrue();
        return tag.group(1).replace("&quot;", "\"");
    }

    private Api credential(String name) {
        return Api.with(NEWCOMER.post(team + "/api-credentials", Map.of("name", name, "scope", "read"))
                .then()
                .statusCode(201)
                .extract()
                .path("token"));
    }

    private String letter(String code) {
        return writer.write(mail(code).letter()).text();
    }

    private Mail mail(String code) {
        return QuarkusTransaction.requiringNew().call(() -> outbox.latest(200).stream()
                .filter(mail -> mail.letter().code().equals(code)
                        && id.equals(String.valueOf(mail.letter().teamId())))
                .findFirst()
                .orElseThrow());
    }

    private List<?> acts() {
        return entities.createNativeQuery("select act from audit_entry where team_id = '" + id + "'", String.class)
                .getResultList();
    }

    @Test
    void aMemberLeaves() {
        joined();
        var own = invite("newcomer@local.example", "viewer").header("Location");
        NEWCOMER.get(team).then().statusCode(404);
        Invitees.accept("newcomer");
        NEWCOMER.get(team).then().statusCode(200);
        NEWCOMER.delete(own, "").then().statusCode(204);
        NEWCOMER.get(team).then().statusCode(404);
    }

    @Test
    void theLastOwnerStays() {
        joined();
        OWNER.get(team).then().statusCode(200);
        var own = members + "/" + ownId("owner@local.example");
        invite("nobody-yet@local.example", "owner").then().statusCode(201);
        OWNER.delete(own, "").then().statusCode(409);
        OWNER.patch(own, Map.of("role", "admin"), "").then().statusCode(409);
        invite("newcomer@local.example", "owner").then().statusCode(201);
        NEWCOMER.get(team).then().statusCode(404);
        Invitees.accept("newcomer");
        NEWCOMER.get(team).then().statusCode(200);
        OWNER.patch(own, Map.of("role", "admin"), "").then().statusCode(200);
        OWNER.patch(own, Map.of("role", "owner"), "").then().statusCode(403);
        NEWCOMER.delete(members + "/" + ownId("newcomer@local.example"), "")
                .then()
                .statusCode(409);
    }

    @Test
    void anotherTeamsMemberIsAnUnknownOne() {
        joined();
        var elsewhere = Api.as("other-owner")
                .get("/api/v1/teams/" + Api.OTHER_TEAM + "/members")
                .<String>path("items[0].id");
        for (var unknown : List.of(elsewhere, UUID.randomUUID().toString(), "x")) {
            OWNER.get(members + "/" + unknown).then().statusCode(404);
            OWNER.patch(members + "/" + unknown, Map.of("role", "viewer"), "")
                    .then()
                    .statusCode(404);
            OWNER.delete(members + "/" + unknown, "").then().statusCode(404);
        }
        Api.as("other-owner")
                .get("/api/v1/teams/" + Api.OTHER_TEAM + "/members/" + elsewhere)
                .then()
                .statusCode(200);
    }

    @Test
    void membersAreListedInPages() {
        joined();
        OWNER.get(team);
        for (var name : List.of("c", "a", "b")) {
            invite(name + "@supplier.example", "viewer");
        }
        var first = OWNER.get(members + "?limit=3");
        first.then().body("items.email", contains("a@supplier.example", "b@supplier.example", "c@supplier.example"));
        OWNER.request()
                .queryParam("cursor", first.<String>path("next_cursor"))
                .get(members)
                .then()
                .body("items.email", contains("owner@local.example"))
                .body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role=owner",
                "limit=0",
                "cursor=x",
                "sort=email",
                "cursor=NWYyYzdmM2UtNmE1MS00YzY0LTliOGUtMGQ2YTFmMGMxYTExAA"
            })
    void refusesOddQueries(String query) {
        joined();
        OWNER.get(members + "?" + query).then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void newcomerAsksAndAnOperatorDecides() {
        var asked = ask(NEWCOMER, id);
        asked.then()
                .statusCode(201)
                .header("Location", matchesPattern("/api/v1/team-requests/[0-9a-f-]{36}"))
                .body("state", equalTo("pending"))
                .body("requested_by", equalTo("Nora Newcomer"));
        var request = asked.header("Location");
        Api.as("owner").get(request).then().statusCode(404);
        NEWCOMER.post(request + "/decision", Map.of("outcome", "accept")).then().statusCode(403);
        OPERATOR.get("/api/v1/team-requests?state=pending&limit=100").then().body("items.team_id", hasItems(id));
        OPERATOR.post(request + "/decision", Map.of("outcome", "decline"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("reason-invalid"));
        OPERATOR.post(request + "/decision", Map.of("outcome", "accept"))
                .then()
                .statusCode(200)
                .body("state", equalTo("accepted"))
                .body("decided_at", notNullValue());
        OPERATOR.post(request + "/decision", Map.of("outcome", "decline", "reason", "Late"))
                .then()
                .statusCode(409);
        NEWCOMER.get(members)
                .then()
                .body("items[0].role", equalTo("owner"))
                .body("items[0].state", equalTo("joined"))
                .body("items[0].email", equalTo("newcomer@local.example"));
        NEWCOMER.get(request).then().body("state", equalTo("accepted"));
    }

    @Test
    void aDeclinedTeamCanBeAskedForAgain() {
        var request = ask(NEWCOMER, id).header("Location");
        OPERATOR.post(request + "/decision", Map.of("outcome", "decline", "reason", "Which organisation is this?"))
                .then()
                .statusCode(200)
                .body("state", equalTo("declined"));
        NEWCOMER.get(request).then().body("reason", equalTo("Which organisation is this?"));
        NEWCOMER.get(team).then().statusCode(404);
        var again = ask(NEWCOMER, id);
        again.then().statusCode(201);
        decline(again.header("Location"));
    }

    @Test
    void operatorsDecideOnOthersRequestsAlone() {
        var request = ask(OPERATOR, id).header("Location");
        OPERATOR.post(request + "/decision", Map.of("outcome", "accept"))
                .then()
                .statusCode(403)
                .body("detail", containsString("Another operator"));
        var page = "/review/" + request.replace("/api/v1/", "");
        assertThat(Persons.get(Persons.browser("operator"), page).body())
                .contains("Another operator decides")
                .doesNotContain("Your decision");
        assertThat(Persons.get(Persons.browser("operator2"), page).body())
                .contains("Your decision", "whoever asked becomes its owner");
        Api.as("operator2")
                .post(request + "/decision", Map.of("outcome", "decline", "reason", "Test"))
                .then()
                .statusCode(200);
    }

    /** Neither says which of the two it is. */
    @Test
    void aTeamThatExistsIsRefusedAsOneThatIsAskedForByAnother() {
        create("owner@local.example");
        var exists = ask(NEWCOMER, id);
        var other = UUID.randomUUID().toString();
        var request = ask(Api.as("viewer"), other).header("Location");
        var pending = ask(NEWCOMER, other.toUpperCase());
        assertThat(exists.statusCode()).isEqualTo(409);
        assertThat(pending.statusCode()).isEqualTo(409);
        assertThat(exists.<String>path("detail")).isEqualTo(pending.path("detail"));
        decline(request);
    }

    @Test
    void operatorNamesAnOwnerAndNeverThemselves() {
        create("gone@supplier.example");
        OPERATOR.post(team + "/owners", Map.of("email", "newcomer@local.example"))
                .then()
                .statusCode(422)
                .body("errors.code", contains("reason-invalid"));
        OPERATOR.post(team + "/owners", Map.of("email", "Operator@local.example", "reason", "Mine"))
                .then()
                .statusCode(409);
        OPERATOR.post(team + "/owners", Map.of("email", "newcomer@local.example", "reason", "The owner left"))
                .then()
                .statusCode(201)
                .body("role", equalTo("owner"));
        NEWCOMER.get(team).then().statusCode(404);
        Invitees.accept("newcomer");
        NEWCOMER.get(team).then().statusCode(200);
    }

    private Response create(String owner) {
        return OPERATOR.post("/api/v1/teams", team(owner));
    }

    private void joined() {
        create("owner@local.example").then().statusCode(201);
        Invitees.accept("owner");
    }

    private Map<String, Object> team(String owner) {
        return Map.of(
                "team_id",
                id,
                "name",
                "New Supplier",
                "categories",
                List.of("local", "supplier"),
                "owner_email",
                owner);
    }

    private Response invite(String email, String role) {
        OWNER.get(team);
        return OWNER.post(members, Map.of("email", email, "role", role));
    }

    private String ownId(String email) {
        return OPERATOR.get(members + "?limit=100").path("items.find { it.email == '" + email + "' }.id");
    }

    private static Response ask(Api who, String teamId) {
        var body = new HashMap<>(Api.teamRequest());
        body.put("team_id", teamId);
        return who.post("/api/v1/team-requests", body);
    }

    private static void decline(String request) {
        OPERATOR.post(request + "/decision", Map.of("outcome", "decline", "reason", "Test"))
                .then()
                .statusCode(200);
    }
}
