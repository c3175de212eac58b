package dev.connectionmanager.api.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.description.ApiDescription;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Invitees;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A 304 is never stale: whatever act changes what the GET of a resource shows moves its entity tag, for everybody who reads it. A
 * team goes through everything that can happen to its resources, and all of them are read after each act.
 */
@PortalTest
class EntityTagsTest {
    private static final Api OWNER = Api.as("owner");
    private static final Api OPERATOR = Api.as("operator");
    private static final Map<String, Api> READERS = Map.of("owner", OWNER, "operator", OPERATOR);
    private static final String HOST = "https://tags.walked-through.co.uk/";

    private final String keys = "tags-" + UUID.randomUUID();
    private final String jwksUri = LaboratoryInternet.publish(keys, new JWKSet(LaboratoryInternet.KEY).toString());
    private final Map<String, String> resources = new LinkedHashMap<>();
    private String team;
    private String application;
    private String integration;
    private String production;
    private String request;
    /** What each reader last saw of each resource. */
    private Map<String, Response> seen = Map.of();

    @Test
    void aTagMovesWithWhateverItsGetShows() {
        settle();
        details();
        people();
        path();
        review();
        life();
    }

    @Test
    void everyResourceWithATagIsWalkedThrough() {
        settle();
        var walked = resources.keySet().stream()
                .map(name -> name.replaceAll(" .*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        var tagged = new TreeSet<String>();
        new ApiDescription().document().path("paths").properties().forEach(path -> path.getValue()
                .path("get")
                .path("responses")
                .propertyStream()
                .forEach(answer -> {
                    if (answer.getValue().path("headers").has("ETag")) {
                        tagged.add(path.getKey().replace("/api/v1", ""));
                    }
                }));
        assertThat(tagged).isEqualTo(walked);
    }

    private void settle() {
        team = OPERATOR.post(
                        "/api/v1/teams",
                        Map.of(
                                "team_id",
                                UUID.randomUUID().toString(),
                                "name",
                                "Walkers",
                                "categories",
                                List.of("supplier"),
                                "owner_email",
                                "owner@local.example"))
                .header("Location");
        Invitees.accept("owner");
        application = OWNER.post(
                        team + "/applications",
                        Map.of("name", "Walk", "category", "supplier", "application_type", "web"))
                .header("Location");
        integration = application + "/registrations/integration";
        production = application + "/registrations/production";
        OWNER.put(integration, metadata("first"), "If-None-Match: *").then().statusCode(201);
        request = OWNER.put(production, metadata("live"), "If-None-Match: *").header("Location");
        resources.put("/teams/{team_id}", team);
        resources.put("/teams/{team_id}/attestation", team + "/attestation");
        resources.put("/applications/{application_id}", application);
        resources.put("/applications/{application_id}/registrations/{environment}", integration);
        resources.put("/applications/{application_id}/registrations/{environment} in production", production);
        resources.put("/requests/{request_id}", request);
        seen = read();
    }

    private static Map<String, Object> metadata(String path) {
        return Map.of("redirect_uris", List.of(HOST + path), "token_endpoint_auth_method", "client_secret_basic");
    }

    private void details() {
        moves("the application's name", () -> patch(OWNER, application, "name", "Walkabout"));
        moves("its description", () -> patch(OWNER, application, "description", "By foot"));
        moves("its contacts", () -> patch(OWNER, application, "contacts", List.of("walk@supplier.example")));
        moves("the team's name", () -> patch(OWNER, team, "name", "Hikers"));
        moves("its categories", () -> patch(OPERATOR, team, "categories", List.of("supplier", "local")));
    }

    private void people() {
        moves(
                "an invitation",
                () -> OWNER.post(team + "/members", Map.of("email", "viewer@local.example", "role", "viewer")));
        moves("somebody who joins", () -> Invitees.accept("viewer"));
        String viewer = OWNER.get(team + "/members").path("items.find { it.role == 'viewer' }.id");
        moves("a role", () -> patch(OWNER, team + "/members/" + viewer, "role", "admin"));
        moves("an attestation", () -> OWNER.request()
                .header("If-Match", OWNER.get(team + "/attestation").header("ETag"))
                .post(team + "/attestation")
                .then()
                .statusCode(201));
        moves("somebody who leaves", () -> OWNER.delete(team + "/members/" + viewer, ""));
    }

    private void path() {
        moves("a registration that is changed, with which the request is compared", () -> change("second"));
        moves(
                "a warning, which is not shown, with the change",
                () -> OWNER.put(
                        integration,
                        Map.of(
                                "redirect_uris",
                                List.of("https://walk.trust.local/cb"),
                                "token_endpoint_auth_method",
                                "client_secret_basic"),
                        match(integration)));
        moves("a suspension", () -> suspend(integration, "Odd address."));
        moves("another reason for it", () -> suspend(integration, "A very odd address."));
        moves("its end", () -> OPERATOR.delete(integration + "/suspension", ""));
        stays("a rotation", () -> OWNER.post(integration + "/secrets", Map.of("overlap_seconds", 0)));
        moves("a deletion", () -> OWNER.delete(integration, match(integration)));
        moves("a restoration", () -> OPERATOR.post(integration + "/restoration", ""));
    }

    private void review() {
        moves("what is asked", () -> edit(Map.of("metadata", withKeys("live"))));
        moves(
                "an answer beside it",
                () -> edit(Map.of(
                        "conformance_reference", "C-1", "connection_agreement_reference", "A-1", "note", "Soon.")));
        LaboratoryInternet.publish(keys, "<html>");
        moves("a check that fails", () -> OWNER.post(request + "/checks", ""));
        LaboratoryInternet.publish(keys, new JWKSet(LaboratoryInternet.KEY).toString());
        moves("a check that passes", () -> OWNER.post(request + "/checks", ""));
        stays("the same once more", () -> OWNER.post(request + "/checks", ""));
        moves("a submission", () -> OWNER.post(request + "/submission", ""));
        stays("somebody who takes it", () -> OPERATOR.put(request + "/assignee", Map.of("assignee", "me"), ""));
        stays("a comment", () -> OWNER.post(request + "/comments", Map.of("comment", "Hello.")));
        stays("a note", () -> OPERATOR.post(request + "/notes", Map.of("note", "Hm.")));
        moves(
                "changes that are wanted",
                () -> decide(
                        Map.of("outcome", "request-changes", "comment", "No keys.", "fields", List.of("jwks_uri"))));
        moves(
                "a change",
                () -> edit(Map.of(
                        "metadata",
                        metadata("live"),
                        "conformance_reference",
                        "C-1",
                        "connection_agreement_reference",
                        "A-1")));
        moves("another submission", () -> OWNER.post(request + "/submission", ""));
        moves("an approval", () -> decide(Map.of("outcome", "approve")));
        moves("the collection of the secret", () -> OWNER.post(production + "/secret-collection", ""));
    }

    private void life() {
        moves("a suspension in production", () -> suspend(production, "Odd."));
        moves("its end", () -> OPERATOR.delete(production + "/suspension", ""));
        var other = Api.as("other-owner");
        OWNER.post(application + "/handover", Map.of("team_id", Api.OTHER_TEAM))
                .then()
                .statusCode(201);
        var offers = "/api/v1/teams/" + Api.OTHER_TEAM + "/handovers";
        var id = other.get(offers + "?limit=100")
                .path("items.find { it.application_id == '" + application.substring(application.lastIndexOf('/') + 1)
                        + "' }.id");
        moves("a hand-over", () -> other.post(offers + "/" + id + "/decision", Map.of("outcome", "accept"))
                .then()
                .statusCode(204));
        moves("a deletion in production", () -> other.delete(production, "If-Match: " + tag(OPERATOR, production))
                .then()
                .statusCode(204));
        moves(
                "a restoration in production",
                () -> OPERATOR.post(production + "/restoration", "").then().statusCode(200));
    }

    private Map<String, Object> withKeys(String path) {
        var metadata = new HashMap<>(metadata(path));
        metadata.putAll(Map.of("token_endpoint_auth_method", "private_key_jwt", "jwks_uri", jwksUri));
        return metadata;
    }

    private void change(String path) {
        OWNER.put(integration, metadata(path), match(integration)).then().statusCode(200);
    }

    private void edit(Map<String, Object> body) {
        OWNER.put(request, body, match(request)).then().statusCode(200);
    }

    private void decide(Map<String, Object> decision) {
        OPERATOR.request()
                .header("If-Match", tag(OPERATOR, request))
                .body(decision)
                .post(request + "/decision")
                .then()
                .statusCode(200);
    }

    private static void suspend(String registration, String reason) {
        OPERATOR.put(registration + "/suspension", Map.of("reason", reason), "")
                .then()
                .statusCode(200);
    }

    private static void patch(Api who, String path, String member, Object value) {
        var tag = who.get(path).header("ETag");
        who.patch(path, Map.of(member, value), tag == null ? "" : "If-Match: " + tag)
                .then()
                .statusCode(200);
    }

    private static String match(String path) {
        return "If-Match: " + tag(OWNER, path);
    }

    private static String tag(Api who, String path) {
        return who.get(path).header("ETag");
    }

    private void moves(String what, Runnable act) {
        assertThat(changedBy(what, act))
                .as(what + " changes nothing that is shown")
                .isPositive();
    }

    private void stays(String what, Runnable act) {
        assertThat(changedBy(what, act)).as(what + " changes what is shown").isZero();
    }

    /** @return of how many resources something else is shown */
    private int changedBy(String what, Runnable act) {
        act.run();
        var now = read();
        int changed = 0;
        for (var name : now.keySet()) {
            var before = seen.get(name);
            var after = now.get(name);
            if (before.statusCode() != after.statusCode()) {
                changed++;
            } else if (after.statusCode() == 200) {
                var same = before.asString().equals(after.asString());
                assertThat(same || !before.header("ETag").equals(after.header("ETag")))
                        .as(what + " leaves a stale 304 of " + name + "\n" + before.asString() + "\n"
                                + after.asString())
                        .isTrue();
                changed += same ? 0 : 1;
            }
        }
        seen = now;
        return changed;
    }

    private Map<String, Response> read() {
        var read = new LinkedHashMap<String, Response>();
        resources.forEach(
                (name, path) -> READERS.forEach((reader, api) -> read.put(reader + " at " + name, api.get(path))));
        return read;
    }
}
