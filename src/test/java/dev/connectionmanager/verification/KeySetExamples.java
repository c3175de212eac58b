package dev.connectionmanager.verification;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.policy.Violations;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Key sets, sound and unsound, with the codes that each must give. */
public final class KeySetExamples {
    private static final RSAKey RSA = generated();
    private static final String EC_PUBLIC = ec();
    static final List<Example> EXAMPLES = make();

    private KeySetExamples() {}

    /** One set as it is served. */
    public record Example(String about, String mediaType, byte[] body, List<String> codes) {
        Violations judge() {
            return KeySetRules.check("jwks_uri", mediaType, body, List.of("RS256", "RS512", "ES256", "EdDSA"));
        }

        @Override
        public String toString() {
            return about + " → " + (codes.isEmpty() ? "accepted" : String.join(", ", codes));
        }
    }

    public static Stream<Violations> all() {
        return EXAMPLES.stream().map(Example::judge);
    }

    /** A sound public key for signatures. */
    static String rsa(String kid) {
        return rsa(RSA.getModulus().decodeToBigInteger(), "AQAB", "\"kid\":\"" + kid + "\",\"use\":\"sig\"");
    }

    private static String rsa(BigInteger modulus, String exponent, String rest) {
        return "{\"kty\":\"RSA\",\"n\":\"" + Base64URL.encode(modulus) + "\",\"e\":\"" + exponent + "\"," + rest + "}";
    }

    private static List<Example> make() {
        var examples = new ArrayList<Example>();
        var random = new Random(7);
        var usable = "jwks-no-usable-key";
        var n = RSA.getModulus().decodeToBigInteger();
        add(examples, "one key", set(rsa("a")));
        add(examples, "old and new", set(rsa("a"), rsa("b/+=")));
        add(
                examples,
                "Ed25519",
                set("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + "A".repeat(43)
                        + "\",\"kid\":\"o\",\"use\":\"sig\"}"));
        add(
                examples,
                "unknown members and types",
                set(rsa("a"), "{\"kty\":\"new\",\"kid\":\"n\",\"use\":\"sig\",\"x\":1}"));
        add(examples, "no object", "[]", "jwks-malformed");
        add(examples, "keys no array", "{\"keys\":{}}", "jwks-malformed");
        add(examples, "entry no object", "{\"keys\":[null]}", "jwks-malformed");
        add(examples, "duplicate member", "{\"keys\":[],\"keys\":[]}", "jwks-malformed");
        add(examples, "something behind", set(rsa("a")) + "x", "jwks-malformed");
        add(examples, "script around", "cb(" + set(rsa("a")) + ")", "jwks-malformed");
        add(examples, "too deep", "{\"a\":" + "[".repeat(25) + "]".repeat(25) + ",\"keys\":[]}", "jwks-malformed");
        add(examples, "no UTF-8", new byte[] {'{', '"', (byte) 0xff, '"', '}'}, "jwks-malformed");
        add(examples, "UTF-16", set(rsa("a")).getBytes(StandardCharsets.UTF_16), "jwks-malformed");
        add(examples, "byte order mark", "\ufeff" + set(rsa("a")), "jwks-byte-order-mark");
        examples.add(new Example(
                "plain text", "text/plain; charset=utf-8", bytes(set(rsa("a"))), List.of("jwks-media-type")));
        add(
                examples,
                "too many",
                set(Stream.generate(() -> rsa("a")).limit(51).toArray(String[]::new)),
                "jwks-too-many-keys");
        add(examples, "empty", set(), usable);
        add(
                examples,
                "private",
                set(rsa("a"), rsa(n, "AQAB", "\"d\":\"AQ\",\"kid\":\"b\",\"use\":\"sig\"")),
                "jwks-private-key");
        add(
                examples,
                "symmetric",
                set(rsa("a"), "{\"kty\":\"oct\",\"k\":\"AQ\",\"kid\":\"s\",\"use\":\"sig\"}"),
                "jwks-symmetric-key");
        add(
                examples,
                "small",
                set(rsa(n.shiftRight(1024), "AQAB", "\"kid\":\"a\",\"use\":\"sig\"")),
                "jwks-weak-key",
                usable);
        add(
                examples,
                "large",
                set(rsa(n.shiftLeft(4096), "AQAB", "\"kid\":\"a\",\"use\":\"sig\"")),
                "jwks-weak-key",
                usable);
        add(examples, "exponent 3", set(rsa(n, "Aw", "\"kid\":\"a\",\"use\":\"sig\"")), "jwks-weak-key", usable);
        add(examples, "even exponent", set(rsa(n, "AQAA", "\"kid\":\"a\",\"use\":\"sig\"")), "jwks-weak-key", usable);
        add(
                examples,
                "small factor",
                set(rsa(n.subtract(n.mod(BigInteger.valueOf(751))), "AQAB", "\"kid\":\"a\",\"use\":\"sig\"")),
                "jwks-weak-key",
                usable);
        add(
                examples,
                "faulty generator",
                set(rsa(faulty(random), "AQAB", "\"kid\":\"a\",\"use\":\"sig\"")),
                "jwks-weak-key",
                usable);
        add(
                examples,
                "close primes",
                set(rsa(close(random), "AQAB", "\"kid\":\"a\",\"use\":\"sig\"")),
                "jwks-weak-key",
                usable);
        add(examples, "padded", set(rsa("a").replace("\",\"e\"", "=\",\"e\"")), "jwks-key-invalid", usable);
        add(
                examples,
                "n missing",
                set("{\"kty\":\"RSA\",\"e\":\"AQAB\",\"kid\":\"a\",\"use\":\"sig\"}"),
                "jwks-key-invalid",
                usable);
        add(
                examples,
                "algorithm of another type",
                set(rsa(n, "AQAB", "\"kid\":\"a\",\"use\":\"sig\",\"alg\":\"ES256\"")),
                "jwks-key-invalid",
                usable);
        add(
                examples,
                "curve of another algorithm",
                set(EC_PUBLIC.replace("}", ",\"alg\":\"ES384\"}")),
                "jwks-key-invalid",
                usable);
        add(examples, "on the curve", set(EC_PUBLIC));
        add(
                examples,
                "off the curve",
                set(EC_PUBLIC.replaceFirst("\"x\":\"[^\"]+\"", "\"x\":\"" + "A".repeat(43) + "\"")),
                "jwks-key-invalid",
                usable);
        add(
                examples,
                "short coordinate",
                set(EC_PUBLIC.replaceFirst("\"x\":\"[^\"]+\"", "\"x\":\"AAAA\"")),
                "jwks-key-invalid",
                usable);
        add(
                examples,
                "kid a number",
                set(rsa(n, "AQAB", "\"kid\":1,\"use\":\"sig\"")),
                "jwks-key-invalid",
                "jwks-kid-absent",
                usable);
        add(examples, "use in capitals", set(rsa(n, "AQAB", "\"kid\":\"a\",\"use\":\"SIG\"")), "jwks-key-use", usable);
        add(
                examples,
                "signing operation",
                set(rsa(n, "AQAB", "\"kid\":\"a\",\"key_ops\":[\"sign\"]")),
                "jwks-key-use",
                usable);
        add(examples, "verifying operation", set(rsa(n, "AQAB", "\"kid\":\"a\",\"key_ops\":[\"verify\"]")));
        add(
                examples,
                "use against operations",
                set(rsa(n, "AQAB", "\"kid\":\"a\",\"use\":\"sig\",\"key_ops\":[\"encrypt\"]")),
                "jwks-key-use",
                usable);
        add(
                examples,
                "use needed",
                set(rsa(n, "AQAB", "\"kid\":\"a\""), rsa(n, "AQAB", "\"kid\":\"b\",\"use\":\"enc\"")),
                "jwks-use-required");
        add(examples, "for encryption only", set(rsa(n, "AQAB", "\"kid\":\"a\",\"use\":\"enc\"")), usable);
        add(examples, "use absent", set(rsa(n, "AQAB", "\"kid\":\"a\"")), "jwks-use-absent");
        add(examples, "kid twice", set(rsa("a"), rsa("a")), "jwks-duplicate-kid");
        add(examples, "kid shared by types", set(rsa("e"), EC_PUBLIC), "jwks-kid-shared");
        add(examples, "lone key without kid", set(rsa(n, "AQAB", "\"use\":\"sig\"")), "jwks-kid-absent");
        add(
                examples,
                "several keys without kid",
                set(rsa("a"), rsa(n, "AQAB", "\"use\":\"sig\"")),
                "jwks-kid-required");
        add(
                examples,
                "another key's certificate",
                set(rsa(n, "AQAB", "\"kid\":\"a\",\"use\":\"sig\",\"x5c\":[\"" + certificate() + "\"]")),
                "jwks-certificate-mismatch",
                usable);
        return List.copyOf(examples);
    }

