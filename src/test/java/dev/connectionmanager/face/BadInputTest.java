package dev.connectionmanager.face;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.description.ApiDescription;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.PortalTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever comes by the faces that programs have beside the API, and by the calls that serve them: each kind of bad input gets the same
 * refusal on every one of them. That the answers are of the described form, whoever sends requests here looks.
 */
@PortalTest
class BadInputTest {
    private static final String CONNECT = "/connect/{environment}/register";
    private static final String CLIENT = CONNECT + "/{client_id}";
    private static final String CONFIGS = "/api/configs/{team_id}";
    private static final String CONFIG = CONFIGS + "/{config_name}";
    private static final String INITIAL = "/api/v1/teams/{team_id}/initial-access-tokens";
    private static final String INITIAL_ONE = INITIAL + "/{initial_access_token_id}";
    private static final String TOKEN =
            "/api/v1/applications/{application_id}/registrations/{environment}/registration-token";
    /** Those that read a body, with what they take for a good one. */
    private static final List<String> WITH_BODY =
            List.of("POST " + CONNECT, "PUT " + CLIENT, "POST " + CONFIGS, "PUT " + CONFIG, "POST " + INITIAL);
    /** Those that are changed by what is sent, but read none. */
    private static final List<String> WITHOUT_BODY = List.of("POST /api/auth", "POST " + TOKEN);

    private static final List<String> OTHERS = List.of(
            "GET /connect/{environment}/.well-known/openid-configuration",
            "GET " + CLIENT,
            "DELETE " + CLIENT,
            "GET /api/hello_world",
            "GET " + CONFIGS,
            "GET " + CONFIG,
            "GET " + INITIAL,
            "GET " + INITIAL_ONE,
            "DELETE " + INITIAL_ONE);

    private static final Map<String, byte[]> MALFORMED = Map.of(
            "nothing", bytes(""),
            "half an object", bytes("{"),
            "a list", bytes("[]"),
            "a text", bytes("\"redirect_uris\""),
            "null", bytes("null"),
            "a member twice", bytes("{\"client_name\":\"a\",\"client_name\":\"b\"}"),
            "two objects", bytes("{} {}"),
            "no UTF-8", new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            "what is too deep", bytes("{\"a\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}"));

    private Map<String, String> parameters;
    private String registrationToken;
    private Supplier<RequestSpecification> tool;
    private String hash;

    @BeforeEach
    void makeWhatThereIsToAskFor() {
        var made = Api.with(Credentials.token("credential-write"))
                .post(
                        "/connect/integration/register",
                        "{\"redirect_uris\":[\"https://bad-input.supplier.co.uk/callback\"]}");
        registrationToken = made.path("registration_access_token");
        var program = ToolProgram.with(Credentials.token("credential-write"));
        hash = program.get("bad-input-supplier-co-uk").get("hash").textValue();
        tool = () -> Api.with(program.session()).request();
        parameters = Map.of(
                "environment",
                "integration",
                "client_id",
                made.path("client_id"),
                "team_id",
                Api.FIRST_TEAM,
                "config_name",
                "bad-input-supplier-co-uk",
                "initial_access_token_id",
                InitialAccessTokenExamples.issue("integration", 1).path("id"),
                "application_id",
                Api.newApplication("Bad input").replaceFirst(".*/", ""));
    }

    /** The table is whole: another operation of these faces is missed here until somebody adds it. */
    @Test
    void looksAtEveryOperation() {
        var described = new TreeSet<String>();
        new ApiDescription().document().path("paths").properties().forEach(path -> {
            if (path.getKey()
                    .matches("/connect/.*|/api/(?!v1/).*|.*/(initial-access-tokens|registration-token)(/.*)?")) {
                path.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("parameters")) {
                        described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                    }
                });
            }
        });
        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(Stream.of(WITH_BODY, WITHOUT_BODY, OTHERS)
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void aBodyThatIsNoObjectIs400() {
        for (var operation : WITH_BODY) {
            MALFORMED.forEach((what, body) ->
                    is(400, operation, what, send(operation, request(operation).body(body), parameters)));
        }
    }

    @Test
    void aBodyThatIsNoJsonIs415AndOneThatIsTooLargeIs413() {
        for (var operation : WITH_BODY) {
            for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
                is(
                        415,
                        operation,
                        type,
                        send(operation, request(operation).contentType(type).body("{}"), parameters));
            }
            var large = "{\"client_name\":\"" + "x".repeat(3_000_000) + "\"}";
            is(413, operation, "too large", send(operation, request(operation).body(large), parameters));
        }
    }

    @Test
    void aBodyWhereNoneIsReadIsRefused() {
        for (var operation : WITHOUT_BODY) {
            is(422, operation, "a member", send(operation, request(operation).body("{\"a\":1}"), parameters));
            is(
                    400,
                    operation,
                    "half an object",
                    send(operation, request(operation).body("{"), parameters));
        }
    }

    /** What a path names and is not there, or is another's; a registration token tells nobody which clients there are. */
    @Test
    void whatIsNotThereIs404AndOfAClient401() {
        for (var operation :
                Stream.of(WITH_BODY, WITHOUT_BODY, OTHERS).flatMap(List::stream).toList()) {
            for (var name : parameters.keySet()) {
                if (!operation.contains("{" + name + "}")) {
                    continue;
                }
                for (var odd : List.of(
                        "x", "production", "%F0%9F%98%80", "0".repeat(300), "00000000-0000-0000-0000-000000000000")) {
                    var answer = send(
                            operation,
                            WITH_BODY.contains(operation) ? request(operation).body("{}") : request(operation),
                            with(name, odd));
                    // The production registrations of an application are there, and have no such token.
                    is(operation.contains(CLIENT) ? 401 : 404, operation, name + " " + odd, answer);
                }
            }
        }
    }

    private Map<String, String> with(String name, String value) {
        var changed = new java.util.HashMap<>(parameters);
        changed.put(name, value);
        return changed;
    }

    private static void is(int status, String operation, String what, Response answer) {
        assertThat(answer.statusCode())
                .as(operation + " with " + what + ": " + answer.asString())
                .isEqualTo(status);
    }

    /** Of somebody who may do it. */
    private RequestSpecification request(String operation) {
        if (operation.contains(CLIENT)) {
            return Api.with(registrationToken).request();
        } else if (operation.contains("/connect/")) {
            return Api.with(Credentials.token("credential-write")).request();
        } else if (operation.endsWith("/api/auth")) {
            return Api.bare()
                    .contentType("application/json")
                    .header("Authorization", "SecretAuth " + Credentials.token("credential-write"));
        }
        return operation.contains("/api/v1/") ? Api.as("owner").request() : tool.get();
    }

    private Response send(String operation, RequestSpecification request, Map<String, String> parameters) {
        var path = operation.substring(operation.indexOf(' ') + 1);
        for (var parameter : parameters.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        var hash = operation.equals("PUT " + CONFIG) ? "?hash=" + this.hash : "";
        return request.urlEncodingEnabled(false).request(operation.substring(0, operation.indexOf(' ')), path + hash);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
