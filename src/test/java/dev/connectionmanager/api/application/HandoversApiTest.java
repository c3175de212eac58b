package dev.connectionmanager.api.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.Offers;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

@PortalTest
class HandoversApiTest {
    private static final String OFFERED = "/api/v1/teams/" + Api.OTHER_TEAM + "/handovers";

    @Inject
    Sql sql;

    @Inject
    SessionFactory sessions;

    @Test
    void handsOverWithAllThatBelongsToIt() {
        var application = Api.newApplication("Handed over");
        var owner = Api.as("owner");
        owner.patch(application, Map.of("contacts", List.of("first@supplier.co.uk")), ifMatch(owner, application))
                .then()
                .statusCode(200);
        var registered = owner.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *");
        var secret =
                owner.get(application + "/registrations/integration/secrets").<String>path("items[0].id");
        var script = Api.with(Credentials.token("credential-write"));
        script.get(application).then().statusCode(200);

        var offer = offer(application);
        owner.get(application + "/handover").then().statusCode(200).body("team_id", equalTo(Api.OTHER_TEAM));
        Api.as("other-owner").get(application).then().statusCode(404);
        Api.as("other-owner")
                .get(OFFERED)
                .then()
                .body("items.find { it.id == '" + offer + "' }.from_team_name", equalTo("Example Supplier"));
        Api.as("other-owner")
                .get(OFFERED + "/" + offer)
                .then()
                .statusCode(200)
                .body("application_name", equalTo("Handed over"));
        owner.get(OFFERED + "/" + offer).then().statusCode(404);

        decide(offer, Map.of("outcome", "accept", "contacts", List.of("other@supplier.co.uk")))
                .then()
                .statusCode(204);
        owner.get(application).then().statusCode(404);
        script.get(application).then().statusCode(404);
        script.get(application + "/registrations/integration/secrets").then().statusCode(404);
        var other = Api.as("other-owner");
        other.get(application)
                .then()
                .statusCode(200)
                .body("team_id", equalTo(Api.OTHER_TEAM))
                .body("contacts", equalTo(List.of("other@supplier.co.uk")));
        other.get(application + "/registrations/integration")
                .then()
                .body("client_id", equalTo(registered.<String>path("client_id")));
        other.get(application + "/registrations/integration/secrets").then().body("items.id", hasItem(secret));
        other.get(application + "/registrations/integration/revisions")
                .then()
                .body("items[0].actor", equalTo("Olivia Owner"));
        other.get(OFFERED).then().body("items.id", not(hasItem(offer)));

        var id = application.substring(application.lastIndexOf('/') + 1);
        for (var team : List.of(Api.FIRST_TEAM, Api.OTHER_TEAM)) {
            assertThat(sql.number(
                            "select count(*) from audit_entry where act = 'application-handed-over' and object_id = '"
                                    + id + "' and team_id = '" + team + "'"))
                    .as(team)
                    .isEqualTo(1);
            assertThat(sql.number("select count(*) from mail where code = 'application-handover-done' and team_id = '"
                            + team + "' and page = '" + (team.equals(Api.OTHER_TEAM) ? "application" : "team")
                            + "' and arguments::text like '%" + (team.equals(Api.OTHER_TEAM) ? id : team) + "%'"))
                    .as(team)
                    .isPositive();
        }
        assertThat(sql.number("select count(*) from audit_entry e join registration r on r.id::text = e.object_id"
                        + " where e.act = 'registration-handed-over' and r.application_id = '" + id
                        + "' and e.team_id = '" + Api.OTHER_TEAM + "'"))
                .as("in the trail of the registration, for the team that has it now")
                .isEqualTo(1);
    }

    /** CWE-208: how much is done, and so how long it takes, tells nobody whether a Team ID is a team's. */
    @Test
    void anOfferToAnUnknownTeamIdRunsTheSameStatements() {
        Api.as("other-owner").get("/api/v1/teams").then().statusCode(200);
        var unknown = UUID.randomUUID().toString();
        // The first of each kind reads and prepares what the others find ready.
        statements(Api.OTHER_TEAM);
        assertThat(statements(unknown)).isEqualTo(statements(Api.OTHER_TEAM)).isPositive();
        assertThat(sql.number("select count(*) from mail where team_id = '" + unknown
                        + "' and given_up_at is not null and arguments = '{}'"))
                .as("as many mails, which nobody gets")
                .isEqualTo(1);
        assertThat(sql.number("select count(*) from audit_entry where act = 'application-offered' and chain = 'portal'"
                        + " and after like '%" + unknown + "%'"))
                .as("as many lines")
                .isEqualTo(1);
    }

