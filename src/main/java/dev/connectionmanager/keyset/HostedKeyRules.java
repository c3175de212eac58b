package dev.connectionmanager.keyset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeySetObservation;
import dev.connectionmanager.verification.key.KeySetRules;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The policy on keys that a team keeps at the portal: that on any key set, and that each key gets a name. */
public final class HostedKeyRules {
    /** How many key sets a team may keep. */
    public static final int MOST_SETS = 10;
    /** How many keys a key set may have. */
    public static final int MOST_KEYS = 10;

    private static final String KEYS = "keys";
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What has a member twice is not taken apart here: whoever judges it says so. */
    private static final ObjectReader STRICT = JSON.reader()
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private HostedKeyRules() {}

    /** @param keys that are to be added; none where something blocks */
    public record Judged(Violations violations, List<HostedKey> keys) {}

    /** @return what is wrong with the name of a new key set */
    public static Violations checkName(KeySetCandidate candidate) {
        var found = new Violations.Collector();
        if (candidate.name() == null || NameText.fault(candidate.name()).isPresent()) {
            found.add("name", Rule.KEY_SET_NAME_INVALID);
        }
        return found.violations();
    }

    /**
     * @param keys as sent
     * @param there those that are published already
     * @param algorithms of client assertions, of which each key must fit one
     */
    public static Judged check(String keys, List<HostedKey> there, List<String> algorithms, Instant now) {
        if (keys == null || keys.isBlank()) {
            return refused(Rule.HOSTED_KEYS_REQUIRED);
        }
        var sent = keys.strip();
        var document = sent.startsWith("-----BEGIN ") ? pem(sent) : json(sent);
        if (document == null) {
            return refused(Rule.PEM_UNREADABLE);
        }
        var verdict = KeySetRules.check(
                new KeySetObservation(OK, "application/jwk-set+json", document.getBytes(StandardCharsets.UTF_8)),
                Optional.empty(),
                algorithms);
        var found = new Violations.Collector();
        verdict.violations()
                .all()
                .forEach(one -> found.add(KEYS, one.rule(), one.arguments().toArray(String[]::new)));
        var usable = verdict.usable().getKeys();
        if (!usable.isEmpty() && usable.size() < verdict.keys().size()) {
            found.add(KEYS, Rule.HOSTED_KEY_NOT_USABLE, String.join(", ", algorithms));
        }
        var added = usable.stream().map(key -> hosted(key, now)).toList();
        added.stream()
                .filter(key -> there.stream().anyMatch(old -> old.named(key.kid()) || old.named(key.thumbprint())))
                .forEach(key -> found.add(KEYS, Rule.HOSTED_KEY_THERE, key.kid()));
        return new Judged(found.violations(), found.violations().block() ? List.of() : added);
    }

    private static Judged refused(Rule rule) {
        return new Judged(new Violations(List.of(Violation.of(KEYS, rule))), List.of());
    }

    /** Keys in PEM as a key set; {@code null} where one cannot be read. A private one stays one, and is refused as such. */
    private static String pem(String sent) {
        try {
            var set = JSON.createObjectNode();
            var keys = set.putArray(KEYS);
            for (var block : sent.split("(?<=-----END [A-Z0-9 ]{1,40}-----)")) {
                if (!block.isBlank()) {
                    keys.add(named((ObjectNode) JSON.readTree(
                            JWK.parseFromPEMEncodedObjects(block.strip()).toJSONString())));
                }
            }
            return set.toString();
        } catch (JOSEException | JsonProcessingException | RuntimeException unreadable) {
            return null;
        }
    }

    /** A list of keys, a single one or a key set, as a key set; all else stays as it is, to be told what is wrong with it. */
    private static String json(String sent) {
        try {
            var read = STRICT.readTree(sent);
            var keys = read instanceof ObjectNode && read.has("kty")
                    ? JSON.createArrayNode().add(read)
                    : read;
            if (keys.path(KEYS) instanceof ArrayNode within) {
                keys = within;
            }
            if (keys instanceof ArrayNode) {
                keys.forEach(HostedKeyRules::named);
                return JSON.createObjectNode().set(KEYS, keys).toString();
            }
            return sent;
        } catch (JsonProcessingException noJson) {
            return sent;
        }
    }

    /** Gives a key what it lacks: its thumbprint for a name, and the purpose that all keys have here. */
    private static JsonNode named(JsonNode node) {
        if (node instanceof ObjectNode key) {
            try {
                var read = JWK.parse(key.toString());
                if (!key.has("kid")) {
                    key.put("kid", read.computeThumbprint().toString());
                }
                if (!key.has("use") && !key.has("key_ops")) {
                    key.put("use", "sig");
                }
            } catch (ParseException | JOSEException | RuntimeException unreadable) {
                return node;
            }
        }
        return node;
    }

    private static HostedKey hosted(JWK key, Instant now) {
        try {
            return new HostedKey(
                    key.getKeyID(),
                    key.computeThumbprint().toString(),
                    key.getKeyType().getValue(),
                    key.toPublicJWK().toJSONString(),
                    now,
                    null);
        } catch (JOSEException e) {
            throw new IllegalStateException("A key that was judged has no thumbprint", e);
        }
    }
}
