package dev.connectionmanager.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the members of one JSON object, noting what has the wrong type or is not known. {@code null} = absent. */
public final class JsonMembers {
    /** So many findings tell enough: a body of one kilobyte must not be answered with a hundred. */
    private static final int MOST_FINDINGS = 100;

    private static final int MOST_ENTRIES = 1_000;

    private final ObjectNode json;
    private final Violations.Collector found = new Violations.Collector();
    private int count;

    public JsonMembers(ObjectNode json) {
        this.json = json;
    }

    /** @return exactly as sent; {@code null} when absent or of another type */
    public String text(String name) {
        var value = present(name);
        if (value == null) {
            return null;
        }
        return value.isTextual() ? value.textValue() : wrong(name, name, "a string");
    }

    /** @return {@code null} when absent or of another type */
    public Boolean bool(String name) {
        var value = present(name);
        if (value == null) {
            return null;
        }
        return value.isBoolean() ? Boolean.valueOf(value.booleanValue()) : wrong(name, name, "true or false");
    }

    /** At most 1,000 entries. One of another type becomes an empty text, so that the places of the others do not move. */
    public List<String> texts(String name) {
        var value = present(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray()) {
            return wrong(name, name, "an array of strings");
        }
        if (value.size() > MOST_ENTRIES) {
            return wrong(name, name, "an array of at most 1,000 strings");
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isTextual()) {
                texts.add(value.get(i).textValue());
            } else {
                texts.add("");
                wrong(name + "/" + i, name, "an array of strings");
            }
        }
        return texts;
    }

    /** Notes every member that is not known here. */
    public void refuseOthers(Set<String> known) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                add(pointer(name), Rule.UNKNOWN_MEMBER, name);
            }
        });
    }

    /** These only the portal sets: they may be sent back as they are. */
    public void refuseChanges(Set<String> readOnly, ObjectNode current) {
        readOnly.forEach(name -> {
            var value = present(name);
            if (value != null && !value.equals(JsonMembers::compare, current.path(name))) {
                add(name, Rule.READ_ONLY_MEMBER, name);
            }
        });
    }

    /** Numbers by value: one and the same has several Jackson types. */
    private static int compare(JsonNode a, JsonNode b) {
        if (a.isIntegralNumber() && b.isIntegralNumber()) {
            return a.bigIntegerValue().compareTo(b.bigIntegerValue());
        }
        return a.equals(b) ? 0 : 1;
    }

    public void add(String path, Rule rule, String... arguments) {
        if (count < MOST_FINDINGS) {
            count++;
            found.add(path, rule, arguments);
        }
    }

    /** Whether it is there at all; {@code null} is absent. */
    public boolean has(String name) {
        return present(name) != null;
    }

    /** What was wrong so far. */
    public Violations violations() {
        return found.violations();
    }

    private JsonNode present(String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private <T> T wrong(String path, String name, String expected) {
        add(path, Rule.WRONG_TYPE, name, expected);
        return null;
    }

    /** RFC 6901 section 3. */
    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
