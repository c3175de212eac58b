package dev.connectionmanager.web.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What a JSON schema lets a value be, in words. */
final class Types {
    private static final Map<String, String> FORMATS = Map.of(
            "uuid", "UUID",
            "date-time", "time (RFC 3339, UTC)",
            "date", "date",
            "email", "email address",
            "uri", "URI",
            "uri-reference", "URI reference");

    private Types() {}

    static String inWords(JsonNode schema) {
        var words = new StringJoiner("; ");
        words.add(type(schema));
        if (schema.has("enum")) {
            words.add("one of "
                    + StreamSupport.stream(schema.get("enum").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", ")));
        }
        if (schema.has("minimum") || schema.has("maximum")) {
            words.add(range(schema, "minimum", "maximum", ""));
        }
        if (schema.has("minLength") || schema.has("maxLength")) {
            words.add(range(schema, "minLength", "maxLength", " characters"));
        }
        if (schema.has("minItems") || schema.has("maxItems")) {
            words.add(range(schema, "minItems", "maxItems", " entries"));
        }
        if (schema.has("default")) {
            words.add(schema.get("default").asText() + " when absent");
        }
        return words.toString();
    }

    /** The schema itself, or that of the entries of a list. */
    static JsonNode held(JsonNode schema) {
        return schema.has("items") ? schema.get("items") : schema;
    }

    private static String type(JsonNode schema) {
        if (schema.has("$ref")) {
            return "";
        }
        if (schema.has("items")) {
            var entries = type(schema.get("items"));
            return entries.isEmpty() ? "list of" : "list of " + entries + "s";
        }
        if (schema.has("format")) {
            return FORMATS.getOrDefault(
                    schema.get("format").asText(), schema.get("format").asText());
        }
        if (schema.path("type").isArray()) {
            return "string or null";
        }
        return switch (schema.path("type").asText()) {
            case "integer" -> "whole number";
            case "boolean" -> "true or false";
            default -> schema.path("type").asText();
        };
    }

    private static String range(JsonNode schema, String least, String most, String what) {
        if (!schema.has(least)) {
            return "at most " + schema.get(most).asText() + what;
        }
        return schema.has(most)
                ? schema.get(least).asText() + " to " + schema.get(most).asText() + what
                : "at least " + schema.get(least).asText() + what;
    }
}
