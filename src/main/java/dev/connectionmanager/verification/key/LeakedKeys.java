package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Finds keys that must not be in a public document, wherever they stand in it; repeats nothing of them. */
final class LeakedKeys {
    /** RFC 7518 sections 6.2.2 and 6.3.2, RFC 8037 section 2; {@code priv} is that of newer types. */
    private static final Map<String, Set<String>> PRIVATE_MEMBERS = Map.of(
            "RSA", Set.of("d", "p", "q", "dp", "dq", "qi", "oth"),
            "EC", Set.of("d"),
            "OKP", Set.of("d"));

    private static final Set<String> OF_OTHER_TYPES = Set.of("d", "priv");
    private static final Pattern PEM = Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY");

    /** In what no parser reads: a member {@code d} or {@code k} with the length of a key. */
    private static final Pattern PRIVATE = Pattern.compile("[\"']d[\"']\\s{0,99}+:\\s{0,99}+[\"'][A-Za-z0-9_+/-]{40}");

    private static final Pattern SYMMETRIC =
            Pattern.compile("[\"']k[\"']\\s{0,99}+:\\s{0,99}+[\"'][A-Za-z0-9_+/-]{16}");

    private LeakedKeys() {}

    /** Whether a member of this key belongs to its private part. */
    static boolean isPrivate(ObjectNode key) {
        var type = key.path("kty").asText("");
        return PRIVATE_MEMBERS.getOrDefault(type, OF_OTHER_TYPES).stream().anyMatch(member -> holds(key, member));
    }

    /** A shared secret: type {@code oct}, or its member in a key of any other name. RFC 7518 section 6.4. */
    static boolean isSymmetric(ObjectNode key) {
        return key.path("kty").asText("").equalsIgnoreCase("oct")
                || key.path("kty").isTextual() && holds(key, "k");
    }

    /** What is null or empty gives nothing away. */
    private static boolean holds(ObjectNode key, String member) {
        return key.has(member) && !AbsentMembers.isAbsent(key.get(member));
    }

    /** Whether an object is a private or symmetric key. */
    static boolean isLeaked(ObjectNode object) {
        return object.path("kty").isTextual() && (isPrivate(object) || isSymmetric(object));
    }

    /** Whether some object below this one, not itself, is a private or symmetric key. */
    static boolean hold(JsonNode outer) {
        return StreamSupport.stream(outer.spliterator(), false)
                .anyMatch(inner -> inner instanceof ObjectNode object && isLeaked(object) || hold(inner));
    }

    static boolean hasPrivatePem(byte[] body) {
        return PEM.matcher(latin(body)).find();
    }

    /** Looks through something that is no JSON. */
    static boolean seemPrivate(byte[] body) {
        return PRIVATE.matcher(latin(body)).find() || hasPrivatePem(body);
    }

    /** Looks through something that is no JSON. */
    static boolean seemSymmetric(byte[] body) {
        return SYMMETRIC.matcher(latin(body)).find();
    }

    /** Good enough for the ASCII that keys consist of, in UTF-8 and UTF-16 alike. */
    private static String latin(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).replace("\0", "");
    }
}
