package dev.connectionmanager.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.connectionmanager.description.ApiDescription;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds answers of the API against its own description: status, headers and body must be among what it tells of the
 * operation. What it does not tell of at all must be refused.
 */
public final class Described {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode DOCUMENT = new ApiDescription().document();
    private static final Pattern API = Pattern.compile(
            "/api/(v1/.*|hello_world|auth|configs/.*)|/connect/.*|/mock/((tests|register)(/.*)?|users|faults|logout-tokens)");
    /** What an address can be refused with before anybody asks which operation it is. */
    private static final List<Integer> OF_NO_OPERATION = List.of(400, 401, 404, 405, 413, 429);

    private static final List<Map.Entry<Pattern, JsonNode>> PATHS = DOCUMENT.path("paths").properties().stream()
            // What is spelled out goes before a parameter.
            .sorted(Comparator.comparing(path -> path.getKey().replace('{', '~')))
            .map(path -> Map.entry(Pattern.compile(path.getKey().replaceAll("\\{[a-z_]+}", "[^/]+")), path.getValue()))
            .toList();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private static final JsonNode CLOSED = closed(DOCUMENT.path("components").deepCopy());
    private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private Described() {}

    /** A filter. */
    static Response checked(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext next) {
        var answer = next.next(request, expected);
        check(
                request.getMethod(),
                URI.create(request.getURI()).getRawPath(),
                answer.statusCode(),
                answer::header,
                answer.asString());
        return answer;
    }

    /** For tests that speak HTTP in another way. */
    public static HttpResponse<String> checked(HttpResponse<String> answer) {
        check(
                answer.request().method(),
                answer.request().uri().getRawPath(),
                answer.statusCode(),
                name -> answer.headers().firstValue(name).orElse(null),
                answer.body());
        return answer;
    }

    private static void check(String method, String path, int status, Function<String, String> headers, String body) {
        if (path == null || !API.matcher(path).matches()) {
            return;
        }
        var told = method + " " + path + " answered " + status + " " + body;
        var operation = operation(method, path);
        if (operation.isEmpty() && method.equals("OPTIONS") && status == 204) {
            // It tells of operations, and is none.
            assertThat(headers.apply("Allow")).as(told).isNotEmpty();
            return;
        }
        if (operation.isEmpty()) {
            assertThat(status).as("not described: " + told).isIn(OF_NO_OPERATION);
            return;
        }
        var response = resolved(operation.get().path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            fail("This status is not described: " + told);
        }
        response.path("headers").properties().forEach(header -> {
            var sent = headers.apply(header.getKey());
            var described = resolved(header.getValue());
            if (described.path("required").asBoolean()) {
                assertThat(sent).as(header.getKey() + " of " + told).isNotNull();
            }
            var schema = described.path("schema");
            if (sent != null && schema.has("pattern")) {
                assertThat(sent).as(told).matches(schema.get("pattern").textValue());
            }
        });
        checkBody(response.path("content"), headers.apply("Content-Type"), body, told);
    }

    private static void checkBody(JsonNode content, String type, String body, String told) {
        if (content.isMissingNode()) {
            assertThat(body).as("A body that is not described: " + told).isNullOrEmpty();
            return;
        }
        var media = type == null ? "" : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
        var described = content.path(media);
        assertThat(described.isMissingNode())
                .as("Media type " + media + ": " + told)
                .isFalse();
        if (!media.endsWith("json")) {
            // Its description says more in words than a schema could.
            return;
        }
        var schema = COMPILED.computeIfAbsent(described.path("schema").toString(), Described::compile);
        assertThat(schema.validate(body, InputFormat.JSON)).as(told).isEmpty();
    }

    /** What of this does not fit what the description says of such things. */
    public static Set<ValidationMessage> faults(JsonNode schema, JsonNode value) {
        return compile(schema.toString()).validate(value);
    }

    private static JsonSchema compile(String schema) {
        try {
            var whole = (ObjectNode) closed(JSON.readTree(schema));
            whole.set("components", CLOSED);
            return SCHEMAS.getSchema(whole, STRICT);
        } catch (JsonProcessingException e) {
            throw new AssertionError(schema, e);
        }
    }

    private static Optional<JsonNode> operation(String method, String path) {
        return PATHS.stream()
                .filter(one -> one.getKey().matcher(path.replaceAll("/$", "")).matches())
                .findFirst()
                .map(one -> one.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(operation -> !operation.isMissingNode());
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").textValue().substring(1)) : node;
    }

    /** Here a member that is not described is a fault, though callers must take it: the API may get more of them. */
    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        if (schema instanceof ObjectNode object && object.has("x-known-values")) {
            var known = object.putArray("enum");
            object.remove("x-known-values").fieldNames().forEachRemaining(known::add);
        }
        // The library takes only addresses of domains that are in use, and tests have others.
        if (schema instanceof ObjectNode object
                && object.path("format").asText().equals("email")) {
            object.remove("format");
        }
        Stream.of(schema).flatMap(node -> children(node)).forEach(Described::closed);
        return schema;
    }

    private static Stream<JsonNode> children(JsonNode node) {
        return java.util.stream.StreamSupport.stream(node.spliterator(), false);
    }
}
