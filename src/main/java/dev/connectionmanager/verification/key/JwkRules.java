package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.key.KeyObservation.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The rules on one key of a key set. RFC 7517 section 4. */
final class JwkRules {
    static final String PATH = "jwks_uri";
    private static final int LONGEST_KID = 256;
    private static final int LONGEST_SHOWN = 30;
    private static final Set<String> KNOWN_TYPES = Set.of("RSA", "EC", "OKP");

    /** What only the holder of the private part does: RFC 7517 section 4.3. */
    private static final Set<String> PRIVATE_OPERATIONS =
            Set.of("sign", "decrypt", "unwrapKey", "deriveKey", "deriveBits");

    private static final Set<String> ENCRYPTING_OPERATIONS = Set.of("encrypt", "wrapKey");
    private static final Set<String> OPERATIONS =
            Set.of("verify", "encrypt", "wrapKey", "sign", "decrypt", "unwrapKey", "deriveKey", "deriveBits");

    private final ObjectNode key;
    private final int position;
    private final Violations.Collector found = new Violations.Collector();
    private KeyMaterial material;

    private JwkRules(ObjectNode key, int position) {
        this.key = key;
        this.position = position;
    }

    /**
     * @param key is changed: members that say nothing are taken out
     * @param position in the document, from 1
     */
    static JwkRules judge(ObjectNode key, int position) {
        var absent = AbsentMembers.removeFrom(key);
        var rules = new JwkRules(key, position);
        if (!absent.isEmpty()) {
            rules.add(Rule.JWKS_UNTIDY, "members-empty", String.join("’, ‘", absent));
        }
        rules.judge();
        return rules;
    }

    Violations violations() {
        return found.violations();
    }

    /** How findings call this key: its place and, where it has a good one, its {@code kid}. */
    String name() {
        return kid() == null ? Integer.toString(position) : position + " ‘" + kid() + "’";
    }

    String type() {
        return text("kty");
    }

    /** Null when there is none or it breaks the rules. */
    String kid() {
        return key.path("kid").isTextual() && isPrintable(text("kid")) ? text("kid") : null;
    }

    boolean hasKid() {
        return key.has("kid");
    }

    boolean hasUse() {
        return key.has("use");
    }

    boolean hasOperations() {
        return key.has("key_ops");
    }

    /** Of a type that the portal knows, and no shared secret. */
    boolean isKnown() {
        return KNOWN_TYPES.contains(type());
    }

    boolean encrypts() {
        return isKnown()
                && (text("use").equals("enc")
                        || KeyAlgorithms.isEncryption(text("alg"))
                        || KeyAlgorithms.isAgreementCurve(text("crv"))
                        || !operations().isEmpty() && ENCRYPTING_OPERATIONS.containsAll(operations()));
    }

    /** @param algorithms of which one is enough */
    Standing standing(List<String> algorithms) {
        if (found.violations().block()) {
            return Standing.REFUSED;
        }
        var algorithm = text("alg");
        var usable = !key.has("alg") || KeyAlgorithms.isSignature(algorithm);
        if (encrypts()
                || hasUse() && !text("use").equals("sig")
                || hasOperations() && !operations().contains("verify")) {
            return Standing.NOT_FOR_SIGNATURES;
        }
        if (!isKnown() || !material.known() || !usable) {
            return Standing.NOT_KNOWN;
        }
        return algorithms.stream()
                        .anyMatch(wanted -> (!key.has("alg") || KeyAlgorithms.same(algorithm, wanted))
                                && KeyAlgorithms.isSignature(wanted)
                                && KeyAlgorithms.fit(wanted, type(), text("crv")))
                ? Standing.USABLE
                : Standing.OTHER_ALGORITHM;
    }

    KeyObservation seen(List<String> algorithms) {
        return new KeyObservation(
                position,
                kid(),
                shown("kty"),
                material == null ? null : material.size(),
                shown("crv"),
                shown("alg"),
                shown("use"),
                material == null ? null : material.thumbprint(),
                standing(algorithms));
    }

    /** Of a key in good standing. */
    JWK publicKey() {
        return material.publicKey(kid(), key.has("alg") ? JWSAlgorithm.parse(text("alg")) : null);
    }

    private void judge() {
        if (LeakedKeys.isPrivate(key) || LeakedKeys.hold(key)) {
            found.add(PATH, Rule.JWKS_PRIVATE_KEY, "key", name());
        }
        if (LeakedKeys.isSymmetric(key)) {
            found.add(PATH, Rule.JWKS_SYMMETRIC_KEY, "key", name());
            return;
        }
        if (!key.path("kty").isTextual()) {
            add(Rule.JWKS_MALFORMED, key.has("kty") ? "member-no-string" : "member-missing", "kty");
            return;
        }
        checkKid();
        if (!isKnown()) {
            return;
        }
        material = KeyMaterial.judge(key, this::add);
        checkAlgorithm();
        checkUse();
        if (!found.violations().block() && material.known()) {
            KeyCertificate.judge(key, material, this::add);
        }
    }

