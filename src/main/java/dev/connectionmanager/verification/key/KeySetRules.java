package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWKSet;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.certificate.PrintableText;
import dev.connectionmanager.verification.key.KeyObservation.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The rules on what a {@code jwks_uri} serves. Nothing that a key points to is fetched, and no private part of a key is
 * kept or repeated.
 */
public final class KeySetRules {
    private static final int OK = 200;
    private static final int MOST_KEYS = 50;
    private static final Set<String> MEDIA_TYPES = Set.of("application/jwk-set+json", "application/json");

    private final List<String> algorithms;
    private final Violations.Collector found = new Violations.Collector();

    private KeySetRules(List<String> algorithms) {
        this.algorithms = algorithms;
    }

    /**
     * @param declaredAlgorithm {@code token_endpoint_auth_signing_alg}, if the client has one: some key must fit it. One
     *     for shared secrets counts as none: keys are not what it needs
     * @param supportedAlgorithms those of the environment for client assertions: without a declared one, some key must
     *     fit any of these
     */
    public static KeySetVerdict check(
            KeySetObservation observation, Optional<String> declaredAlgorithm, List<String> supportedAlgorithms) {
        var wanted = declaredAlgorithm
                .filter(KeyAlgorithms::isSignature)
                .map(List::of)
                .orElseGet(() -> supportedAlgorithms.stream()
                        .filter(KeyAlgorithms::isSignature)
                        .toList());
        return new KeySetRules(wanted).check(observation);
    }

    private KeySetVerdict check(KeySetObservation observation) {
        if (observation.status() != OK) {
            found.add(JwkRules.PATH, Rule.RESPONSE_STATUS, Integer.toString(observation.status()));
            return KeySetVerdict.unread(found.violations());
        }
        checkMediaType(observation.mediaType());
        var body = observation.body();
        if (LeakedKeys.hasPrivatePem(body)) {
            found.add(JwkRules.PATH, Rule.JWKS_PRIVATE_KEY, "pem");
        }
        try {
            return judge(document(body));
        } catch (StrictJson.Malformed e) {
            found.add(JwkRules.PATH, Rule.JWKS_MALFORMED, e.why.toArray(String[]::new));
            if (LeakedKeys.seemPrivate(body)) {
                found.add(JwkRules.PATH, Rule.JWKS_PRIVATE_KEY, "unreadable");
            }
            if (LeakedKeys.seemSymmetric(body)) {
                found.add(JwkRules.PATH, Rule.JWKS_SYMMETRIC_KEY, "unreadable");
            }
            return KeySetVerdict.unread(found.violations());
        }
    }

    private void checkMediaType(String mediaType) {
        var type = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPES.contains(type)) {
            found.add(JwkRules.PATH, Rule.JWKS_MEDIA_TYPE, type.isEmpty() ? "no-type" : PrintableText.plain(type));
        }
    }

    private ObjectNode document(byte[] body) throws StrictJson.Malformed {
        var marked = body.length >= 3 && body[0] == (byte) 0xef && body[1] == (byte) 0xbb && body[2] == (byte) 0xbf;
        if (marked) {
            found.add(JwkRules.PATH, Rule.JWKS_BYTE_ORDER_MARK);
        }
        var json = StrictJson.read(body, marked ? 3 : 0);
        if (!(json instanceof ObjectNode object)) {
            throw new StrictJson.Malformed(json.isMissingNode() ? "empty" : "no-object");
        }
        if (!object.path("keys").isArray()) {
            throw new StrictJson.Malformed(inPlaceOfKeys(object));
        }
        return object;
    }

    /** What people serve by mistake. */
    private static String[] inPlaceOfKeys(ObjectNode object) {
        if (object.path("jwks_uri").isTextual()) {
            return new String[] {
                "discovery", PrintableText.plain(object.get("jwks_uri").textValue())
            };
        }
        if (object.path("issuer").isTextual() && object.has("token_endpoint")) {
            return new String[] {"discovery-without-keys"};
        }
        return new String[] {object.path("kty").isTextual() ? "single-key" : "no-keys"};
    }

    private KeySetVerdict judge(ObjectNode document) {
        var array = document.get("keys");
        if (array.size() > MOST_KEYS) {
            found.add(JwkRules.PATH, Rule.JWKS_TOO_MANY_KEYS, Integer.toString(array.size()));
            checkLeaks(document);
            return KeySetVerdict.unread(found.violations());
        }
        var keys = new ArrayList<JwkRules>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof ObjectNode entry) {
                var key = JwkRules.judge(entry, i + 1);
                found.addAll(key.violations());
                keys.add(key);
            } else {
                found.add(JwkRules.PATH, Rule.JWKS_MALFORMED, "key-no-object", Integer.toString(i + 1));
            }
        }
        document.remove("keys");
        checkLeaks(document);
        checkKids(keys);
        checkUses(keys);
        var usable = keys.stream()
                .filter(key -> key.standing(algorithms) == Standing.USABLE)
                .map(JwkRules::publicKey)
                .toList();
        if (usable.isEmpty()) {
            found.add(JwkRules.PATH, Rule.JWKS_NO_USABLE_KEY, String.join(", ", algorithms));
        }
        return new KeySetVerdict(
                found.violations(),
                keys.stream().map(key -> key.seen(algorithms)).toList(),
                new JWKSet(usable));
    }

    /** What stands where no key is looked for can be copied all the same. */
    private void checkLeaks(ObjectNode document) {
        if (LeakedKeys.isLeaked(document) || LeakedKeys.hold(document)) {
            found.add(JwkRules.PATH, Rule.JWKS_PRIVATE_KEY, "member");
        }
    }

    private void checkKids(List<JwkRules> keys) {
        var typesByKid = new HashMap<String, Set<String>>();
        var several =
                keys.stream().filter(key -> key.isKnown() && !key.encrypts()).count() > 1;
        for (var key : keys) {
            if (!key.hasKid()) {
                if (key.isKnown()) {
                    var choice = several && !key.encrypts();
                    found.add(JwkRules.PATH, choice ? Rule.JWKS_KID_REQUIRED : Rule.JWKS_KID_ABSENT, key.name());
                }
            } else if (key.kid() != null) {
                var types = typesByKid.computeIfAbsent(key.kid(), kid -> new HashSet<>());
                if (!types.add(key.type())) {
                    found.add(JwkRules.PATH, Rule.JWKS_DUPLICATE_KID, key.name());
                } else if (types.size() == 2) {
                    found.add(JwkRules.PATH, Rule.JWKS_KID_SHARED, key.kid());
                }
            }
        }
    }

    /** Where both kinds are published, {@code use} is required of each key, whatever else tells of its purpose. */
    private void checkUses(List<JwkRules> keys) {
        var known = keys.stream().filter(JwkRules::isKnown).toList();
        var mixed =
                known.stream().anyMatch(JwkRules::encrypts) && !known.stream().allMatch(JwkRules::encrypts);
        for (var key : known) {
            if (mixed && !key.hasUse()) {
                found.add(JwkRules.PATH, Rule.JWKS_USE_REQUIRED, key.name());
            } else if (!key.hasUse() && !key.hasOperations()) {
                found.add(JwkRules.PATH, Rule.JWKS_USE_ABSENT, key.name());
            }
        }
    }
}
