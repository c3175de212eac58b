package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Members of a key that say nothing: libraries that write every member they know write those without a value as
 * {@code null}, as an empty text or as an empty list (.NET's {@code JsonWebKey} does). Each is read as if it were not
 * there, whichever it is.
 */
final class AbsentMembers {
    /** RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2. */
    private static final List<String> REGISTERED = List.of(
            "kty",
            "use",
            "key_ops",
            "alg",
            "kid",
            "x5u",
            "x5c",
            "x5t",
            "x5t#S256",
            "crv",
            "x",
            "y",
            "n",
            "e",
            "d",
            "p",
            "q",
            "dp",
            "dq",
            "qi",
            "oth",
            "k",
            "priv",
            "pub");

    private AbsentMembers() {}

    static boolean isAbsent(JsonNode value) {
        return value.isNull()
                || value.isEmpty() && (value.isContainerNode() || value.asText().isEmpty());
    }

    /**
     * Takes them out.
     *
     * @return which they were
     */
    static List<String> removeFrom(ObjectNode key) {
        var absent = REGISTERED.stream()
                .filter(member -> key.has(member) && isAbsent(key.get(member)))
                .toList();
        key.remove(absent);
        return absent;
    }
}
