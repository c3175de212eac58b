package dev.connectionmanager.mock.provider;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request says: of parameters that nobody knows nothing is made. RFC 6749 section 3.1. */
public record Parameters(Map<String, List<String>> values) {
    /** @param text as in a query or a form; {@code null} = empty. U+0000, which the database cannot hold, becomes U+FFFD */
    public static Parameters of(String text) {
        return new Parameters(
                text == null || text.isBlank() ? Map.of() : URLUtils.parseParameters(text.replace("%00", "%EF%BF%BD")));
    }

    /** The first value; one that is empty counts as absent. */
    public Optional<String> one(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst().filter(value -> !value.isEmpty());
    }

    /** A list of words separated by spaces; empty where it is absent. */
    public List<String> words(String name) {
        return one(name).stream()
                .flatMap(value -> List.of(value.strip().split(" +")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** One that came more than once. */
    public Optional<String> repeated() {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** As a query has it. */
    public String text() {
        return URLUtils.serializeParameters(values);
    }
}
