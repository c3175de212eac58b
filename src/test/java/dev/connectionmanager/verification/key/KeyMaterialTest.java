package dev.connectionmanager.verification.key;

import static dev.connectionmanager.verification.key.TestKeys.judge;
import static dev.connectionmanager.verification.key.TestKeys.publicEc;
import static dev.connectionmanager.verification.key.TestKeys.publicEd25519;
import static dev.connectionmanager.verification.key.TestKeys.publicRsa;
import static dev.connectionmanager.verification.key.TestKeys.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.wording.RuleSentences;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules on the numbers in keys, with keys made to be bad. */
class KeyMaterialTest {
    private static final Random RANDOM = new Random(11);
    private static final BigInteger GOOD = TestKeys.RSA.getModulus().decodeToBigInteger();

    static Stream<Arguments> moduli() {
        return Stream.of(
                Arguments.of("2,048 bits", GOOD, null),
                Arguments.of("2,049 bits", TestKeys.modulus(2_049, RANDOM).setBit(2_048), null),
                Arguments.of("1,024 bits", TestKeys.modulus(1_024, RANDOM), "bits"),
                Arguments.of("2,047 bits", TestKeys.modulus(2_047, RANDOM).clearBit(2_047), "bits"),
                Arguments.of("4,097 bits", GOOD.shiftLeft(2_049).setBit(0), "its modulus has 4097 bits"),
                Arguments.of("an even one", GOOD.clearBit(0), "divisible by 2"),
                Arguments.of("the factor 751", timesPrime(751), "divisible by 751"),
                Arguments.of("the factor 9,973", timesPrime(9_973), "divisible by 9973"),
                Arguments.of("a faulty generator", ofFaultyGenerator(), "CVE-2017-15361"),
                Arguments.of("close primes", ofClosePrimes(), "too close"),
                Arguments.of("a square", BigInteger.probablePrime(1_024, RANDOM).pow(2), "too close"),
                Arguments.of("zero", BigInteger.ZERO, "0 bits"),
                Arguments.of("one", BigInteger.ONE, "1 bits"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moduli")
    void judgesModuli(String about, BigInteger modulus, String weakness) {
        var found = judge(set(TestKeys.rsa(modulus))).violations().all();
        if (weakness == null && modulus.bitLength() >= 2_048) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found)
                    .anyMatch(violation -> violation.rule().code().equals("jwks-weak-key")
                            && RuleSentences.of(violation).contains(weakness));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, false",
        "3, false",
        "65535, false",
        "65536, false",
        "65537, true",
        "65538, false",
        "65539, true",
        "4294967295, true",
        "4294967297, false"
    })
    void judgesExponents(String exponent, boolean good) {
        var key = publicRsa().put("e", TestKeys.base64url(new BigInteger(1, new BigInteger(exponent).toByteArray())));
        assertThat(codes(key)).isEqualTo(good ? List.of() : List.of("jwks-weak-key", "jwks-no-usable-key"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "=", "AQAB=", "AQA B", "AQAB\n", "AQ+B", "AQ/B", "AQAC_", "AQABA", "AR", "\u00e9"})
    void refusesOtherSpellingsOfNumbers(String exponent) {
        assertThat(codes(publicRsa().put("e", exponent))).contains("jwks-malformed");
    }

    /** As encoders of signed numbers write them. RFC 7518 section 6.3.1. */
    @Test
    void takesNumbersWithALeadingZeroOctetAsThoseWithout() {
        var octets = new byte[257];
        System.arraycopy(TestKeys.RSA.getModulus().decode(), 0, octets, 1, 256);
        var verdict = judge(
                set(publicRsa().put("n", Base64URL.encode(octets).toString()).put("e", "AAEAAQ")));
        assertThat(verdict.violations().all())
                .extracting(RuleSentences::of)
                .satisfiesExactly(n -> assertThat(n).contains("‘n’ begins with a zero octet"), e -> assertThat(e)
                        .contains("‘e’ begins with a zero octet"));
        var plain = judge(set(publicRsa()));
        assertThat(verdict.usable().toString()).isEqualTo(plain.usable().toString());
        assertThat(verdict.keys()).isEqualTo(plain.keys());
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "P-521"})
    void takesTheCurvesOfNist(String curve) {
        assertThat(codes(publicEc(Curve.parse(curve)))).isEmpty();
    }

    static Stream<Arguments> points() {
        var prime = BigInteger.TWO
                .pow(256)
                .subtract(BigInteger.TWO.pow(224))
                .add(BigInteger.TWO.pow(192))
                .add(BigInteger.TWO.pow(96))
                .subtract(BigInteger.ONE);
        var x = TestKeys.EC.getX().decode();
        var y = TestKeys.EC.getY().decode();
        var other = y.clone();
        other[31] ^= 1;
        return Stream.of(
                Arguments.of("a point beside the curve", x, other),
                Arguments.of("both coordinates zero", new byte[32], new byte[32]),
                Arguments.of("both coordinates the prime", octets(prime), octets(prime)),
                Arguments.of("a short coordinate", Arrays.copyOfRange(x, 1, 32), y),
                Arguments.of("a long coordinate", x, Arrays.copyOf(y, 33)),
                Arguments.of("coordinates in another order", y, x));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("points")
    void refusesPointsThatAreNotOnTheCurve(String about, byte[] x, byte[] y) {
        var key = publicEc()
                .put("x", Base64URL.encode(x).toString())
                .put("y", Base64URL.encode(y).toString());
        assertThat(codes(key)).containsExactly("jwks-key-invalid", "jwks-no-usable-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-384", "P-521"})
    void refusesAPointOfAnotherCurve(String curve) {
        assertThat(codes(publicEc().put("crv", curve).without("alg"))).contains("jwks-key-invalid");
    }

    @Test
    void refusesShortCurves() {
        assertThat(codes(publicEc().put("crv", "P-224").without("alg"))).contains("jwks-weak-key");
    }

    @Test
    void leavesCurvesThatItDoesNotKnowAlone() {
        assertThat(codes(publicEc().put("crv", "secp256k1").put("alg", "ES256K")))
                .containsExactly("jwks-no-usable-key");
    }

    @Test
    void takesEd25519() {
        assertThat(codes(publicEd25519())).isEmpty();
        assertThat(codes(publicEd25519().without("alg"))).isEmpty();
    }

    /** The points of order 1, 2, 4 and 8 in their canonical forms: a signature by them fits many messages. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0200000000000000000000000000000000000000000000000000000000000000"
            })
    void refusesBadPointsOfEd25519(String hexadecimal) {
        var key = TestKeys.okp("Ed25519", java.util.HexFormat.of().parseHex(hexadecimal));
        assertThat(codes(key)).containsExactly("jwks-key-invalid", "jwks-no-usable-key");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 33, 57})
    void refusesOtherLengthsForEd25519(int octets) {
        assertThat(codes(TestKeys.okp("Ed25519", new byte[octets]))).contains("jwks-key-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-2048", "secp256r1", "Ed25519"})
    void comparesTheFirstCertificateWithTheKey(String kind) throws Exception {
        var root = TestPki.root("One");
        var leaf = TestPki.leaf("app.supplier.co.uk").key(kind).issuedBy(root).certificate();
        var digest = Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()))
                .toString();
        assertThat(codes(x5c(keyOf(leaf), leaf))).isEmpty();
        assertThat(codes(x5c(keyOf(leaf).put("x5t#S256", digest), leaf, root.certificate())))
                .isEmpty();
        var mismatch = "jwks-certificate-mismatch";
        assertThat(codes(x5c(keyOf(leaf), root.certificate(), leaf))).contains(mismatch);
        assertThat(codes(x5c(keyOf(leaf).put("x5t#S256", "AAAA"), leaf))).contains(mismatch);
        for (var other : List.of(publicRsa(), publicEc(), publicEd25519())) {
            assertThat(codes(x5c(other, leaf))).contains(mismatch);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x5c\":\"MIIB\"}", "{\"x5c\":[1]}", "{\"x5c\":[\"MIIB\"]}", "{\"x5c\":[\"-\"]}"})
    void refusesWhatIsNoCertificate(String members) throws Exception {
        var x5c = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(members)
                .get("x5c");
        assertThat(codes(publicRsa().set("x5c", x5c))).contains("jwks-malformed");
    }

    /** As WSO2, OpenAM and .NET have published them. */
    @Test
    void takesOtherSpellingsOfCertificatesAndThumbprints() throws Exception {
        var leaf = TestPki.root("Leaf").certificate();
        var digest = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
        var hex = HexFormat.of().formatHex(digest);
        for (var thumbprint : List.of(
                hex,
                hex.toUpperCase(Locale.ROOT),
                HexFormat.ofDelimiter(":").formatHex(digest),
                Base64URL.encode(hex).toString(),
                Base64URL.encode(digest) + "=",
                TestKeys.base64(digest))) {
            assertThat(codes(x5c(keyOf(leaf).put("x5t#S256", thumbprint), leaf)))
                    .as(thumbprint)
                    .containsExactly("jwks-untidy");
        }
        var base64 = TestKeys.base64(leaf.getEncoded());
        for (var certificate : List.of(
                base64.replaceAll("(.{64})", "$1\n"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n",
                Base64URL.encode(leaf.getEncoded()).toString())) {
            var key = keyOf(leaf);
            key.putArray("x5c").add(certificate);
            assertThat(codes(key)).as(certificate).containsExactly("jwks-untidy");
        }
    }

    private static List<String> codes(ObjectNode key) {
        return judge(set(key)).violations().all().stream()
                .map(violation -> violation.rule().code())
                .toList();
    }

    private static ObjectNode keyOf(X509Certificate certificate) {
        var key = certificate.getPublicKey();
        if (key instanceof EdECPublicKey) {
            var encoded = key.getEncoded();
            return TestKeys.okp("Ed25519", Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        }
        var jwk = key instanceof RSAPublicKey rsa
                ? new RSAKey.Builder(rsa).keyID("c").build()
                : new ECKey.Builder(Curve.P_256, (ECPublicKey) key).keyID("c").build();
        return TestKeys.json(jwk).put("use", "sig");
    }

    private static ObjectNode x5c(ObjectNode key, X509Certificate... chain) throws Exception {
        var array = key.putArray("x5c");
        for (var certificate : chain) {
            array.add(TestKeys.base64(certificate.getEncoded()));
        }
        return key;
    }

    private static byte[] octets(BigInteger number) {
        var octets = number.toByteArray();
        return octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static BigInteger timesPrime(int prime) {
        return GOOD.multiply(BigInteger.valueOf(prime));
    }

    private static BigInteger ofClosePrimes() {
        var prime = BigInteger.probablePrime(1_024, RANDOM);
        return prime.multiply(prime.nextProbablePrime());
    }

    /** As that generator made its primes: a multiple of the primorial plus a power of 65537 modulo it. */
    private static BigInteger ofFaultyGenerator() {
        var primorial = IntStream.rangeClosed(2, 701)
                .mapToObj(BigInteger::valueOf)
                .filter(number -> number.isProbablePrime(20))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        return Stream.generate(() -> faultyFactor(primorial).multiply(faultyFactor(primorial)))
                .filter(modulus -> modulus.bitLength() == 2_048)
                .filter(modulus -> RsaKeyStrength.ofModulus(modulus).size() == 1)
                .findFirst()
                .orElseThrow();
    }

    private static BigInteger faultyFactor(BigInteger primorial) {
        var power = BigInteger.valueOf(65_537).modPow(new BigInteger(64, RANDOM), primorial);
        var factor = BigInteger.ONE.shiftLeft(1_024).divide(primorial).subtract(new BigInteger(32, RANDOM));
        return primorial.multiply(factor).add(power);
    }
}