    private long statements(String team) {
        var application = Api.newApplication("Counted");
        Api.as("owner").get(application).then().statusCode(200);
        var counted = sessions.getStatistics();
        counted.setStatisticsEnabled(true);
        counted.clear();
        try {
            Api.as("owner")
                    .post(application + "/handover", Map.of("team_id", team))
                    .then()
                    .statusCode(201);
            return counted.getPrepareStatementCount();
        } finally {
            counted.setStatisticsEnabled(false);
        }
    }

    /** References that operators accepted were those of another team's papers. */
    @Test
    void referencesStayWithTheTeamThatGaveThem() {
        var application = Api.newApplication("Approved before");
        var production = application + "/registrations/production";
        var owner = Api.as("owner");
        var first = owner.put(production, Api.metadata(), "If-None-Match: *").header("Location");
        owner.put(
                        first,
                        Map.of("conformance_reference", "C-1", "connection_agreement_reference", "A-1"),
                        ifMatch(owner, first))
                .then()
                .statusCode(200);
        owner.post(first + "/submission", Map.of()).then().statusCode(200);
        Api.as("operator")
                .request()
                .header("If-Match", owner.get(first).header("ETag"))
                .body(Map.of("outcome", "approve"))
                .post(first + "/decision")
                .then()
                .statusCode(200);
        var readiness = application + "/readiness/production";
        var task = "items.find { it.code == 'conformance-reference' }.state";
        owner.get(readiness).then().body(task, equalTo("completed"));
        decide(offer(application), Map.of("outcome", "accept")).then().statusCode(204);
        var other = Api.as("other-owner");
        other.get(readiness).then().body(task, equalTo("not-started"));
        other.put(production, Api.metadata(), ifMatch(other, production))
                .then()
                .statusCode(202)
                .body("conformance_reference", equalTo(null));
    }

    /** An open request goes along, and an operator who has read it as the first team's must read it again. */
    @Test
    void anOpenRequestGoesAlongAndMustBeReadAgain() {
        var application = Api.newApplication("Asks for production");
        var opened = Api.as("owner").put(application + "/registrations/production", Api.metadata(), "If-None-Match: *");
        opened.then().statusCode(202);
        var request = opened.header("Location");
        var before = Api.as("operator").get(request).header("ETag");
        decide(offer(application), Map.of("outcome", "accept")).then().statusCode(204);
        Api.as("owner").get(request).then().statusCode(404);
        Api.as("other-owner").get(request).then().statusCode(200);
        assertThat(Api.as("operator").get(request).header("ETag")).isNotNull().isNotEqualTo(before);
        Api.as("other-owner")
                .put(request, Map.of("note", "Ours"), "If-Match: " + before)
                .then()
                .statusCode(412)
                .body("detail", containsString("handed over"));
    }