    private static void add(List<Example> examples, String about, String body, String... codes) {
        add(examples, about, bytes(body), codes);
    }

    private static void add(List<Example> examples, String about, byte[] body, String... codes) {
        examples.add(new Example(about, "application/jwk-set+json", body, List.of(codes)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String set(String... keys) {
        return "{\"keys\":[" + String.join(",", keys) + "]}";
    }

    /** One more than a multiple of the generator's primes: a power of 65537, the zeroth, in each of their fields. */
    private static BigInteger faulty(Random random) {
        var primes = Stream.of(11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
                .map(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply);
        while (true) {
            var modulus = primes.multiply(
                            new BigInteger(1960, random).setBit(1959).clearBit(0))
                    .add(BigInteger.ONE);
            var small = Stream.iterate(BigInteger.TWO, BigInteger::nextProbablePrime)
                    .limit(1_300);
            if (small.allMatch(prime -> modulus.mod(prime).signum() != 0)) {
                return modulus;
            }
        }
    }

    private static BigInteger close(Random random) {
        var prime = new BigInteger(1024, random).setBit(1023).nextProbablePrime();
        return prime.multiply(prime.nextProbablePrime());
    }

    private static RSAKey generated() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ec() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID("e")
                    .keyUse(KeyUse.SIGNATURE)
                    .generate()
                    .toPublicJWK()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String certificate() {
        try {
            return Base64.getEncoder()
                    .encodeToString(TestPki.root("Another").certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
