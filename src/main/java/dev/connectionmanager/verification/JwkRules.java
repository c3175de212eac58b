package dev.connectionmanager.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rules on one key of a key set. RFC 7517, RFC 7518, RFC 8037. */
final class JwkRules {
    private static final int LONGEST_KID = 256;
    /** RFC 7518 sections 6.2.2 and 6.3.2, RFC 8037 section 2. */
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth");

    /** What only the holder of the private part does: RFC 7517 section 4.3. */
    private static final Set<String> PRIVATE_OPERATIONS =
            Set.of("sign", "decrypt", "unwrapKey", "deriveKey", "deriveBits");

    private static final Set<String> ENCRYPTING_OPERATIONS = Set.of("encrypt", "wrapKey");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Map<String, String> ALGORITHM_OF_CURVE =
            Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512", "secp256k1", "ES256K");
    private static final int ED25519_OCTETS = 32;

    private final String path;
    private final String name;
    private final ObjectNode key;
    private final Violations.Collector found = new Violations.Collector();

    JwkRules(String path, String name, ObjectNode key) {
        this.path = path;
        this.name = name;
        this.key = key;
    }

    Violations check() {
        if (PRIVATE_MEMBERS.stream().anyMatch(key::has)) {
            found.add(path, Rule.JWKS_PRIVATE_KEY, name);
        }
        if (type().equals("oct") || key.has("k")) {
            found.add(path, Rule.JWKS_SYMMETRIC_KEY, name);
            return found.violations();
        }
        checkForm();
        checkUse();
        switch (type()) {
            case "RSA" -> checkRsa();
            case "EC" -> checkEc();
            case "OKP" -> checkOkp();
            default -> {}
        }
        if (!found.violations().block()) {
            checkCertificate();
        }
        return found.violations();
    }

    String name() {
        return name;
    }

    String type() {
        return text("kty");
    }

    /** {@code null} = none. */
    String kid() {
        return key.path("kid").isTextual() ? key.get("kid").textValue() : null;
    }

    boolean saysWhatFor() {
        return key.has("use") || key.has("key_ops");
    }

    boolean encrypts() {
        return text("use").equals("enc")
                || operations().anyMatch(ENCRYPTING_OPERATIONS::contains)
                || Stream.of("RSA-OAEP", "RSA1_5", "ECDH-ES").anyMatch(text("alg")::startsWith);
    }

    /** Whether this key can verify a signature of this JWS algorithm. */
    boolean verifies(String algorithm) {
        return !found.violations().block()
                && !encrypts()
                && (text("alg").isEmpty() || text("alg").equals(algorithm))
                && fits(algorithm);
    }

    private boolean fits(String algorithm) {
        return switch (type()) {
            case "RSA" -> algorithm.matches("[RP]S(256|384|512)");
            case "EC" -> algorithm.equals(ALGORITHM_OF_CURVE.get(text("crv")));
            case "OKP" ->
                text("crv").equals("Ed25519") && Set.of("EdDSA", "Ed25519").contains(algorithm);
            default -> false;
        };
    }

    private void checkForm() {
        for (var member : List.of("kty", "kid", "use", "alg")) {
            if (key.has(member) && !key.get(member).isTextual()) {
                invalid("‘" + member + "’ is no string");
            }
        }
        if (type().isEmpty()) {
            invalid("it has no ‘kty’");
        }
        var kid = kid();
        if (kid != null
                && (kid.isEmpty()
                        || kid.length() > LONGEST_KID
                        || kid.codePoints()
                                .anyMatch(c -> Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || Character.getType(c) == Character.SURROGATE))) {
            invalid("its ‘kid’ must have 1 to 256 printable characters");
        }
        var signs = text("alg").matches("(RS|PS|ES|HS)\\d+K?|EdDSA|Ed25519|none");
        if (signs && Set.of("RSA", "EC", "OKP").contains(type()) && !fits(text("alg"))) {
            invalid("its ‘alg’ does not fit its type");
        }
    }

    private void checkUse() {
        if (key.has("key_ops") && !(key.get("key_ops").isArray() && all(key.get("key_ops"), JsonNode::isTextual))) {
            invalid("‘key_ops’ is no array of strings");
            return;
        }
        var use = text("use");
        if (key.has("use") && !use.equals("sig") && !use.equals("enc")) {
            misused("its ‘use’ is neither ‘sig’ nor ‘enc’");
        }
        if (operations().anyMatch(PRIVATE_OPERATIONS::contains)) {
            misused("its ‘key_ops’ are those of a private key");
        }
        if (operations().distinct().count() != operations().count()) {
            misused("its ‘key_ops’ name an operation twice");
        }
        var signatureOnly = operations().allMatch("verify"::equals);
        var encryptionOnly = operations().allMatch(ENCRYPTING_OPERATIONS::contains);
        if (use.equals("sig") && !signatureOnly || use.equals("enc") && !encryptionOnly) {
            misused("its ‘use’ and its ‘key_ops’ do not agree");
        }
    }

