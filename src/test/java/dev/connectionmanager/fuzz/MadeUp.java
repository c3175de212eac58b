package dev.connectionmanager.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A request for an operation of the description: valid, nearly valid or hostile, as chance has it.
 *
 * @param path with its query
 * @param body empty for none
 */
record MadeUp(String caller, String method, String path, String body, Map<String, String> headers) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** @param operation its address in the description, its method there, and what it says of it */
    record Operation(String path, String method, JsonNode told) {}

    static List<Operation> operations(JsonNode document) {
        var found = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (method.getValue().has("operationId")) {
                        found.add(new Operation(
                                path.getKey(), method.getKey().toUpperCase(java.util.Locale.ROOT), method.getValue()));
                    }
                }));
        return found;
    }

    static MadeUp of(Operation operation, JsonNode document, Scene scene, Random random)
            throws IOException, InterruptedException {
        var values = new Values(document, random);
        var callers = scene.callers();
        // Who may do most gets furthest.
        var caller = random.nextInt(3) > 0
                ? List.of("owner", "operator", "credential-write").get(random.nextInt(3))
                : callers.get(random.nextInt(callers.size()));
        var bare = PARAMETER
                .matcher(operation.path())
                .replaceAll(found -> encoded(pathValue(found.group(1), scene, values, random)));
        var headers = new HashMap<String, String>();
        var query = new ArrayList<String>();
        for (var parameter : parameters(operation, values)) {
            var name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "query" -> addQuery(query, name, parameter, values, random);
                case "header" -> addHeader(headers, name, caller, bare, scene, random);
                default -> {}
            }
        }
        if (random.nextInt(12) == 0) {
            query.add("made_up=" + encoded(values.hostileText()));
        }
        var body = body(operation, values, headers, random);
        var path = bare + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new MadeUp(caller, operation.method(), path, body, headers);
    }

    private static List<JsonNode> parameters(Operation operation, Values values) {
        return StreamSupport.stream(operation.told().path("parameters").spliterator(), false)
                .map(values::resolved)
                .toList();
    }

    private static String pathValue(String name, Scene scene, Values values, Random random) {
        var known = scene.values(name);
        var chance = random.nextInt(20);
        if (chance == 0) {
            return values.hostileText();
        }
        return chance == 1 || known.isEmpty()
                ? new UUID(random.nextLong(), random.nextLong()).toString()
                : known.get(random.nextInt(known.size()));
    }

    private static void addQuery(List<String> query, String name, JsonNode parameter, Values values, Random random) {
        var chance = random.nextInt(6);
        if (chance < 2) {
            query.add(name + "="
                    + encoded(values.fitting(parameter.path("schema")).asText()));
        } else if (chance == 2) {
            query.add(name + "=" + encoded(values.hostileText()));
        } else if (chance == 3 && random.nextInt(4) == 0) {
            query.addAll(List.of(name + "=1", name + "=2"));
        }
    }

    private static void addHeader(
            Map<String, String> headers, String name, String caller, String path, Scene scene, Random random)
            throws IOException, InterruptedException {
        var chance = random.nextInt(8);
        if (chance < 5 && name.equals("If-Match")) {
            scene.send(caller, "GET", path, "", Map.of())
                    .headers()
                    .firstValue("ETag")
                    .ifPresent(tag -> headers.put(name, tag));
        } else if (chance == 5) {
            headers.put(name, "*");
        } else if (chance == 6) {
            headers.put(
                    name,
                    List.of("\"1\"", "W/\"1\"", "1", "\"", ",", "\"1\", \"2\"", "x".repeat(300))
                            .get(random.nextInt(7)));
        } else if (name.equals("Idempotency-Key")) {
            headers.put(name, "fuzz-" + random.nextInt(40));
        }
    }

    private static String body(Operation operation, Values values, Map<String, String> headers, Random random) {
        var content = operation.told().at("/requestBody/content");
        if (content.isMissingNode()) {
            return "";
        }
        var types = content.properties().stream().map(Map.Entry::getKey).toList();
        var type = types.get(random.nextInt(types.size()));
        headers.put(
                "Content-Type",
                random.nextInt(25) > 0
                        ? type
                        : Stream.of("text/plain", "application/xml", MERGE_PATCH, "*/*", "json")
                                .skip(random.nextInt(5))
                                .findFirst()
                                .orElseThrow());
        var told = content.path(type);
        var valid = told.has("example") && random.nextInt(3) == 0
                ? told.get("example")
                : values.fitting(told.path("schema"));
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> valid.toString();
            case 4, 5, 6, 7 -> values.spoilt(valid).toString();
            default -> malformed(valid.toString(), random);
        };
    }

    private static String malformed(String valid, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> valid.substring(0, random.nextInt(valid.length() + 1));
            case 1 -> "[".repeat(200);
            case 2 -> "{\"name\":\"a\",\"name\":\"b\"}";
            case 3 -> "[]";
            case 4 -> "null";
            case 5 -> "\"" + "x".repeat(100_000) + "\"";
            case 6 -> "{\"redirect_uris\":[" + "\"https://a.example/\",".repeat(2_000) + "1]}";
            case 7 -> valid + valid;
            default -> "{\"\\ud800\":\"\\udc00\",\"\\u0000\":1}";
        };
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
