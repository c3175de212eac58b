package dev.connectionmanager.description;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.base.Suppliers;
import dev.connectionmanager.wording.RuleSentences;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The OpenAPI document (3.1) of the API. The files say what is particular to each operation; what holds for all of a kind
 * is added here: the parameters of a path, the refusals that any request can meet, the codes with their sentences. What a
 * file says itself stays.
 */
@ApplicationScoped
public class ApiDescription {
    private static final List<String> FILES = List.of(
            "portal",
            "teams",
            "applications",
            "registrations",
            "connect",
            "keysets",
            "testusers",
            "requests",
            "trail",
            "mock",
            "tool");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final List<String> OF_EVERY_ANSWER =
            List.of("X-Request-Id", "X-Client-Request-Id", "Date", "RateLimit", "RateLimit-Policy");
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final String PARAMETERS = "parameters";
    private static final String EXAMPLE = "example";
    private static final String AUDIT_EVENTS = "/api/v1/audit-events";
    private static final String API = "/api/v1/";
    /** Which takes no log-in. */
    private static final String MOCK = "/mock/";

    private static final String MOCK_REGISTRATION = "/mock/register";
    /** Which takes tokens of its own. */
    private static final String CONNECT = "/connect/";
    /** Of a text whose values may grow: those that there are, each with what it says. */
    private static final String KNOWN_VALUES = "x-known-values";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    /** Read when somebody first asks: the start of the portal does not wait for it. */
    private final Supplier<ObjectNode> document = Suppliers.memoize(ApiDescription::assemble);

    /** The document; not to be changed. */
    public ObjectNode document() {
        return document.get();
    }

    String json() {
        return document().toString();
    }

    String yaml() {
        try {
            return YAML.writeValueAsString(document());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode assemble() {
        var whole = YAML.createObjectNode();
        FILES.forEach(file -> merge(whole, read(file)));
        // Not as an enum: generated clients would refuse a code that they do not know yet.
        var known = whole.withObject("/components/schemas/Code").putObject(KNOWN_VALUES);
        RuleSentences.catalogue().forEach(known::put);
        addAnswers(whole);
        whole.path("paths").properties().forEach(path -> complete(path.getKey(), (ObjectNode) path.getValue()));
        whole.at("/components/responses").forEach(ApiDescription::addHeaders);
        return whole;
    }

    /** Examples of answers: in a file of their own, since they are long. */
    private static void addAnswers(ObjectNode whole) {
        var answers = answers();
        answers.remove("responses").properties().forEach(example -> content(
                        whole.at("/components/responses/" + example.getKey()), "application~1problem+json")
                .set(EXAMPLE, example.getValue()));
        for (var operation : whole.path("paths").findParents("operationId")) {
            answers.path(operation.get("operationId").asText()).properties().forEach(example -> content(
                            operation.at("/responses/" + example.getKey()), "application~1json")
                    .set(EXAMPLE, example.getValue()));
        }
    }

    private static ObjectNode content(JsonNode response, String type) {
        return (ObjectNode) response.at("/content/" + type);
    }

    /** Of what operations answer that say yes, by operation and then by status; beside, of the refusals that they share. */
    static ObjectNode answers() {
        return read("answers");
    }

    private static ObjectNode read(String file) {
        try (var text = ApiDescription.class.getResourceAsStream("/openapi/" + file + ".yaml")) {
            return (ObjectNode) YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException where two files say the same */
    private static void merge(ObjectNode whole, ObjectNode part) {
        part.properties().forEach(member -> {
            var name = member.getKey();
            if (!whole.has(name)) {
                whole.set(name, member.getValue());
            } else if (whole.get(name) instanceof ObjectNode there && member.getValue() instanceof ObjectNode more) {
                merge(there, more);
            } else {
                throw new IllegalStateException("The description of the API has two of " + name);
            }
        });
    }

    private static void complete(String path, ObjectNode item) {
        var names = PATH_PARAMETER
                .matcher(path)
                .results()
                .map(found -> found.group(1))
                .toList();
        METHODS.stream().filter(item::has).forEach(method -> addRefusals((ObjectNode) item.get(method), method, path));
        if (!names.isEmpty()) {
            var parameters = item.putArray(PARAMETERS);
            names.forEach(name -> parameters.addObject().put("$ref", "#/components/parameters/" + name));
        }
    }

    private static void addRefusals(ObjectNode operation, String method, String path) {
        var refusals = new ArrayList<>(List.of(
                "400 BadRequest",
                "406 NotAcceptable",
                "414 AddressTooLong",
                "429 TooManyRequests",
                "431 HeadersTooLarge",
                "500 Failure"));
        if (path.startsWith(MOCK)) {
            refusals.add("503 MockBusy");
        } else if (!operation.path("security").isEmpty() || !operation.has("security")) {
            refusals.add("401 LogInNeeded");
        }
        // Of credentials of scope audit-read, wherever they may not be; the mock takes no log-in, and the tool's is
        // another.
        if (path.startsWith(API) && !path.startsWith(AUDIT_EVENTS)) {
            refusals.add("403 Forbidden");
        }
        if (path.indexOf('{') >= 0) {
            refusals.add("404 NotFound");
        }
        if (operation.has("requestBody")) {
            refusals.addAll(List.of("408 NotArrived", "413 TooLarge", "415 UnsupportedMediaType", "422 Rejected"));
        }
        if (takes(operation, "Idempotency-Key")) {
            refusals.addAll(List.of("409 InFlight", "422 Rejected"));
        }
        // Where it need not be sent, an If-Match that names no version is refused all the same.
        if (takes(operation, "If-Match") && !method.equals("get") || takes(operation, "If-Match-optional")) {
            refusals.addAll(List.of("412 Stale", "428 PreconditionRequired"));
        }
        var responses = (ObjectNode) operation.get("responses");
        if (path.startsWith(MOCK_REGISTRATION) || path.startsWith(CONNECT)) {
            // A protocol's refusals have one form: RFC 7591 section 3.2.2.
            refusals.replaceAll(refusal -> refusal.substring(0, 4) + "RegistrationRefused");
        }
        refusals.stream().map(refusal -> refusal.split(" ")).forEach(refusal -> {
            if (!responses.has(refusal[0])) {
                responses.putObject(refusal[0]).put("$ref", "#/components/responses/" + refusal[1]);
            }
        });
        responses.forEach(ApiDescription::addHeaders);
    }

    private static void addHeaders(JsonNode response) {
        if (!response.has("$ref")) {
            var headers = ((ObjectNode) response).withObject("/headers");
            OF_EVERY_ANSWER.forEach(name -> headers.putObject(name).put("$ref", "#/components/headers/" + name));
        }
    }

    private static boolean takes(JsonNode operation, String parameter) {
        return Stream.of(operation.path(PARAMETERS))
                .flatMap(parameters -> parameters.findValuesAsText("$ref").stream())
                .anyMatch(("#/components/parameters/" + parameter)::equals);
    }
}
