package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.PortalTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a team has registered, over all of its applications. */
@PortalTest
class TeamRegistrationsApiTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");

    private final String host = "list-" + UUID.randomUUID() + ".supplier.co.uk";
    private String team;
    private String list;

    @BeforeEach
    void makeATeam() {
        team = OPERATOR.post(
                        "/api/v1/teams",
                        Map.of(
                                "team_id",
                                UUID.randomUUID().toString(),
                                "name",
                                "Listed",
                                "categories",
                                List.of("supplier"),
                                "owner_email",
                                "owner@local.example"))
                .header("Location");
        Invitees.accept("owner");
        list = team + "/registrations";
    }

    private String application(String name) {
        return OWNER.post(
                        team + "/applications", Map.of("name", name, "category", "supplier", "application_type", "web"))
                .header("Location");
    }

    private static String register(String application, String environment, String uri) {
        return register(application, environment, metadata(uri));
    }

    private static Map<String, Object> metadata(String uri) {
        return Map.of("redirect_uris", List.of(uri), "token_endpoint_auth_method", "client_secret_basic");
    }

    /** @return the client ID */
    private static String register(String application, String environment, Map<String, Object> metadata) {
        return OWNER.put(application + "/registrations/" + environment, metadata, "If-None-Match: *")
                .then()
                .statusCode(201)
                .extract()
                .path("client_id");
    }

    private String uri(String path) {
        return "https://" + host + "/" + path;
    }

    @Test
    void listsAllOfATeamTheLatestFirstAPageAtATime() {
        var wards = application("Wards");
        var clinics = application("Clinics");
        var clientIds = List.of(
                register(wards, "integration", uri("a")),
                register(clinics, "integration", uri("a")),
                register(wards, "deployment", uri("b")));
        OWNER.get(list)
                .then()
                .statusCode(200)
                .body("items.client_id", contains(clientIds.get(2), clientIds.get(1), clientIds.get(0)))
                .body("items.application_name", contains("Wards", "Clinics", "Wards"))
                .body("items[0].application_id", equalTo(wards.substring(wards.lastIndexOf('/') + 1)))
                .body("items.state", contains("active", "active", "active"))
                .body("items.environment", contains("deployment", "integration", "integration"));
        var read = new ArrayList<String>();
        String cursor = null;
        do {
            var page = OWNER.get(list + "?limit=1" + (cursor == null ? "" : "&cursor=" + cursor));
            read.addAll(page.<List<String>>path("items.client_id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(read).containsExactly(clientIds.get(2), clientIds.get(1), clientIds.get(0));
        OPERATOR.get(list).then().body("items.client_id", hasItem(clientIds.get(0)));
        Api.as("other-owner").get(list).then().statusCode(404);
        // One that is deleted is none.
        OWNER.delete(
                wards + "/registrations/deployment",
                "If-Match: " + OWNER.get(wards + "/registrations/deployment").header("ETag"));
        OWNER.get(list).then().body("items.client_id", not(hasItem(clientIds.get(2))));
    }

    @Test
    void findsByEnvironmentStateClientIdAddressAndWarning() {
        var wards = application("Wards");
        var jwksUri = LaboratoryInternet.publish(
                "listed-" + UUID.randomUUID(), new JWKSet(LaboratoryInternet.KEY).toString());
        var withKeys = new HashMap<>(metadata(uri("keys")));
        withKeys.putAll(Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", jwksUri));
        var keys = register(wards, "deployment", withKeys);
        var suspended = register(application("Clinics"), "integration", uri("clinics"));
        var warned = register(wards, "integration", "https://" + host.replace(".co.uk", ".local") + "/cb");
        OPERATOR.put(
                        OWNER.get(list + "?client_id=" + suspended)
                                .<String>path("items[0].application_id")
                                .transform(
                                        id -> "/api/v1/applications/" + id + "/registrations/integration/suspension"),
                        Map.of("reason", "Odd."),
                        "")
                .then()
                .statusCode(200);
        finds("environment=deployment", keys);
        finds("environment=integration", warned, suspended);
        finds("state=suspended", suspended);
        finds("state=active", keys, warned);
        finds("state=suspended&environment=deployment");
        finds("client_id=" + keys, keys);
        finds("uri=" + jwksUri, keys);
        finds("uri=" + uri("clinics"), suspended);
        finds("uri=" + uri("clinic"));
        finds("uri=" + uri("clinics") + "&environment=deployment");
        finds("warning=redirect-uri-not-public", warned);
        finds("warning=jwks-uri-not-used");
    }

    private void finds(String filter, String... clientIds) {
        OWNER.get(list + "?" + filter)
                .then()
                .statusCode(200)
                .body("items.client_id", clientIds.length == 0 ? empty() : containsInAnyOrder(clientIds));
    }

    @Test
    void refusesWhatNoFilterCanBe() {
        for (var filter : Map.of(
                        "state=deleted", "active or suspended",
                        "warning=odd", "code of a rule",
                        "environment=odd", "environment",
                        "name=Wards", "name")
                .entrySet()) {
            OWNER.get(list + "?" + filter.getKey())
                    .then()
                    .statusCode(400)
                    .body("detail", containsString(filter.getValue()));
        }
    }

    @Test
    void anAddressIsFoundOnlyWhileItIsRegistered() {
        var wards = application("Wards");
        var clientId = register(wards, "integration", uri("old"));
        var path = wards + "/registrations/integration";
        OWNER.put(path, metadata(uri("new")), "If-Match: " + OWNER.get(path).header("ETag"))
                .then()
                .statusCode(200);
        finds("uri=" + uri("old"));
        finds("uri=" + uri("new"), clientId);
    }

    @Test
    void followsAnApplicationThatIsHandedOver() {
        var wards = application("Wards");
        var clientId = register(wards, "integration", uri("a"));
        OWNER.post(wards + "/handover", Map.of("team_id", Api.OTHER_TEAM))
                .then()
                .statusCode(201);
        var other = Api.as("other-owner");
        var offers = "/api/v1/teams/" + Api.OTHER_TEAM + "/handovers";
        var offer = other.get(offers + "?limit=100")
                .path("items.find { it.application_id == '" + wards.substring(wards.lastIndexOf('/') + 1) + "' }.id");
        other.post(offers + "/" + offer + "/decision", Map.of("outcome", "accept"))
                .then()
                .statusCode(204);
        OWNER.get(list).then().body("items", empty());
        other.get("/api/v1/teams/" + Api.OTHER_TEAM + "/registrations?client_id=" + clientId)
                .then()
                .body("items.client_id", contains(clientId));
    }

    @Test
    void saysHowManyThereAreWhereThatIsAskedFor() {
        var wards = application("Wards");
        register(wards, "integration", uri("a"));
        register(wards, "deployment", uri("a"));
        application("Clinics");
        for (var list : Map.of(
                        team + "/registrations?limit=1", 2,
                        team + "/registrations?limit=1&environment=deployment", 1,
                        team + "/registrations?uri=" + uri("nobody"), 0,
                        team + "/applications?limit=1", 2,
                        team + "/applications?name=ward", 1,
                        team + "/members?limit=1", 1,
                        "/api/v1/requests?team_id=" + team.substring(team.lastIndexOf('/') + 1), 0)
                .entrySet()) {
            OWNER.get(list.getKey() + (list.getKey().contains("?") ? "&" : "?") + "total=true")
                    .then()
                    .statusCode(200)
                    .body("total", equalTo(list.getValue()))
                    .body("total_exact", equalTo(true));
        }
        OWNER.get(team + "/registrations").then().body("total", nullValue()).body("total_exact", nullValue());
        OWNER.get(team + "/registrations?total=1").then().statusCode(400);
        OPERATOR.get("/api/v1/clients?total=true&search=" + host).then().body("total", equalTo(2));
        OPERATOR.get("/api/v1/teams?total=true&search=" + team.substring(team.lastIndexOf('/') + 1))
                .then()
                .body("total", equalTo(1));
        var request = OWNER.put(wards + "/registrations/production", metadata(uri("p")), "If-None-Match: *")
                .<String>path("team_id");
        OPERATOR.get("/api/v1/requests?limit=1&total=true&team=" + request)
                .then()
                .body("total", equalTo(1));
    }

    @Test
    void theListOfApplicationsSaysWhereEachIsRegistered() {
        var wards = application("Wards");
        register(wards, "integration", uri("a"));
        application("Clinics");
        OWNER.get(team + "/applications")
                .then()
                .body("items.name", contains("Clinics", "Wards"))
                .body("items[0].registrations", empty())
                .body("items[1].registrations", contains(Map.of("environment", "integration", "state", "active")));
    }
}
