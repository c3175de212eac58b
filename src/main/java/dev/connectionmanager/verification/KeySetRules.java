package dev.connectionmanager.verification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules on what a {@code jwks_uri} serves. Nothing that a key points to is fetched, and no private part of a key is
 * kept or repeated.
 */
public final class KeySetRules {
    private static final int MOST_KEYS = 50;
    private static final int DEEPEST = 20;
    private static final int LONGEST_NUMBER = 1_000;
    private static final Set<String> MEDIA_TYPES = Set.of("application/jwk-set+json", "application/json");

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final String path;
    private final List<String> algorithms;
    private final Violations.Collector found = new Violations.Collector();

    private KeySetRules(String path, List<String> algorithms) {
        this.path = path;
        this.algorithms = algorithms;
    }

    /**
     * Judges a response of status 200.
     *
     * @param path where findings are shown, {@code jwks_uri}
     * @param mediaType the Content-Type as sent; empty for none
     * @param body as received
     * @param algorithms JWS algorithms of which one must be verifiable: the declared one, or those that the environment
     *     supports
     */
    public static Violations check(String path, String mediaType, byte[] body, List<String> algorithms) {
        return new KeySetRules(path, algorithms).check(mediaType, body);
    }

    private Violations check(String mediaType, byte[] body) {
        var keys = read(body);
        if (keys == null) {
            return found.violations();
        }
        var type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPES.contains(type)) {
            found.add(path, Rule.JWKS_MEDIA_TYPE, type);
        }
        if (keys.size() > MOST_KEYS) {
            found.add(path, Rule.JWKS_TOO_MANY_KEYS, Integer.toString(keys.size()));
            return found.violations();
        }
        var judged = new ArrayList<JwkRules>();
        for (int i = 0; i < keys.size(); i++) {
            if (!(keys.get(i) instanceof ObjectNode key)) {
                return malformed("entry " + (i + 1) + " of ‘keys’ is no object");
            }
            var rules = new JwkRules(path, name(key, i), key);
            found.addAll(rules.check());
            judged.add(rules);
        }
        checkKids(judged);
        checkUses(judged);
        if (judged.stream().noneMatch(key -> algorithms.stream().anyMatch(key::verifies))) {
            found.add(path, Rule.JWKS_NO_USABLE_KEY, String.join(", ", algorithms));
        }
        return found.violations();
    }

    /** @return the entries of {@code keys}; {@code null} when there is no such thing */
    private JsonNode read(byte[] body) {
        var start = 0;
        if (body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf) {
            found.add(path, Rule.JWKS_BYTE_ORDER_MARK);
            start = 3;
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, start, body.length - start))
                    .toString();
            var json = READER.readTree(text);
            if (json instanceof ObjectNode object && object.path("keys").isArray()) {
                return object.get("keys");
            }
            malformed(json instanceof ObjectNode ? "it has no array named ‘keys’" : "it is no JSON object");
        } catch (CharacterCodingException e) {
            malformed("it is not UTF-8");
        } catch (JsonProcessingException e) {
            // The parser's own words could repeat a private key.
            malformed("it is not JSON that can be read in one way only");
        }
        return null;
    }

    private Violations malformed(String why) {
        found.add(path, Rule.JWKS_MALFORMED, why);
        return found.violations();
    }

    private void checkKids(List<JwkRules> keys) {
        var typesByKid = new HashMap<String, Set<String>>();
        for (var key : keys) {
            if (key.kid() == null) {
                found.add(path, keys.size() == 1 ? Rule.JWKS_KID_ABSENT : Rule.JWKS_KID_REQUIRED, key.name());
                continue;
            }
            var types = typesByKid.computeIfAbsent(key.kid(), kid -> new HashSet<>());
            if (!types.add(key.type())) {
                found.add(path, Rule.JWKS_DUPLICATE_KID, key.type(), key.kid());
            } else if (types.size() == 2) {
                found.add(path, Rule.JWKS_KID_SHARED, key.kid());
            }
        }
    }

    private void checkUses(List<JwkRules> keys) {
        var encrypts = keys.stream().anyMatch(JwkRules::encrypts);
        keys.stream()
                .filter(key -> !key.saysWhatFor())
                .forEach(key -> found.add(path, encrypts ? Rule.JWKS_USE_REQUIRED : Rule.JWKS_USE_ABSENT, key.name()));
    }

    /** How findings call a key: its {@code kid}, else its place. */
    private static String name(ObjectNode key, int index) {
        var kid = key.path("kid");
        return kid.isTextual() && !kid.textValue().isEmpty() ? "‘" + kid.textValue() + "’" : "number " + (index + 1);
    }
}
