package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators have suspended does not come back as another client of the same team, whichever way round is tried. */
@PortalTest
class SuspendedClientsApiTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");
    private static final String INTEGRATION = "/registrations/integration";

    /** Of each test its own, so that it finds its own letters. */
    private final String host = "s" + UUID.randomUUID() + ".supplier.co.uk";

    private final String callback = "https://" + host + "/callback";
    private String application;

    @Inject
    Sql sql;

    @BeforeEach
    void suspend() {
        application = registered("Suspended", callback);
        suspension(application + INTEGRATION);
    }

    @AfterEach
    void resume() {
        OPERATOR.delete(application + INTEGRATION + "/suspension", "");
    }

    @Test
    void isNotDeletedNorItsApplication() {
        refused(delete(OWNER, application + INTEGRATION));
        refused(delete(OWNER, application));
        assertThat(letters("suspended-deletion-refused")).isEqualTo(1);
        assertThat(acts("suspended-deletion-refused")).isEqualTo(1);
        assertThat(letters("suspended-application-deletion-refused")).isEqualTo(1);
        assertThat(acts("suspended-application-deletion-refused")).isEqualTo(1);
        var page = application.replace("/api/v1", "") + INTEGRATION + "/deletion";
        var tag = OWNER.get(application + INTEGRATION).header("ETag");
        assertThat(Persons.post(Persons.browser("owner"), page, "tag", tag).body())
                .contains("Operators have suspended this client");
        OWNER.get(application + INTEGRATION).then().body("state", equalTo("suspended"));
    }

    @Test
    void noOtherApplicationOfTheTeamRegistersItsAddresses() {
        var other = Api.newApplication("Another");
        for (var spelled : List.of(callback, callback + "/")) {
            refused(put(OWNER, other, spelled)).body("detail", containsString(spelled));
        }
        refused(put(Api.with(Credentials.token("credential-write")), other, callback));
        // As another kind of address, too.
        var logout = metadata("https://elsewhere-" + host + "/callback");
        logout.put("backchannel_logout_uri", callback);
        refused(OWNER.put(other + INTEGRATION, logout, "If-None-Match: *"));
        assertThat(letters("suspended-address-refused")).isEqualTo(4);
        assertThat(acts("suspended-address-refused")).isEqualTo(4);
        OWNER.get(other + INTEGRATION).then().statusCode(404);
        // By a change of what is registered already.
        put(OWNER, other, "https://elsewhere-" + host + "/callback").then().statusCode(201);
        refused(OWNER.put(
                other + INTEGRATION,
                metadata("https://elsewhere-" + host + "/callback", callback),
                "If-Match: " + OWNER.get(other + INTEGRATION).header("ETag")));
        // Elsewhere it is not suspended, and another team is another one.
        OWNER.put(other + "/registrations/deployment", metadata(callback), "If-None-Match: *")
                .then()
                .statusCode(201);
        put(Api.as("other-owner"), ofOtherTeam(), callback).then().statusCode(201);
        OPERATOR.delete(application + INTEGRATION + "/suspension", "").then().statusCode(204);
        OWNER.put(
                        other + INTEGRATION,
                        metadata(callback),
                        "If-Match: " + OWNER.get(other + INTEGRATION).header("ETag"))
                .then()
                .statusCode(200);
    }

    @Test
    void norByADraft() {
        var other = Api.newApplication("By a draft").replace("/api/v1", "") + INTEGRATION;
        var owner = Persons.browser("owner");
        Persons.post(owner, other + "/draft");
        Persons.post(owner, other + "/draft/redirect-uris", "redirect_uris", callback);
        Persons.post(owner, other + "/draft/authentication", "token_endpoint_auth_method", "client_secret_basic");
        var ids = Pattern.compile(
                        "name=\"draft\" value=\"([^\"]+)\"><input type=\"hidden\" name=\"tag\" value=\"([^\"]+)\"")
                .matcher(Persons.get(owner, other + "/draft/check").body());
        assertThat(ids.find()).isTrue();
        var answer = Persons.post(owner, other + "/draft/registration", "draft", ids.group(1), "tag", ids.group(2));
        assertThat(answer.body()).contains("operators have suspended", callback);
        OWNER.get("/api/v1" + other).then().statusCode(404);
    }

    /** Who changes its addresses first has not given them back. */
    @Test
    void norAfterItsAddressesWereChanged() {
        OWNER.put(
                        application + INTEGRATION,
                        metadata("https://new-" + host + "/callback"),
                        "If-Match: " + OWNER.get(application + INTEGRATION).header("ETag"))
                .then()
                .statusCode(200)
                .body("state", equalTo("suspended"));
        var other = Api.newApplication("After a change");
        refused(put(OWNER, other, callback));
        refused(put(OWNER, other, "https://new-" + host + "/callback"));
    }

    /** What an earlier version let the team delete. */
    @Test
    void norAfterItWasDeleted() {
        var id = application.substring(application.lastIndexOf('/') + 1);
        sql.execute("update registration set deleted_at = now() where application_id = '" + id + "'");
        refused(put(OWNER, application, callback));
        sql.execute(
                "update registration set deleted_at = now() - interval '31 days' where application_id = '" + id + "'");
        put(OWNER, application, callback).then().statusCode(201);
    }

    @Test
    void whatHadTheAddressBeforeKeepsIt() {
        OPERATOR.delete(application + INTEGRATION + "/suspension", "").then().statusCode(204);
        var other = registered("Had it before", callback);
        suspension(application + INTEGRATION);
        OWNER.put(
                        other + INTEGRATION,
                        metadata(callback, "https://elsewhere-" + host + "/callback"),
                        "If-Match: " + OWNER.get(other + INTEGRATION).header("ETag"))
                .then()
                .statusCode(200);
    }

    @Test
    void anotherAddressOnItsHostIsRegisteredAndTold() {
        var other = Api.newApplication("Beside it");
        put(OWNER, other, "https://" + host + "/other").then().statusCode(201);
        assertThat(letters("suspended-host-registered")).isEqualTo(1);
        assertThat(acts("suspended-host-registered")).isEqualTo(1);
        OWNER.put(
                        other + INTEGRATION,
                        metadata("https://" + host + "/other", "https://" + host + ":8443/third"),
                        "If-Match: " + OWNER.get(other + INTEGRATION).header("ETag"))
                .then()
                .statusCode(200);
        assertThat(letters("suspended-host-registered")).isEqualTo(2);
    }

    @Test
    void itsApplicationStaysWithItsTeam() {
        refused(OWNER.post(application + "/handover", Map.of("team_id", Api.OTHER_TEAM)));
        assertThat(letters("suspended-handover-refused")).isEqualTo(1);
        assertThat(acts("suspended-handover-refused")).isEqualTo(1);
        OPERATOR.delete(application + INTEGRATION + "/suspension", "").then().statusCode(204);
        String offer = OWNER.post(application + "/handover", Map.of("team_id", Api.OTHER_TEAM))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        suspension(application + INTEGRATION);
        refused(decide("other-owner", Api.OTHER_TEAM, offer, "accept"));
        assertThat(letters("suspended-handover-refused")).isEqualTo(2);
        OWNER.get(application).then().statusCode(200);
        decide("other-owner", Api.OTHER_TEAM, offer, "decline").then().statusCode(204);
    }

    /** As many as tell that somebody insists; a loop does not fill the operators' mailbox. */
    @Test
    void operatorsAreToldSoOftenAnHour() {
        for (int i = 0; i < 32; i++) {
            refused(delete(OWNER, application));
        }
        assertThat(letters("suspended-application-deletion-refused")).isBetween(30L, 31L);
        // Of one that is shown that deletion is refused, nobody is told.
        Persons.get(Persons.browser("owner"), application.replace("/api/v1", "") + "/deletion");
        Persons.get(Persons.browser("owner"), application.replace("/api/v1", ""));
        assertThat(acts("suspended-application-deletion-refused")).isBetween(30L, 31L);
    }

    @Test
    void norDoesItsAddressComeByAHandover() {
        var theirs = ofOtherTeam();
        put(Api.as("other-owner"), theirs, callback).then().statusCode(201);
        String offer = Api.as("other-owner")
                .post(theirs + "/handover", Map.of("team_id", Api.FIRST_TEAM))
                .path("id");
        refused(decide("owner", Api.FIRST_TEAM, offer, "accept"));
        assertThat(letters("suspended-address-refused")).isEqualTo(1);
        Api.as("other-owner").get(theirs).then().statusCode(200);
    }

    @Test
    void norByARequestForProduction() {
        var live = Api.newApplication("Live");
        OWNER.put(live + INTEGRATION, metadata("https://live-" + host + "/callback"), "If-None-Match: *")
                .then()
                .statusCode(201);
        // In production a client is issued by review; here only that it is suspended matters.
        var id = live.substring(live.lastIndexOf('/') + 1);
        sql.execute("update registration set environment = 'production' where application_id = '" + id + "'");
        var production = live + "/registrations/production";
        var asked = requested("https://live-" + host + "/callback");
        suspension(production);
        refused(OWNER.post(asked + "/submission", Map.of()));
        OPERATOR.delete(production + "/suspension", "").then().statusCode(204);
        OWNER.post(asked + "/submission", Map.of()).then().statusCode(200);
        suspension(production);
        refused(OPERATOR.request()
                .header("If-Match", OPERATOR.get(asked).header("ETag"))
                .body(Map.of("outcome", "approve"))
                .post(asked + "/decision"));
        OPERATOR.get(asked).then().body("state", equalTo("submitted"));
        OPERATOR.delete(production + "/suspension", "").then().statusCode(204);
    }

    @Test
    void atOnceOneWaitsForTheOther() throws Exception {
        OPERATOR.delete(application + INTEGRATION + "/suspension", "").then().statusCode(204);
        for (int i = 0; i < 5; i++) {
            var uri = "https://" + host + "/" + i;
            var first = registered("First of two", uri);
            var other = Api.newApplication("Other of two");
            var statuses = AtOnce.each(
                    n -> () -> n == 0
                            ? OPERATOR.put(first + INTEGRATION + "/suspension", Map.of("reason", "Leaked"), "")
                                    .statusCode()
                            : put(OWNER, other, uri).statusCode(),
                    2);
            var second = OWNER.get(other + INTEGRATION).statusCode();
            assertThat(statuses).isIn(List.of(200, 409), List.of(200, 201));
            assertThat(second).isEqualTo(statuses.get(1) == 201 ? 200 : 404);
            OPERATOR.delete(first + INTEGRATION + "/suspension", "");
        }
    }

    private String requested(String redirectUri) {
        var request = OWNER.put(
                        Api.newApplication("Asks for it") + "/registrations/production",
                        metadata(redirectUri),
                        "If-None-Match: *")
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
        return request;
    }

    private static Response decide(String owner, String team, String offer, String outcome) {
        return Api.as(owner)
                .post(
                        "/api/v1/teams/" + team + "/handovers/" + offer + "/decision",
                        Map.of("outcome", outcome, "contacts", List.of()));
    }

    private static io.restassured.response.ValidatableResponse refused(Response answer) {
        return answer.then().statusCode(409).body("code", equalTo("suspended"));
    }

    private static void suspension(String registration) {
        OPERATOR.put(registration + "/suspension", Map.of("reason", "Leaked"), "")
                .then()
                .statusCode(200);
    }

    private static Response delete(Api as, String path) {
        return as.delete(path, "If-Match: " + as.get(path).header("ETag"));
    }

    private static Response put(Api as, String application, String redirectUri) {
        return as.put(application + INTEGRATION, metadata(redirectUri), "If-None-Match: *");
    }

    private static String registered(String name, String redirectUri) {
        var application = Api.newApplication(name);
        put(OWNER, application, redirectUri).then().statusCode(201);
        return application;
    }

    private static String ofOtherTeam() {
        return Api.as("other-owner")
                .post(
                        "/api/v1/teams/" + Api.OTHER_TEAM + "/applications",
                        Map.of("name", "Of another team", "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
    }

    private static Map<String, Object> metadata(String... redirectUris) {
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("redirect_uris", List.of(redirectUris));
        return metadata;
    }

    private long letters(String code) {
        return sql.number("select count(*) from mail where recipient = 'operators@local.example' and code = '" + code
                + "' and arguments like '%' || (select client_id from registration where application_id = '"
                + application.substring(application.lastIndexOf('/') + 1) + "') || '%'");
    }

    private long acts(String code) {
        return sql.number("select count(*) from audit_entry where act = '" + code
                + "' and object_id = (select id::text from registration where application_id = '"
                + application.substring(application.lastIndexOf('/') + 1) + "')");
    }
}
