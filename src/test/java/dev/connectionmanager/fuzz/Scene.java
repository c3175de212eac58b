package dev.connectionmanager.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who calls, and what there is to be called: of the first team, with one of each thing, made anew now and then. */
final class Scene {
    private static final List<String> PEOPLE =
            List.of("owner", "admin", "viewer", "other-owner", "operator", "operator2", "newcomer");
    static final ObjectMapper JSON = new ObjectMapper();

    private HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, List<String>> values = new HashMap<>();

    Scene(String address) throws IOException, InterruptedException {
        this.address = address;
        for (var person : PEOPLE) {
            tokens.put(person, Persons.accessToken(address, person));
        }
        for (var scope : List.of("read", "write")) {
            tokens.put("credential-" + scope, credential(scope).path("token").asText());
        }
        tokens.put("tool-session", toolSession(tokens.get("credential-write")));
        tokens.put("nobody", "");
        tokens.put("stranger", "cm_api_" + "0".repeat(36));
    }

    List<String> callers() {
        return tokens.keySet().stream().sorted().toList();
    }

    /** What stands for a parameter of a path; empty where nothing is known that does. */
    List<String> values(String parameter) {
        return values.getOrDefault(parameter, List.of());
    }

    /** What was there may be deleted, suspended or decided by now. */
    void makeAnew() throws IOException, InterruptedException {
        var team = "/api/v1/teams/" + Api.FIRST_TEAM;
        var application = id(ask("owner", "POST", team + "/applications", application(), Map.of()));
        var path = "/api/v1/applications/" + application;
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("redirect_uris", List.of("https://f" + UUID.randomUUID() + ".supplier.co.uk/callback"));
        var first = Map.of("If-None-Match", "*");
        ask("owner", "PUT", path + "/registrations/integration", metadata, first);
        var request = id(ask("owner", "PUT", path + "/registrations/production", metadata, first));
        var requested = "/api/v1/requests/" + request;
        var secrets = ask("owner", "GET", path + "/registrations/integration/secrets", null, Map.of());
        var member = Map.of("email", UUID.randomUUID() + "@supplier.example", "role", "viewer");
        var invited = id(ask("owner", "POST", team + "/members", member, Map.of()));
        var offered = id(ask(
                "other-owner", "POST", "/api/v1/teams/" + Api.OTHER_TEAM + "/applications", application(), Map.of()));
        var handover = Map.of("team_id", Api.FIRST_TEAM);
        values.put("team_id", List.of(Api.FIRST_TEAM, Api.OTHER_TEAM));
        put("application_id", application);
        values.put("environment", List.of("integration", "integration", "production", "deployment", "mock"));
        values.put("production", List.of("production", "integration"));
        put("request_id", request);
        put("secret_id", JSON.readTree(secrets.body()).at("/items/0/id").asText());
        put("member_id", invited);
        put("invitation_id", invited);
        put("credential_id", credential("read").path("id").asText());
        put("team_request_id", id(ask("newcomer", "POST", "/api/v1/team-requests", Api.teamRequest(), Map.of())));
        put(
                "handover_id",
                id(ask("other-owner", "POST", "/api/v1/applications/" + offered + "/handover", handover, Map.of())));
        var config = Map.of("client_name", "Fuzz", "redirect_uris", List.of("https://app.supplier.co.uk/callback"));
        var made = ask("tool-session", "POST", "/api/configs/" + Api.FIRST_TEAM, config, Map.of());
        put("config_name", JSON.readTree(made.body()).path("config_name").asText());
        put("entry_id", id(ask("owner", "POST", requested + "/comments", Map.of("comment", "Fuzz"), Map.of())));
        put("note_id", id(ask("operator", "POST", requested + "/notes", Map.of("note", "Fuzz"), Map.of())));
    }

    /** What could not be made, since there are enough of it by now, is the one of before. */
    private void put(String parameter, String value) {
        if (!value.isEmpty()) {
            values.put(parameter, List.of(value));
        }
    }

    private JsonNode credential(String scope) throws IOException, InterruptedException {
        return JSON.readTree(ask(
                        "owner",
                        "POST",
                        "/api/v1/teams/" + Api.FIRST_TEAM + "/api-credentials",
                        Map.of("name", "Fuzz", "scope", scope),
                        Map.of())
                .body());
    }

    /** What the log-in of the existing tool's format gives. */
    private String toolSession(String credential) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/api/auth"))
                .header("Authorization", "SecretAuth " + credential)
                .POST(BodyPublishers.noBody())
                .build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
    }

    private static Map<String, String> application() {
        return Map.of("name", "Fuzz", "category", "supplier", "application_type", "web");
    }

    private static String id(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body()).path("id").asText();
    }

    private HttpResponse<String> ask(
            String caller, String method, String path, Object body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return send(caller, method, path, body == null ? "" : JSON.writeValueAsString(body), all);
    }

    HttpResponse<String> send(String caller, String method, String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!tokens.get(caller).isEmpty()) {
            request.header("Authorization", "Bearer " + tokens.get(caller));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException closed) {
            // The connection may have been closed after the answer before: on one of its own it must be answered.
            http = HttpClient.newHttpClient();
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
