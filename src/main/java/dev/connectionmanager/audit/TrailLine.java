package dev.connectionmanager.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One event as it is exported: a line with one JSON object (RFC 8259) whose members are {@link #FIELDS} and {@code hash}.
 * {@code sequence} and {@code version} are numbers, all others texts; what an event does not have is left out. One that is
 * not sealed yet has neither {@code sequence}, {@code previous_hash} nor {@code hash}, and says so: {@code "sealed":false}.
 * {@code before}, {@code after} and {@code about} are JSON <em>as text</em>, character by character as it was hashed.
 *
 * <p>The canonical form that is hashed: the text {@code connection-manager-audit-event-1} and then every field in the
 * order of {@link #FIELDS}, each written as its length in UTF-8 octets in decimal digits, a colon, its text and a comma
 * (a netstring), an absent one as a hyphen and a comma. No two events have the same form, whatever their texts hold. Ids
 * are in lower case, hashes in lower-case hexadecimal digits, {@code at} is UTC with six decimals:
 * {@code 2026-11-24T23:05:00.123456Z}. {@code hash} is the SHA-256 of the form in UTF-8; {@code previous_hash} is that of
 * the event before in the same chain, 64 zeros for the first. The database computes the same in
 * {@code audit_hash}.
 */
final class TrailLine {
    static final String FIRST_PREVIOUS_HASH = "0".repeat(64);
    /** In canonical order. */
    static final List<String> FIELDS = List.of(
            "chain",
            "sequence",
            "previous_hash",
            "id",
            "at",
            "actor",
            "actor_name",
            "role",
            "team_id",
            "act",
            "object",
            "object_id",
            "version",
            "before",
            "after",
            "about",
            "request_id");

    private static final List<String> MEMBERS =
            ImmutableList.<String>builder().addAll(FIELDS).add("hash").build();
    private static final String FORM = "connection-manager-audit-event-1";
    private static final String HASH = "hash";
    private static final String SEALED = "sealed";
    private static final Set<String> SEAL = Set.of("sequence", "previous_hash", HASH);
    private static final Set<String> NUMBERS = Set.of("sequence", "version");
    private static final Set<String> OPTIONAL = Set.of("team_id", "version", "before", "after", "about");
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, String> texts;

    private TrailLine(Map<String, String> texts) {
        this.texts = texts;
    }

    static TrailLine of(AuditEvent event) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("chain", event.chain());
        texts.put("sequence", Objects.toString(event.sequence(), null));
        texts.put("previous_hash", event.previousHash());
        texts.put("id", event.id().toString());
        texts.put("at", time(event.at()));
        texts.put("actor", event.actor());
        texts.put("actor_name", event.actorName());
        texts.put("role", event.role());
        texts.put("team_id", Objects.toString(event.teamId(), null));
        texts.put("act", event.act());
        texts.put("object", event.object());
        texts.put("object_id", event.objectId());
        texts.put("version", Objects.toString(event.version(), null));
        texts.put("before", event.before());
        texts.put("after", event.after());
        texts.put("about", event.about());
        texts.put("request_id", event.requestId().toString());
        texts.put(HASH, event.hash());
        texts.put(SEALED, Boolean.toString(event.sealed()));
        return new TrailLine(texts);
    }

    /** @throws IllegalArgumentException saying what is wrong, for anything but one such object */
    static TrailLine parse(String line) {
        try {
            if (!(JSON.readTree(line) instanceof ObjectNode object)) {
                throw new IllegalArgumentException("it is no JSON object");
            }
            var texts = new LinkedHashMap<String, String>();
            object.fields().forEachRemaining(member -> texts.put(member.getKey(), text(member)));
            var sealed = texts.putIfAbsent(SEALED, "true") == null;
            for (var name : MEMBERS) {
                var needed = SEAL.contains(name) ? sealed : !OPTIONAL.contains(name);
                if (needed && !texts.containsKey(name)) {
                    throw new IllegalArgumentException("it has no member '" + name + "'");
                }
                if (!sealed && SEAL.contains(name) && texts.containsKey(name)) {
                    throw new IllegalArgumentException("it has a member '" + name + "' and says that it is not sealed");
                }
            }
            return new TrailLine(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON that can be read in one way only", e);
        }
    }

    private static String text(Map.Entry<String, JsonNode> member) {
        var name = member.getKey();
        var value = member.getValue();
        // Only what is not sealed says whether it is.
        if (name.equals(SEALED) && value.isBoolean() && !value.asBoolean()) {
            return "false";
        }
        if (!MEMBERS.contains(name)) {
            throw new IllegalArgumentException("its member '" + name + "' belongs to no record");
        }
        var fits = NUMBERS.contains(name) ? value.isIntegralNumber() : value.isTextual();
        if (!fits) {
            throw new IllegalArgumentException("its member '" + name + "' is of the wrong type");
        }
        return value.asText();
    }

    String toJson() {
        var object = JsonNodeFactory.instance.objectNode();
        texts.forEach((name, text) -> {
            if (name.equals(SEALED)) {
                if (!sealed()) {
                    object.put(name, false);
                }
            } else if (text != null) {
                if (NUMBERS.contains(name)) {
                    object.put(name, Long.parseLong(text));
                } else {
                    object.put(name, text);
                }
            }
        });
        return object.toString();
    }

    boolean sealed() {
        return texts.get(SEALED).equals("true");
    }

    /** A field, the hash, or {@code sealed}; {@code null} for what the event does not have. */
    String field(String name) {
        return texts.get(name);
    }

    String chain() {
        return texts.get("chain");
    }

    long sequence() {
        try {
            return Long.parseLong(texts.get("sequence"));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("its sequence number is out of range", e);
        }
    }

    String hash() {
        return texts.get(HASH);
    }

    /** What {@code hash} must be for this content. */
    String computedHash() {
        var form = new StringBuilder();
        append(form, FORM);
        FIELDS.forEach(name -> append(form, texts.get(name)));
        return Hashing.sha256().hashString(form, StandardCharsets.UTF_8).toString();
    }

    private static void append(StringBuilder form, String text) {
        if (text == null) {
            form.append('-');
        } else {
            form.append(text.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(text);
        }
        form.append(',');
    }

    static String time(Instant at) {
        return MICROSECONDS.format(at);
    }
}
