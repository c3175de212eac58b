package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.ThumbprintUtils;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.policy.Rule;
import java.math.BigInteger;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.BigIntegers;

/** The numbers of one public key: read without tolerance, then judged. RFC 7518 section 6, RFC 8037 section 2. */
final class KeyMaterial {
    private static final Map<String, Curve> CURVES =
            Map.of("P-256", Curve.P_256, "P-384", Curve.P_384, "P-521", Curve.P_521);
    private static final Set<String> WEAK_CURVES = Set.of("P-192", "P-224");

    /** Takes the findings. */
    interface Findings {
        /** @param why a code and its arguments */
        void add(Rule rule, String... why);
    }

    private final ObjectNode key;
    private final Findings findings;
    private final Map<String, byte[]> octets = new LinkedHashMap<>();
    private Integer size;
    private boolean known;

    private KeyMaterial(ObjectNode key, Findings findings) {
        this.key = key;
        this.findings = findings;
    }

    static KeyMaterial judge(ObjectNode key, Findings findings) {
        var material = new KeyMaterial(key, findings);
        switch (key.path("kty").asText()) {
            case "RSA" -> material.rsa();
            case "EC" -> material.ec();
            case "OKP" -> material.okp();
            default -> {}
        }
        return material;
    }

    /** In bits; null when unknown. */
    Integer size() {
        return size;
    }

    /** Whether its type and curve are ones that the portal can judge. */
    boolean known() {
        return known;
    }

    /** An octet string among the members that were read. */
    byte[] octets(String member) {
        return octets.get(member);
    }

    /** RFC 7638; null unless all members were read. */
    String thumbprint() {
        try {
            var required = new LinkedHashMap<String, String>();
            for (var member : required()) {
                if (!key.path(member).isTextual() || !Set.of("kty", "crv").contains(member) && octets(member) == null) {
                    return null;
                }
                required.put(
                        member,
                        octets(member) == null
                                ? key.get(member).textValue()
                                : member(member).toString());
            }
            return required.isEmpty()
                    ? null
                    : ThumbprintUtils.compute("SHA-256", required).toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key alone, for verifying signatures; only of a key without findings. A null parameter is left out. */
    JWK publicKey(String kid, Algorithm algorithm) {
        return switch (key.get("kty").textValue()) {
            case "RSA" ->
                new RSAKey.Builder(member("n"), member("e"))
                        .keyID(kid)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .build();
            case "EC" ->
                new ECKey.Builder(CURVES.get(key.get("crv").textValue()), member("x"), member("y"))
                        .keyID(kid)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .build();
            default ->
                new OctetKeyPair.Builder(Curve.Ed25519, member("x"))
                        .keyID(kid)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(algorithm)
                        .build();
        };
    }

    private void rsa() {
        known = true;
        var modulus = number("n");
        var exponent = number("e");
        if (modulus != null) {
            size = modulus.bitLength();
            RsaKeyStrength.ofModulus(modulus).forEach(this::weak);
        }
        if (exponent != null) {
            RsaKeyStrength.ofExponent(exponent).ifPresent(this::weak);
        }
    }

    private void ec() {
        var name = curve();
        if (WEAK_CURVES.contains(name)) {
            findings.add(Rule.JWKS_WEAK_KEY, "curve", name);
        }
        var curve = CURVES.get(name);
        known = curve != null;
        var x = read("x");
        var y = read("y");
        if (!known || x == null || y == null) {
            return;
        }
        var spec = curve.toECParameterSpec();
        size = spec.getCurve().getField().getFieldSize();
        var length = (size + 7) / 8;
        if (x.length != length || y.length != length) {
            invalid(
                    "coordinate-lengths",
                    Integer.toString(x.length),
                    Integer.toString(y.length),
                    Integer.toString(length));
        } else if (!isOnCurve(new BigInteger(1, x), new BigInteger(1, y), spec)) {
            invalid("not-on-curve", name);
        }
    }

    /** Both below the prime, which the equation alone does not demand; (0,0), for infinity, is on none of the curves. */
    private static boolean isOnCurve(BigInteger x, BigInteger y, ECParameterSpec spec) {
        var prime = ((ECFieldFp) spec.getCurve().getField()).getP();
        return x.compareTo(prime) < 0 && y.compareTo(prime) < 0 && ECChecks.isPointOnCurve(x, y, spec);
    }

    private void okp() {
        var name = curve();
        var x = read("x");
        known = name.equals("Ed25519");
        if (!known || x == null) {
            return;
        }
        size = Ed25519.PUBLIC_KEY_SIZE * 8;
        if (x.length != Ed25519.PUBLIC_KEY_SIZE) {
            invalid("x-length", Integer.toString(x.length), Integer.toString(Ed25519.PUBLIC_KEY_SIZE));
        } else if (!Ed25519.validatePublicKeyFull(x, 0)) {
            // With a point of low order one signature may fit any message.
            invalid("bad-point");
        }
    }

    private String curve() {
        var curve = key.path("crv");
        if (!curve.isTextual()) {
            malformed("crv", curve.isMissingNode() ? "member-missing" : "member-no-string");
        }
        return curve.asText("");
    }

    /**
     * Base64urlUInt: of the fewest octets. RFC 7518 section 2. Encoders that take a signed number write a zero octet first,
     * as section 6.3.1.1 says of them; it is the same number, and kept without it.
     */
    private BigInteger number(String member) {
        var read = read(member);
        if (read == null) {
            return null;
        }
        var number = new BigInteger(1, read);
        if (read[0] == 0 && read.length > 1) {
            findings.add(Rule.JWKS_UNTIDY, "zero-octet", member);
            octets.put(member, BigIntegers.asUnsignedByteArray(number));
        }
        return number;
    }

    /** RFC 7515 section 2: no padding, no line ends, no other alphabet, and no stray bits, which would be a second form. */
    private byte[] read(String member) {
        JsonNode value = key.path(member);
        if (!value.isTextual()) {
            malformed(member, value.isMissingNode() ? "member-missing" : "member-no-string");
            return null;
        }
        try {
            var read = Base64.getUrlDecoder().decode(value.textValue());
            if (read.length > 0 && Base64URL.encode(read).toString().equals(value.textValue())) {
                octets.put(member, read);
                return read;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below.
        }
        malformed(member, "member-no-base64url");
        return null;
    }

    private List<String> required() {
        return switch (key.path("kty").asText()) {
            case "RSA" -> List.of("e", "kty", "n");
            case "EC" -> List.of("crv", "kty", "x", "y");
            case "OKP" -> List.of("crv", "kty", "x");
            default -> List.of();
        };
    }

    private Base64URL member(String name) {
        return Base64URL.encode(octets.get(name));
    }

    private void malformed(String member, String why) {
        findings.add(Rule.JWKS_MALFORMED, why, member);
    }

    private void weak(List<String> why) {
        findings.add(Rule.JWKS_WEAK_KEY, why.toArray(String[]::new));
    }

    private void invalid(String... why) {
        findings.add(Rule.JWKS_KEY_INVALID, why);
    }
}