    private void checkRsa() {
        var modulus = octets("n");
        var exponent = octets("e");
        if (modulus != null && exponent != null) {
            RsaKeyStrength.weakness(new BigInteger(1, modulus), new BigInteger(1, exponent))
                    .ifPresent(weakness -> found.add(path, Rule.JWKS_WEAK_KEY, name, weakness));
        }
    }

    private void checkEc() {
        var curve = Curve.parse(text("crv").isEmpty() ? "none" : text("crv"));
        var x = octets("x");
        var y = octets("y");
        if (x == null || y == null) {
            return;
        }
        var spec = curve.toECParameterSpec();
        if (spec == null || !ALGORITHM_OF_CURVE.containsKey(curve.getName())) {
            invalid("its curve ‘" + curve.getName() + "’ is not supported");
            return;
        }
        var size = (spec.getCurve().getField().getFieldSize() + 7) / 8;
        if (x.length != size || y.length != size) {
            invalid("its coordinates must have " + size + " octets each");
            return;
        }
        try {
            new ECKey.Builder(curve, Base64URL.encode(x), Base64URL.encode(y)).build();
        } catch (IllegalStateException offCurve) {
            invalid("its point is not on the curve");
        }
    }

    private void checkOkp() {
        var x = octets("x");
        if (x != null && text("crv").equals("Ed25519") && x.length != ED25519_OCTETS) {
            invalid("‘x’ must have " + ED25519_OCTETS + " octets");
        }
    }

    private void checkCertificate() {
        if (!key.has("x5c")) {
            return;
        }
        var certificates = key.get("x5c");
        if (!certificates.isArray()
                || certificates.isEmpty()
                || !certificates.get(0).isTextual()) {
            invalid("‘x5c’ is no array of certificates");
            return;
        }
        try {
            var der = Base64.getDecoder().decode(certificates.get(0).textValue());
            var certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!holdsThisKey(certificate.getPublicKey())) {
                found.add(path, Rule.JWKS_CERTIFICATE_MISMATCH, name);
            }
        } catch (IllegalArgumentException | CertificateException e) {
            invalid("its certificate cannot be read");
        }
    }

    private boolean holdsThisKey(PublicKey certified) {
        if (certified instanceof RSAPublicKey rsa) {
            return type().equals("RSA")
                    && rsa.getModulus().equals(new BigInteger(1, octets("n")))
                    && rsa.getPublicExponent().equals(new BigInteger(1, octets("e")));
        }
        if (certified instanceof ECPublicKey ec) {
            return type().equals("EC")
                    && ec.getW().getAffineX().equals(new BigInteger(1, octets("x")))
                    && ec.getW().getAffineY().equals(new BigInteger(1, octets("y")));
        }
        if (certified instanceof EdECPublicKey) {
            var encoded = certified.getEncoded();
            var x = octets("x");
            return type().equals("OKP")
                    && encoded.length >= x.length
                    && Arrays.equals(encoded, encoded.length - x.length, encoded.length, x, 0, x.length);
        }
        return false;
    }

    /** @return {@code null}, with a finding, when the member is not there or no base64url (RFC 7515 section 2) */
    private byte[] octets(String member) {
        var value = key.path(member);
        if (!value.isTextual() || !BASE64URL.matcher(value.textValue()).matches()) {
            invalid(value.isMissingNode() ? "‘" + member + "’ is missing" : "‘" + member + "’ is no base64url");
            return null;
        }
        try {
            return Base64.getUrlDecoder().decode(value.textValue());
        } catch (IllegalArgumentException e) {
            invalid("‘" + member + "’ is no base64url");
            return null;
        }
    }

    private Stream<String> operations() {
        return StreamSupport.stream(key.path("key_ops").spliterator(), false).map(JsonNode::asText);
    }

    private String text(String member) {
        return key.path(member).isTextual() ? key.get(member).textValue() : "";
    }

    private void invalid(String why) {
        found.add(path, Rule.JWKS_KEY_INVALID, name, why);
    }

    private void misused(String why) {
        found.add(path, Rule.JWKS_KEY_USE, name, why);
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> test) {
        return StreamSupport.stream(array.spliterator(), false).allMatch(test);
    }
}
