package dev.connectionmanager.verification.key;

import static dev.connectionmanager.verification.key.TestKeys.judge;
import static dev.connectionmanager.verification.key.TestKeys.publicEc;
import static dev.connectionmanager.verification.key.TestKeys.publicRsa;
import static dev.connectionmanager.verification.key.TestKeys.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.verification.key.KeyObservation.Standing;
import dev.connectionmanager.wording.RuleSentences;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules on key sets as documents; {@code KeyMaterialTest} has those on the numbers in them. */
class KeySetRulesTest {
    static Stream<KeySetExamples.Example> examples() {
        return KeySetExamples.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesExactlyTheCodesOfTheTable(KeySetExamples.Example example) {
        assertThat(example.judge().violations().all())
                .extracting(violation -> violation.rule().code())
                .containsExactlyInAnyOrderElementsOf(example.codes());
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, RS256, false",
        "RS512, RS256, true",
        "RS256, ES256, true",
        "HS256, RS256, false",
        "EdDSA, RS256, true",
        ", RS256, false"
    })
    void wantsAKeyForTheDeclaredAlgorithm(String declared, String algorithm, boolean refused) {
        var key = algorithm.startsWith("E") ? publicEc() : publicRsa();
        var seen = new KeySetObservation(200, "application/json", set(key).getBytes());
        var verdict = KeySetRules.check(seen, Optional.ofNullable(declared), List.of("HS256", "RS256", "EdDSA"));
        assertThat(verdict.violations().block()).isEqualTo(refused);
        assertThat(verdict.usable().isEmpty()).isEqualTo(refused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'issuer':'https://op.example.org','token_endpoint':'x','jwks_uri':'https://op.example.org/keys'}"
                        + " | discovery https://op.example.org/keys",
                "{'issuer':'https://op.example.org','token_endpoint':'x'} | discovery-without-keys",
                "{'kty':'RSA','n':'AQAB','e':'AQAB'}                      | single-key",
                "{'error':'not_found'}                                    | no-keys"
            })
    void namesWhatIsServedInPlaceOfAKeySet(String body, String said) {
        var seen = new KeySetObservation(
                200, "application/json", body.replace('\'', '"').getBytes());
        var found = KeySetRules.check(seen, Optional.empty(), List.of("RS256")).violations();
        assertThat(found.all()).hasSize(1);
        assertThat(String.join(" ", found.all().get(0).arguments())).isEqualTo(said);
    }

    @Test
    void tellsWhatItSawOfEachKey() throws Exception {
        var verdict = judge(
                set(
                        publicRsa(),
                        publicEc().put("alg", "ES256").put("kid", "e"),
                        publicRsa().put("kid", "x").put("alg", "RS384"),
                        publicRsa().put("kid", "y").put("use", "enc").put("alg", "RSA-OAEP"),
                        publicRsa().put("kid", "z").put("kty", "NEW"),
                        publicRsa().put("kid", "w").put("e", "Aw")),
                "RS256",
                "ES256");
        var thumbprint = TestKeys.RSA.computeThumbprint().toString();
        assertThat(verdict.keys())
                .startsWith(
                        new KeyObservation(1, "k1", "RSA", 2048, null, "RS256", "sig", thumbprint, Standing.USABLE),
                        new KeyObservation(
                                2,
                                "e",
                                "EC",
                                256,
                                "P-256",
                                "ES256",
                                "sig",
                                TestKeys.EC.computeThumbprint().toString(),
                                Standing.USABLE))
                .extracting(KeyObservation::standing)
                .containsExactly(
                        Standing.USABLE,
                        Standing.USABLE,
                        Standing.OTHER_ALGORITHM,
                        Standing.NOT_FOR_SIGNATURES,
                        Standing.NOT_KNOWN,
                        Standing.REFUSED);
        assertThat(verdict.usable().size()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"keys\":[{\"kty\":\"RSA\",\"n\":\"SECRET\",\"d\":\"SECRET\",\"alg\":\"SECRET /\",\"kid\":\"a\"}]}'",
        "'{\"keys\":[{\"kty\":\"oct\",\"k\":\"SECRET\",\"alg\":\"SECRET /\",\"use\":\"SECRET /\",\"kid\":\"a\"}]}'",
        "'{\"keys\":[{\"kty\":\"EC\",\"crv\":\"SECRET /\",\"d\":\"SECRET\"}]}'",
        "'{\"keys\":[{\"kty\":\"RSA\",\"d\":\"SECRET\",\"SECRET\":1,\"SECRET\":2}]}'",
        "'{\"keys\":[{\"kty\":\"RSA\",\"d\":\"SECRET'",
        "'{\"keys\":[{\"kty\":\"RSA\",\"d\":SECRET}]}'",
        "'-----BEGIN PRIVATE KEY----- SECRET'"
    })
    void neverRepeatsASecret(String body) {
        var verdict = judge(body);
        assertThat(verdict.violations().block()).isTrue();
        assertThat(verdict.toString()).doesNotContain("SECRET");
        assertThat(verdict.violations().all()).extracting(RuleSentences::of).noneMatch(text -> text.contains("SECRET"));
        assertThat(new KeySetObservation(200, "", body.getBytes()).toString()).doesNotContain("SECRET");
    }

    @Test
    void namesAKeyByItsPlaceAndItsKid() {
        var verdict = judge(set(
                publicRsa().put("alg", "HS256"),
                publicEc().put("kid", 7),
                publicRsa().put("kid", "c").put("kty", 1),
                publicRsa().put("kid", "d").without("kty"),
                publicRsa().put("kid", "e").put("use", "SIG")));
        assertThat(verdict.violations().all())
                .extracting(violation -> violation.rule().code() + " " + String.join(" ", violation.arguments()))
                .startsWith(
                        "jwks-key-invalid 1 ‘k1’ alg-not-public",
                        "jwks-malformed member-no-string 2 kid",
                        "jwks-malformed member-no-string 3 ‘c’ kty",
                        "jwks-malformed member-missing 4 ‘d’ kty",
                        "jwks-key-use 5 ‘e’ use-case");
    }

    /** With these, signatures are verified: a key that says what it is for is used for nothing else. */
    @Test
    void handsOnUsableKeysWithKidAndAlgorithm() {
        var usable = judge(set(
                        publicRsa(),
                        publicEc().put("kid", "e").without("alg"),
                        TestKeys.publicEd25519().put("kid", "d").without("alg")))
                .usable();
        assertThat(usable.getKeys())
                .extracting(JWK::getKeyID, JWK::getAlgorithm, JWK::isPrivate)
                .containsExactly(
                        tuple("k1", JWSAlgorithm.RS256, false), tuple("e", null, false), tuple("d", null, false));
    }

    @Test
    void makesNoThumbprintOfASharedSecret() {
        var verdict = judge("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0c2VjcmV0c2VjcmV0\",\"kid\":\"a\"}]}");
        assertThat(verdict.keys()).extracting(KeyObservation::thumbprint).containsOnlyNulls();
    }

    @Test
    void tellsAllFindingsAtOnce() {
        var verdict = judge("\uFEFF"
                + set(
                        publicRsa().put("e", "Aw").put("kid", 7),
                        publicEc().put("d", "AQAB").without("use"),
                        publicRsa().put("alg", "ES256").without("use")));
        assertThat(verdict.violations().all())
                .extracting(violation -> violation.rule().code())
                .containsExactly(
                        "jwks-byte-order-mark",
                        "jwks-malformed",
                        "jwks-weak-key",
                        "jwks-private-key",
                        "jwks-key-invalid",
                        "jwks-use-absent",
                        "jwks-use-absent",
                        "jwks-no-usable-key");
        assertThat(verdict.violations().all())
                .allMatch(violation -> violation.path().equals("jwks_uri"));
    }

    static Stream<String> hostile() {
        return Stream.of(
                Large.SET,
                set(TestKeys.rsa(BigInteger.ONE.shiftLeft(380_000).setBit(0))),
                set(publicRsa()
                        .put(
                                "e",
                                TestKeys.base64url(
                                        BigInteger.ONE.shiftLeft(380_000).setBit(0)))),
                set(publicRsa().put("alg", "A".repeat(60_000))),
                set(publicRsa().put("kid", "k".repeat(60_000))),
                "{\"keys\":[" + "{},".repeat(20_000) + "{}]}",
                "[".repeat(65_000),
                "{\"keys\":[],\"a\":" + "9".repeat(65_000) + "}",
                "{\"keys\":[],\"a\":1e" + "9".repeat(90) + "}",
                "\"d\"" + " ".repeat(65_000),
                "\"d\" ".repeat(16_000),
                "-----BEGIN ".repeat(5_900),
                "{\"keys\":[{\"kty\":\"RSA\",\"x5c\":[" + "\"MIIB\",".repeat(8_000) + "\"\"]}]}");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("hostile")
    void hostileSetsCostLittle(String body) {
        assertThat(body).hasSizeLessThanOrEqualTo(64 * 1024);
        assertThat(Patience.processorTime(() -> judge(body))).isLessThan(Duration.ofSeconds(2));
    }

    /** Made once: looking for its moduli takes long. */
    private static final class Large {
        static final String SET = set(moduli());

        private static ObjectNode[] moduli() {
            var random = new Random(3);
            return IntStream.range(0, 50)
                    .mapToObj(
                            i -> TestKeys.rsa(withoutSmallFactors(4096, random)).put("kid", "k" + i))
                    .toArray(ObjectNode[]::new);
        }
    }

    /** So that every check on moduli has to run to its end. */
    private static BigInteger withoutSmallFactors(int bits, Random random) {
        while (true) {
            var number = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
            if (RsaKeyStrength.ofModulus(number).isEmpty()) {
                return number;
            }
        }
    }
}
