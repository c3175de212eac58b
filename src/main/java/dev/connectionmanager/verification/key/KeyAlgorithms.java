package dev.connectionmanager.verification.key;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code alg} values of the JOSE registry and the keys that they go with. RFC 7518, RFC 8037, RFC 8812, RFC 9864. */
public final class KeyAlgorithms {
    private static final Pattern RSA_SIGNATURE = Pattern.compile("[RP]S(256|384|512)");
    private static final Map<String, String> CURVE_OF =
            Map.of("ES256", "P-256", "ES384", "P-384", "ES512", "P-521", "ES256K", "secp256k1");
    private static final Map<String, Set<String>> EDWARDS_CURVES_OF =
            Map.of("EdDSA", Set.of("Ed25519", "Ed448"), "Ed25519", Set.of("Ed25519"), "Ed448", Set.of("Ed448"));
    private static final Set<String> RSA_ENCRYPTION =
            Set.of("RSA1_5", "RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512");
    private static final Set<String> AGREEMENT =
            Set.of("ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW");
    /** For shared secrets, or for nothing at all: no public key has such an algorithm. */
    private static final Pattern NOT_OF_PUBLIC_KEYS =
            Pattern.compile("none|dir|HS(256|384|512)|A(128|192|256)(GCM)?(KW)?|A\\d{3}CBC-HS\\d{3}|PBES2-.*");

    /** To find a known name in another case. */
    private static final Map<String, String> KNOWN = Stream.of(
                    Stream.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512", "none"),
                    CURVE_OF.keySet().stream(),
                    EDWARDS_CURVES_OF.keySet().stream(),
                    RSA_ENCRYPTION.stream(),
                    AGREEMENT.stream())
            .flatMap(Function.identity())
            .collect(Collectors.toMap(KeyAlgorithms::folded, Function.identity()));

    private KeyAlgorithms() {}

    /** Whether a public key can verify it: neither a shared secret's nor none. */
    public static boolean isSignature(String algorithm) {
        return RSA_SIGNATURE.matcher(algorithm).matches()
                || CURVE_OF.containsKey(algorithm)
                || EDWARDS_CURVES_OF.containsKey(algorithm);
    }

    static boolean isEncryption(String algorithm) {
        return RSA_ENCRYPTION.contains(algorithm) || AGREEMENT.contains(algorithm);
    }

    /** Whether the registry forbids this algorithm for any public key, or writes it in another case. */
    static boolean isWrongForPublicKeys(String algorithm) {
        return NOT_OF_PUBLIC_KEYS.matcher(algorithm).matches()
                || !algorithm.equals(KNOWN.getOrDefault(folded(algorithm), algorithm));
    }

    /**
     * @param type {@code kty}
     * @param curve {@code crv}; empty for none
     */
    static boolean fit(String algorithm, String type, String curve) {
        return switch (type) {
            case "RSA" -> RSA_SIGNATURE.matcher(algorithm).matches() || RSA_ENCRYPTION.contains(algorithm);
            case "EC" -> curve.equals(CURVE_OF.get(algorithm)) || AGREEMENT.contains(algorithm);
            case "OKP" ->
                isAgreementCurve(curve)
                        ? AGREEMENT.contains(algorithm)
                        : EDWARDS_CURVES_OF.getOrDefault(algorithm, Set.of()).contains(curve);
            default -> false;
        };
    }

    /** One name may be the older and wider name of the other: {@code EdDSA} and {@code Ed25519}. RFC 9864. */
    static boolean same(String one, String other) {
        return one.equals(other) || Set.of(one, other).equals(Set.of("EdDSA", "Ed25519"));
    }

    /** Of Diffie-Hellman only: nothing signs with it. RFC 8037 section 3.2. */
    static boolean isAgreementCurve(String curve) {
        return curve.equals("X25519") || curve.equals("X448");
    }

    private static String folded(String algorithm) {
        return algorithm.toLowerCase(Locale.ROOT);
    }
}