    /** Neither the answer nor what can be read of the offer later tells whether the team exists. */
    @Test
    void offersAreListedPageByPage() {
        var made = List.of(Offers.toFirstTeam("First offer"), Offers.toFirstTeam("Second offer"));
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var page = Api.as("owner").get("/api/v1/teams/" + Api.FIRST_TEAM + "/handovers?limit=1" + cursor);
            found.addAll(page.path("items.id"));
            cursor = page.path("next_cursor") == null ? "" : "&cursor=" + page.path("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(found).doesNotHaveDuplicates().containsSubsequence(made);
    }

    @Test
    void anUnknownTeamLooksLikeAnyOther() {
        var known = Api.newApplication("For a known team");
        var unknown = Api.newApplication("For an unknown team");
        var nobody = UUID.randomUUID().toString();
        var a = Api.as("owner").post(known + "/handover", Map.of("team_id", Api.OTHER_TEAM));
        var b = Api.as("owner").post(unknown + "/handover", Map.of("team_id", nobody));
        assertThat(b.statusCode()).isEqualTo(a.statusCode()).isEqualTo(201);
        assertThat(b.<Map<String, Object>>path("").keySet())
                .isEqualTo(a.<Map<String, Object>>path("").keySet());
        assertThat(a.headers().asList().stream().map(h -> h.getName()).toList())
                .isEqualTo(b.headers().asList().stream().map(h -> h.getName()).toList());
        Api.as("owner").get(unknown + "/handover").then().statusCode(200).body("team_id", equalTo(nobody));
        Api.as("owner").delete(unknown + "/handover", "").then().statusCode(204);
        Api.as("owner").delete(known + "/handover", "").then().statusCode(204);
    }

    @Test
    void refusesWhatIsNoOffer() {
        var application = Api.newApplication("Kept");
        var owner = Api.as("owner");
        owner.post(application + "/handover", Map.of("team_id", "nobody"))
                .then()
                .statusCode(422)
                .body("errors.code", equalTo(List.of("team-id-invalid")));
        owner.post(application + "/handover", Map.of("team_id", Api.FIRST_TEAM))
                .then()
                .statusCode(409);
        var offer = offer(application);
        owner.post(application + "/handover", Map.of("team_id", Api.OTHER_TEAM))
                .then()
                .statusCode(409)
                .body("detail", containsString("Withdraw"));
        decide(offer, Map.of("outcome", "perhaps"))
                .then()
                .statusCode(422)
                .body("errors.code", equalTo(List.of("handover-outcome-invalid")));
        decide(offer, Map.of("outcome", "accept", "contacts", List.of("nobody")))
                .then()
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/contacts/0")));
        // An offer to one team is nothing to another, and nothing that its makers can accept themselves.
        owner.post("/api/v1/teams/" + Api.FIRST_TEAM + "/handovers/" + offer + "/decision", Map.of("outcome", "accept"))
                .then()
                .statusCode(404);
        decide(offer, Map.of("outcome", "decline")).then().statusCode(204);
        decide(offer, Map.of("outcome", "accept")).then().statusCode(409).body("detail", containsString("ended"));
        owner.get(application).then().statusCode(200);
        owner.get(application + "/handover").then().statusCode(404);
        owner.delete(application + "/handover", "").then().statusCode(404);
    }

    @Test
    void anOfferLapsesAfterThirtyDays() {
        var application = Api.newApplication("Forgotten");
        var offer = offer(application);
        sql.execute(
                "update handover set offered_at = offered_at - interval '30 days 1 second' where id = '" + offer + "'");
        decide(offer, Map.of("outcome", "accept")).then().statusCode(409);
        Api.as("owner").get(application + "/handover").then().statusCode(404);
        Api.as("other-owner").get(OFFERED).then().body("items.id", not(hasItem(offer)));
        assertThat(offer(application)).isNotEqualTo(offer);
        Api.as("owner").delete(application + "/handover", "").then().statusCode(204);
    }

    @Test
    void aTeamReceivesOnlyCategoriesThatItMayUse() {
        var operator = Api.as("operator");
        var team = "/api/v1/teams/" + Api.OTHER_TEAM;
        var application = Api.newApplication("Not allowed");
        var offer = offer(application);
        operator.patch(team, Map.of("categories", List.of("local")), ifMatch(operator, team))
                .then()
                .statusCode(200);
        try {
            decide(offer, Map.of("outcome", "accept"))
                    .then()
                    .statusCode(409)
                    .body("detail", containsString("supplier"));
            Api.as("owner").get(application).then().statusCode(200);
        } finally {
            operator.patch(
                            team,
                            Map.of("categories", List.of("national", "supplier", "local")),
                            ifMatch(operator, team))
                    .then()
                    .statusCode(200);
        }
        decide(offer, Map.of("outcome", "accept")).then().statusCode(204);
        Api.as("other-owner").get(application).then().body("contacts", empty());
    }

    /** Live checks take seconds, in which the application may become another team's, or of another type. */
    @Test
    void whatChangedDuringALookIsNotOverwrittenByWhoeverLooked() {
        var meanwhile = new AtomicReference<Runnable>(() -> {});
        var uri = LaboratoryInternet.meanwhile(
                "meanwhile", () -> meanwhile.getAndSet(() -> {}).run());
        var metadata = new HashMap<>(Api.metadata());
        metadata.putAll(Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", uri));
        var owner = Api.as("owner");

        var first = Api.newApplication("Handed over before it was registered");
        var toFirst = offer(first);
        meanwhile.set(() -> decide(toFirst, Map.of("outcome", "accept")).then().statusCode(204));
        owner.put(first + "/registrations/integration", metadata, "If-None-Match: *")
                .then()
                .statusCode(404);
        Api.as("other-owner").get(first + "/registrations/integration").then().statusCode(404);

        var second = Api.newApplication("Handed over while it was checked");
        owner.put(second + "/registrations/integration", metadata, "If-None-Match: *")
                .then()
                .statusCode(201);
        var toSecond = offer(second);
        meanwhile.set(() -> decide(toSecond, Map.of("outcome", "accept")).then().statusCode(204));
        owner.post(second + "/registrations/integration/checks", "").then().statusCode(404);

        var third = Api.newApplication("Another type");
        meanwhile.set(() -> owner.patch(third, Map.of("application_type", "native"), ifMatch(owner, third))
                .then()
                .statusCode(200));
        owner.put(third + "/registrations/integration", metadata, "If-None-Match: *")
                .then()
                .statusCode(409)
                .body("detail", containsString("type"));

        var fourth = Api.newApplication("By a credential that is revoked");
        var credential = Credentials.issue("Leaked", "write", null);
        meanwhile.set(
                () -> owner.delete("/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials/" + credential.path("id"), "")
                        .then()
                        .statusCode(204));
        Api.with(credential.path("token"))
                .put(fourth + "/registrations/integration", metadata, "If-None-Match: *")
                .then()
                .statusCode(403)
                .body("detail", containsString("revoked"));
        owner.get(fourth + "/registrations/integration").then().statusCode(404);
    }

    /** Offering and taking back in a loop would bury another team's inbox, mailbox and trail. */
    @Test
    void oneTeamOffersAnotherSoMuchInADay() {
        var application = Api.newApplication("Offered again and again");
        var to = UUID.randomUUID().toString();
        var offer = Api.as("owner")
                .post(application + "/handover", Map.of("team_id", to))
                .<String>path("id");
        Api.as("owner").delete(application + "/handover", "").then().statusCode(204);
        sql.execute(
                "insert into handover (id, application_id, from_team, to_team, offered_by, offered_at, state, ended_at)"
                        + " select gen_random_uuid(), application_id, from_team, to_team, offered_by, offered_at, state, ended_at"
                        + " from handover, generate_series(1, 49) where id = '" + offer + "'");
        Api.as("owner")
                .post(application + "/handover", Map.of("team_id", to))
                .then()
                .statusCode(409)
                .body("detail", containsString("50 offers"));
        sql.execute("update handover set offered_at = offered_at - interval '25 hours' where id = '" + offer + "'");
        Api.as("owner")
                .post(application + "/handover", Map.of("team_id", to))
                .then()
                .statusCode(201);
        Api.as("owner").delete(application + "/handover", "").then().statusCode(204);
    }

    /** Accepted, declined and withdrawn at once: one wins, and the application is where that one says. */
    @Test
    void ofAllThatHappensAtOnceOneWins() {
        Persons.accessToken("owner");
        Persons.accessToken("other-owner");
        for (int round = 0; round < 8; round++) {
            var application = Api.newApplication("Race");
            var offer = offer(application);
            Supplier<Integer> accept =
                    () -> decide(offer, Map.of("outcome", "accept")).statusCode();
            Supplier<Integer> decline =
                    () -> decide(offer, Map.of("outcome", "decline")).statusCode();
            Supplier<Integer> withdraw =
                    () -> Api.as("owner").delete(application + "/handover", "").statusCode();
            var statuses = Stream.of(accept, withdraw, decline, accept, withdraw)
                    .map(CompletableFuture::supplyAsync)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(statuses.stream().filter(status -> status == 204))
                    .as("%s", statuses)
                    .hasSize(1);
            assertThat(statuses).allMatch(status -> status == 204 || status == 409 || status == 404);
            var state = sql.text("select state from handover where id = '" + offer + "'");
            var accepted = Api.as("other-owner").get(application).statusCode() == 200;
            assertThat(accepted).isEqualTo(state.equals("ACCEPTED"));
            assertThat(Api.as("owner").get(application).statusCode()).isEqualTo(accepted ? 404 : 200);
        }
    }

    private static String offer(String application) {
        return Api.as("owner")
                .post(application + "/handover", Map.of("team_id", Api.OTHER_TEAM))
                .then()
                .statusCode(201)
                .header("Location", application + "/handover")
                .extract()
                .path("id");
    }

    private static io.restassured.response.Response decide(String offer, Map<String, Object> decision) {
        return Api.as("other-owner").post(OFFERED + "/" + offer + "/decision", decision);
    }

    private static String ifMatch(Api api, String path) {
        return "If-Match: " + api.get(path).header("ETag");
    }
}