    private void checkKid() {
        if (hasKid() && !key.get("kid").isTextual()) {
            add(Rule.JWKS_MALFORMED, "member-no-string", "kid");
        } else if (hasKid() && !isPrintable(text("kid"))) {
            add(Rule.JWKS_MALFORMED, "kid-unprintable");
        }
    }

    private void checkAlgorithm() {
        if (!key.has("alg")) {
            return;
        }
        var algorithm = text("alg");
        if (!key.get("alg").isTextual()) {
            add(Rule.JWKS_MALFORMED, "member-no-string", "alg");
        } else if (KeyAlgorithms.isWrongForPublicKeys(algorithm)) {
            add(Rule.JWKS_KEY_INVALID, "alg-not-public");
        } else if ((KeyAlgorithms.isSignature(algorithm) || KeyAlgorithms.isEncryption(algorithm))
                && !KeyAlgorithms.fit(algorithm, type(), text("crv"))) {
            add(Rule.JWKS_KEY_INVALID, "alg-does-not-fit");
        }
    }

    private void checkUse() {
        var use = text("use");
        if (hasUse() && !key.get("use").isTextual()) {
            add(Rule.JWKS_MALFORMED, "member-no-string", "use");
        } else if (!use.equals("sig")
                && !use.equals("enc")
                && Set.of("sig", "enc").contains(use.toLowerCase(Locale.ROOT))) {
            misused("use-case");
        }
        if (use.equals("sig")
                        && (KeyAlgorithms.isEncryption(text("alg")) || KeyAlgorithms.isAgreementCurve(text("crv")))
                || use.equals("enc") && KeyAlgorithms.isSignature(text("alg"))) {
            misused("use-and-alg");
        }
        if (hasOperations()) {
            checkOperations(use);
        }
    }

    private void checkOperations(String use) {
        var array = key.get("key_ops");
        if (!array.isArray()
                || StreamSupport.stream(array.spliterator(), false).anyMatch(entry -> !entry.isTextual())) {
            add(Rule.JWKS_MALFORMED, "key-ops-no-strings");
            return;
        }
        var operations = operations();
        if (operations.size() != array.size()) {
            misused("key-ops-twice");
        }
        if (operations.stream().anyMatch(PRIVATE_OPERATIONS::contains)) {
            misused("key-ops-private");
        }
        if (operations.stream().anyMatch(JwkRules::isMiscased)) {
            misused("key-ops-case");
        }
        var encrypting = operations.stream().anyMatch(ENCRYPTING_OPERATIONS::contains);
        var verifying = operations.contains("verify");
        if (use.equals("sig") && (encrypting || !verifying) || use.equals("enc") && (verifying || !encrypting)) {
            misused("use-and-key-ops");
        }
        if (KeyAlgorithms.isSignature(text("alg")) && encrypting
                || KeyAlgorithms.isEncryption(text("alg")) && verifying) {
            misused("alg-and-key-ops");
        } else if (verifying && encrypting && !hasUse()) {
            add(Rule.JWKS_KEY_OPERATIONS_MIXED);
        }
    }

    private static boolean isMiscased(String operation) {
        return !OPERATIONS.contains(operation) && OPERATIONS.stream().anyMatch(operation::equalsIgnoreCase);
    }

    private Set<String> operations() {
        return StreamSupport.stream(key.path("key_ops").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private String text(String member) {
        return key.path(member).isTextual() ? key.get(member).textValue() : "";
    }

    /** As typed, unless it is no name at all: whatever stands there by mistake is not repeated. */
    private String shown(String member) {
        var text = text(member);
        return text.matches("[A-Za-z0-9+._-]{1," + LONGEST_SHOWN + "}") ? text : null;
    }

    private static boolean isPrintable(String kid) {
        return !kid.isEmpty()
                && kid.codePointCount(0, kid.length()) <= LONGEST_KID
                && kid.codePoints().noneMatch(c -> switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> true;
                    default -> false;
                });
    }

    private void misused(String why) {
        add(Rule.JWKS_KEY_USE, why);
    }

    /** @param why a code and its arguments; of a malformed key it comes first, since other things can be malformed too */
    private void add(Rule rule, String... why) {
        var arguments = new ArrayList<>(List.of(why));
        arguments.add(rule == Rule.JWKS_MALFORMED ? 1 : 0, name());
        found.add(PATH, rule, arguments.toArray(String[]::new));
    }
}
