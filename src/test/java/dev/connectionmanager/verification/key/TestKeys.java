package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.testing.RsaKeys;
import dev.connectionmanager.verification.certificate.TestPki;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Throw-away keys, made once, and documents of them. */
final class TestKeys {
    static final RSAKey RSA = rsa(0, "k1");
    static final RSAKey OTHER_RSA = rsa(1, "k2");
    static final ECKey EC = ec(Curve.P_256, "e1");
    static final byte[] ED25519_SEED = "a seed for tests of 32 octets...".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestKeys() {}

    /** The public part, for RS256. */
    static ObjectNode publicRsa() {
        return json(RSA.toPublicJWK()).put("use", "sig").put("alg", "RS256");
    }

    static ObjectNode otherPublicRsa() {
        return json(OTHER_RSA.toPublicJWK()).put("use", "sig").put("alg", "RS256");
    }

    static ObjectNode publicEc() {
        return json(EC.toPublicJWK()).put("use", "sig").put("alg", "ES256");
    }

    static ObjectNode publicEc(Curve curve) {
        return json(ec(curve, "e2").toPublicJWK()).put("use", "sig");
    }

    static ObjectNode publicEd25519() {
        var x = new Ed25519PrivateKeyParameters(ED25519_SEED, 0)
                .generatePublicKey()
                .getEncoded();
        return okp("Ed25519", x).put("alg", "EdDSA");
    }

    static ObjectNode okp(String curve, byte[] x) {
        return JSON.createObjectNode()
                .put("kty", "OKP")
                .put("crv", curve)
                .put("x", Base64URL.encode(x).toString())
                .put("kid", "o1")
                .put("use", "sig");
    }

    static ObjectNode rsa(BigInteger modulus) {
        return publicRsa().put("n", base64url(modulus));
    }

    /** A modulus of two primes of this size that are far apart. */
    static BigInteger modulus(int bits, Random random) {
        return BigInteger.probablePrime(bits / 2, random).multiply(BigInteger.probablePrime(bits - bits / 2, random));
    }

    static String base64url(BigInteger number) {
        return number.signum() == 0 ? "AA" : Base64URL.encode(number).toString();
    }

    static ObjectNode json(JWK key) {
        try {
            return (ObjectNode) JSON.readTree(key.toJSONString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String set(ObjectNode... keys) {
        return Arrays.stream(keys).map(ObjectNode::toString).collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    static KeySetVerdict judge(String body, String... algorithms) {
        return judge(body.getBytes(StandardCharsets.UTF_8), algorithms);
    }

    static KeySetVerdict judge(byte[] body, String... algorithms) {
        return KeySetRules.check(
                new KeySetObservation(200, "application/jwk-set+json", body),
                Optional.empty(),
                algorithms.length == 0
                        ? List.of("HS256", "RS256", "RS512", "ES256", "ES384", "ES512", "EdDSA")
                        : List.of(algorithms));
    }

    /** With a certificate of another key. */
    static ObjectNode certified(ObjectNode key) {
        try {
            key.putArray("x5c").add(base64(TestPki.root("Another").certificate().getEncoded()));
            return key;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static RSAKey rsa(int index, String kid) {
        return new RSAKey.Builder(RsaKeys.key(index)).keyID(kid).build();
    }

    private static ECKey ec(Curve curve, String kid) {
        try {
            return new ECKeyGenerator(curve).keyID(kid).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
