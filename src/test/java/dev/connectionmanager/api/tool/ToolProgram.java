package dev.connectionmanager.api.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.testing.IssuedSecrets;
import dev.connectionmanager.testing.Persons;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program as they are run against the existing tool: written from what is known of its format. It sends its session both ways, a
 * JSON content type with everything, names and hashes as they are, and prints what is refused.
 */
public final class ToolProgram {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http;
    private final String host;
    private String session;
    private String team;

    public ToolProgram(HttpClient http, String host) {
        this.http = http;
        this.host = host;
    }

    /** At the portal of the test itself, logged in. */
    public static ToolProgram with(String secret) {
        var program = new ToolProgram(HttpClient.newHttpClient(), Persons.address());
        program.logIn(secret);
        return program;
    }

    /** What it prints when it ends. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;

        private Failed(HttpResponse<String> answer) {
            super(answer.body());
            status = answer.statusCode();
        }

        public int status() {
            return status;
        }
    }

    String ping() {
        return call("GET", "/api/hello_world", null).body();
    }

    HttpResponse<String> logIn(String secret) {
        session = null;
        var answer = successful(HttpRequest.newBuilder(URI.create(host + "/api/auth"))
                .header("Authorization", "SecretAuth " + secret)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody())
                .build());
        var first = answer.headers().firstValue("Set-Cookie").orElseThrow();
        session = first.substring(first.indexOf('=') + 1, first.indexOf(';'));
        team = claims().get("sub").textValue();
        return answer;
    }

    JsonNode claims() {
        return json(new String(Base64.getUrlDecoder().decode(session.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    public String session() {
        return session;
    }

    public List<String> names() {
        var names = new ArrayList<String>();
        json(call("GET", "/api/configs/" + team, null).body())
                .get("configs")
                .forEach(name -> names.add(name.textValue()));
        return names;
    }

    /** Without those that are deleted while it reads. */
    Map<String, JsonNode> details() {
        var details = new TreeMap<String, JsonNode>();
        for (var name : names()) {
            try {
                details.put(name, get(name));
            } catch (Failed failed) {
                if (failed.status() != 404) {
                    throw failed;
                }
            }
        }
        return details;
    }

    public JsonNode get(String name) {
        return json(call("GET", "/api/configs/" + team + "/" + name, null).body());
    }

    public JsonNode create(Object config) {
        return json(call("POST", "/api/configs/" + team, config).body());
    }

    public JsonNode edit(String name, String hash, Object config) {
        return json(call("PUT", "/api/configs/" + team + "/" + name + "?hash=" + hash, config)
                .body());
    }

    private HttpResponse<String> call(String method, String path, Object body) {
        var request = HttpRequest.newBuilder(URI.create(host + path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)));
        if (session != null) {
            request.header("Authorization", "Bearer " + session).header("Cookie", "__Host-session=" + session);
        }
        return successful(request.build());
    }

    private HttpResponse<String> successful(HttpRequest request) {
        var answer = Persons.send(http, request);
        IssuedSecrets.fromJson(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new Failed(answer);
        }
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        return answer;
    }

    private static String text(Object body) {
        try {
            return body instanceof String text ? text : JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body, e);
        }
    }
}
