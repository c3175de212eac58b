package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How operators find a client, by script and on the page. */
@PortalTest
class ClientsApiTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");

    private String word;
    private String application;
    private String clientId;

    @BeforeEach
    void registerAClient() {
        word = "w" + UUID.randomUUID().toString().replace("-", "");
        register();
    }

    private void register() {
        application = Api.newApplication("Ward-round." + word);
        clientId = OWNER.put(application + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201)
                .extract()
                .path("client_id");
    }

    private String id() {
        return application.substring(application.lastIndexOf('/') + 1);
    }

    private static ValidatableResponse found(String search, String more) {
        return OPERATOR.request()
                .queryParam("search", search)
                .get("/api/v1/clients?limit=100" + more)
                .then()
                .statusCode(200);
    }

    @Test
    void findsByClientIdApplicationTeamAndTeamId() {
        for (var search : List.of(
                clientId,
                clientId.substring(0, 12),
                word,
                "round " + word.toUpperCase(),
                "example " + word.substring(0, 20),
                id(),
                Api.FIRST_TEAM + " " + word)) {
            found(search, "")
                    .body("items.client_id", contains(clientId))
                    .body("items[0].application_name", equalTo("Ward-round." + word))
                    .body("items[0].team_id", equalTo(Api.FIRST_TEAM))
                    .body("items[0].state", equalTo("active"))
                    .body("items[0].restorable_until", nullValue());
        }
        for (var search : List.of(Api.OTHER_TEAM + " " + word, "other " + word, word + "x", "9" + clientId)) {
            found(search, "").body("items", empty());
        }
        // What no name holds is left out, or found nowhere.
        found("% _ ' " + word, "").body("items.client_id", contains(clientId));
        found(word, "&environment=deployment").body("items", empty());
        for (var wrong : List.of("state=gone", "environment=moon", "cursor=x", "order=id")) {
            OPERATOR.get("/api/v1/clients?" + wrong).then().statusCode(400);
        }
        OWNER.get("/api/v1/clients").then().statusCode(403);
    }

    @Test
    void listsByStateAndTellsWhatCanBeRestored() {
        var registration = application + "/registrations/integration";
        OPERATOR.put(registration + "/suspension", Map.of("reason", "Leaked"), "")
                .then()
                .statusCode(200);
        found(word, "&state=suspended").body("items.client_id", contains(clientId));
        found(word, "&state=active").body("items", empty());
        OPERATOR.delete(registration + "/suspension", "").then().statusCode(204);
        OWNER.delete(registration, "If-Match: " + OWNER.get(registration).header("ETag"))
                .then()
                .statusCode(204);
        OWNER.delete(application, "If-Match: " + OWNER.get(application).header("ETag"))
                .then()
                .statusCode(204);
        found(word, "&state=suspended").body("items", empty());
        String until = found(word, "&state=deleted").extract().path("items[0].restorable_until");
        assertThat(until).endsWith("Z");

        var page = application.replace("/api/v1", "") + "/registrations/integration/restoration";
        var operator = Persons.browser("operator");
        assertThat(Persons.get(operator, "/review/clients?state=deleted&search=" + clientId)
                        .body())
                .contains(page, clientId, "Ward-round." + word);
        assertThat(Persons.get(operator, page).body()).contains("Restore Ward-round." + word + " in Integration");
        assertThat(Persons.get(Persons.browser("owner"), page).statusCode()).isEqualTo(403);
        assertThat(Persons.get(Persons.browser("other-owner"), page).statusCode())
                .isEqualTo(404);
        assertThat(Persons.post(operator, page).body()).contains("Registered", clientId);
        OWNER.get(application).then().statusCode(200);

        // Once registered anew, the old one stays deleted.
        OWNER.delete(registration, "If-Match: " + OWNER.get(registration).header("ETag"));
        OWNER.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        found(clientId, "").body("items[0].state", equalTo("deleted")).body("items[0].restorable_until", nullValue());
        assertThat(Persons.get(operator, page).statusCode()).isEqualTo(404);
    }

    @Test
    void pagesWithoutGapOrRepetition() {
        var issued = new ArrayList<>(List.of(clientId));
        for (int i = 0; i < 2; i++) {
            register();
            issued.add(0, clientId);
        }
        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var answer = OPERATOR.get(
                    "/api/v1/clients?limit=1&search=" + word + (cursor == null ? "" : "&cursor=" + cursor));
            seen.addAll(answer.path("items.client_id"));
            cursor = answer.path("next_cursor");
        } while (cursor != null);
        assertThat(seen).isEqualTo(issued);
    }

    @Test
    void anEventOfTheTrailLeadsToItsClient() {
        String registration = OPERATOR.get("/api/v1/audit-events?team=" + Api.FIRST_TEAM + "&object=" + id())
                .path("items[0].object_id");
        var operator = Persons.browser("operator");
        assertThat(Persons.get(operator, "/review/audit?object=" + registration).body())
                .contains("<a href=\"/review/clients?search=" + registration + "\">");
        assertThat(Persons.get(operator, "/review/clients?search=" + registration)
                        .body())
                .contains(clientId);
    }
}
