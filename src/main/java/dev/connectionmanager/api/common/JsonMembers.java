package dev.connectionmanager.api.common;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.Sets;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Binds one JSON object to a plain record, the only way in which the API reads members: a component {@code ownerEmail} is
 * the member {@code owner_email}, or a name of its {@link JsonAlias}. Notes every member that has the wrong type or is not
 * known. {@code null} = absent.
 */
public final class JsonMembers {
    /** So many findings tell enough: a body of one kilobyte must not be answered with a hundred. */
    private static final int MOST_FINDINGS = 100;

    private static final int MOST_ENTRIES = 1_000;
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private final ObjectNode json;
    private final Violations.Collector found = new Violations.Collector();
    private final Set<String> known = new HashSet<>();
    private int count;

    public JsonMembers(ObjectNode json) {
        this.json = json;
    }

    /** @param type a record of {@code String}, {@code Boolean}, {@code Long} and {@code List<String>} */
    public static <R extends Record> Parsed<R> parse(ObjectNode json, Class<R> type) {
        return new JsonMembers(json).parse(type);
    }

    /** Binds what was not read before, and ends the reading. */
    public <R extends Record> Parsed<R> parse(Class<R> type) {
        return parsed(bind(type));
    }

    /** The record of these members: {@code null} in every place of what is absent or of another type. */
    public <R extends Record> R bind(Class<R> type) {
        var values = Stream.of(type.getRecordComponents()).map(this::value).toArray();
        try {
            var types = Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            var constructor = type.getDeclaredConstructor(types);
            // Records of bodies are the business of their resource alone, and not public.
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made of JSON members", e);
        }
    }

    /** As {@link #bind} reads it; absent members are left out. */
    public static ObjectNode of(Record value) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var component : value.getClass().getRecordComponents()) {
            var name = NAMES.translate(component.getName());
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                var one = accessor.invoke(value);
                if (one instanceof Collection<?> texts) {
                    var array = json.putArray(name);
                    texts.forEach(text -> array.add((String) text));
                } else if (one instanceof Boolean flag) {
                    json.put(name, flag);
                } else if (one != null) {
                    json.put(name, (String) one);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(value.getClass() + " cannot be turned into JSON members", e);
            }
        }
        return json;
    }

    /** A member that is an object of its own. */
    public Optional<ObjectNode> object(String name) {
        known.add(name);
        var value = present(name);
        if (value != null && !value.isObject()) {
            wrong(name, name, "object");
        }
        return Optional.ofNullable(value instanceof ObjectNode object ? object : null);
    }

    private Object value(RecordComponent component) {
        var name = name(component);
        var value = present(name);
        if (value == null) {
            return null;
        }
        if (component.getType() == String.class) {
            return value.isTextual() ? value.textValue() : wrong(name, name, "string");
        }
        if (component.getType() == Boolean.class) {
            return value.isBoolean() ? (Boolean) value.booleanValue() : wrong(name, name, "boolean");
        }
        if (component.getType() == Long.class) {
            return value.isIntegralNumber() ? (Long) wholeNumber(value) : wrong(name, name, "integer");
        }
        if (component.getType() == List.class) {
            return texts(name, value);
        }
        throw new IllegalStateException(component + " is of a type that members do not have");
    }

    /** Its own, or the other name that was sent instead. */
    private String name(RecordComponent component) {
        var name = NAMES.translate(component.getName());
        known.add(name);
        var alias = component.getAccessor().getAnnotation(JsonAlias.class);
        if (alias == null) {
            return name;
        }
        known.addAll(List.of(alias.value()));
        return Stream.of(alias.value())
                .filter(other -> present(other) != null)
                .findFirst()
                .orElse(name);
    }

    /** One that is too large for any rule stays too large. */
    private static long wholeNumber(JsonNode value) {
        return value.canConvertToLong()
                ? value.longValue()
                : value.bigIntegerValue().signum() * Long.MAX_VALUE;
    }

    /** At most 1,000 entries. One of another type becomes an empty text, so that the places of the others do not move. */
    private List<String> texts(String name, JsonNode value) {
        if (!value.isArray()) {
            return wrong(name, name, "strings");
        }
        if (value.size() > MOST_ENTRIES) {
            return wrong(name, name, "too-many-strings");
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < value.size(); i++) {
            if (value.get(i).isTextual()) {
                texts.add(value.get(i).textValue());
            } else {
                texts.add("");
                wrong(name + "/" + i, name, "strings");
            }
        }
        return texts;
    }

    /** These only the portal sets, and nothing is there yet that could be sent back. */
    public JsonMembers readOnly(Set<String> names) {
        return refuseChanges(names, JsonNodeFactory.instance.objectNode());
    }

    /** As {@link #refuseChanges(Set, ObjectNode)}, of all that are there now. */
    JsonMembers refuseChanges(ObjectNode current) {
        return refuseChanges(Sets.newLinkedHashSet(current::fieldNames), current);
    }

    /** These only the portal sets: they may be sent back as they are. */
    public JsonMembers refuseChanges(Set<String> readOnly, ObjectNode current) {
        known.addAll(readOnly);
        readOnly.forEach(name -> {
            var value = present(name);
            if (value != null && !value.equals(JsonMembers::compare, current.path(name))) {
                add(name, Rule.READ_ONLY_MEMBER, name);
            }
        });
        return this;
    }

    /**
     * These only the portal sets, and what is sent belongs to nothing that they could be compared with.
     *
     * @param forms whether a value looks like what the portal sets
     */
    public JsonMembers refuseOtherForms(Map<String, Predicate<JsonNode>> forms) {
        known.addAll(forms.keySet());
        forms.forEach((name, form) -> {
            var value = present(name);
            if (value != null && !form.test(value)) {
                add(name, Rule.READ_ONLY_MEMBER, name);
            }
        });
        return this;
    }

    /** These may be sent with any value, and change nothing. */
    public JsonMembers ignore(Collection<String> names) {
        known.addAll(names);
        return this;
    }

    /** A member that is known, and is refused. */
    public JsonMembers refuse(String name, Rule rule) {
        if (present(name) != null) {
            known.add(name);
            add(name, rule);
        }
        return this;
    }

    /** What was read, and what was wrong with it: the members too that nothing has named until now. */
    public <C> Parsed<C> parsed(C candidate) {
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                add(pointer(name), Rule.UNKNOWN_MEMBER, name);
            }
        });
        return new Parsed<>(candidate, found.violations());
    }

    /** Numbers by value: one and the same has several Jackson types. */
    private static int compare(JsonNode a, JsonNode b) {
        if (a.isIntegralNumber() && b.isIntegralNumber()) {
            return a.bigIntegerValue().compareTo(b.bigIntegerValue());
        }
        return a.equals(b) ? 0 : 1;
    }

    void add(String path, Rule rule, String... arguments) {
        if (count < MOST_FINDINGS) {
            count++;
            found.add(path, rule, arguments);
        }
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
