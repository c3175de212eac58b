package dev.connectionmanager.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;

/**
 * How everything that the portal keeps as JSON is written and read: members by their names of RFC 7591 and OpenID
 * Connect, choices by their codes, times as in RFC 3339, absent members left out. A mapper of its own, so that what is
 * stored does not drift with the API.
 *
 * <p>Two versions of the portal may read the same database: a member that this one does not know is ignored, and so is a
 * finding of a rule that it does not know.
 */
public final class StoredJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .annotationIntrospector(new AnnotationIntrospectorPair(new Codes(), new JacksonAnnotationIntrospector()))
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addHandler(new RulesOfOtherVersions())
            .build();

    private StoredJson() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** @return JSON text; {@code null} for {@code null} */
    public static String write(Object value) {
        try {
            return value == null ? null : MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException for a text that was not written as this type */
    public static <T> T read(String text, Class<T> type) {
        try {
            return text == null ? null : MAPPER.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not stored as " + type.getSimpleName(), e);
        }
    }

    /** An enum that has a code is stored by it. */
    private static final class Codes extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAsValue(Annotated annotated) {
            return annotated instanceof AnnotatedMethod method
                            && method.getName().equals("code")
                            && method.getParameterCount() == 0
                            && method.getDeclaringClass().isEnum()
                    ? Boolean.TRUE
                    : null;
        }
    }

    /** Reads the rule of another version as none; {@link Violations} leaves out what has none. */
    private static final class RulesOfOtherVersions extends DeserializationProblemHandler {
        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String value, String failure) {
            return type == Rule.class ? null : NOT_HANDLED;
        }
    }
}
