package dev.connectionmanager.verification.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.verification.key.KeyProof.Expected;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proves that a team holds a published key, and what does not. */
class KeyProofTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String PORTAL = "https://portal.example.nhs.uk";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Expected EXPECTED =
            new Expected(PORTAL, "n-0S6_WzA2Mj", List.of("HS256", "RS256", "RS512", "PS256", "ES256", "EdDSA"));
    private static final JWKSet KEYS = TestKeys.judge(
                    TestKeys.set(TestKeys.publicRsa(), TestKeys.publicEc().put("kid", "e1"), TestKeys.publicEd25519()))
            .usable();

    @Test
    void takesTheSignedChallenge() throws Exception {
        var verdict = verify(rsa(header -> {}, claims -> {}), NOW);
        assertThat(verdict.violations().all()).isEmpty();
        assertThat(verdict.thumbprint())
                .contains(TestKeys.RSA.computeThumbprint().toString());
    }

    @Test
    void makesAChallengeThatCanBeSignedAsItIs() throws Exception {
        var challenge = KeyProof.challenge(PORTAL, EXPECTED.nonce(), "RS256", "k1", NOW);
        assertThat(challenge.expires()).isEqualTo(NOW.plusSeconds(300));
        var signature = new RSASSASigner(TestKeys.RSA)
                .sign(
                        new JWSHeader(JWSAlgorithm.RS256),
                        challenge.signingInput().getBytes());
        assertThat(verify(" " + challenge.signingInput() + "." + signature + "\n", NOW)
                        .violations()
                        .all())
                .isEmpty();
        assertThat(challenge.claims()).doesNotContain("\"sub\"").doesNotContain("\"iss\"");
    }

    @Test
    void takesEachKindOfKey() throws Exception {
        var ec = signed(header("ES256", "e1"), claims(), new ECDSASigner(TestKeys.EC));
        assertThat(verify(ec, NOW).violations().all()).isEmpty();
        var input = input(header("EdDSA", "o1"), claims());
        var signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(TestKeys.ED25519_SEED, 0));
        signer.update(input.getBytes(), 0, input.length());
        var edwards = input + "." + Base64URL.encode(signer.generateSignature());
        assertThat(verify(edwards, NOW).violations().all()).isEmpty();
    }

    @Test
    void needsNoKid() throws Exception {
        assertThat(verify(rsa(header -> header.remove("kid"), claims -> {}), NOW)
                        .violations()
                        .all())
                .isEmpty();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                header("no type", header -> header.remove("typ")),
                header("the type of any JWT", header -> header.put("typ", "JWT")),
                header("another case", header -> header.put("typ", "Key-Proof+JWT")),
                header("a media type", header -> header.put("typ", "application/key-proof+jwt")),
                header("an algorithm that is not listed", header -> header.put("alg", "RS384")),
                header("none", header -> header.put("alg", "none")),
                header("no algorithm", header -> header.remove("alg")),
                header("an algorithm that is no text", header -> header.put("alg", 1)),
                header("a critical extension", header -> header.putArray("crit").add("exp")),
                header("an unencoded payload", header -> header.put("b64", false)));
    }

    static Stream<Arguments> claimsets() {
        return Stream.of(
                claims("a subject", claims -> claims.put("sub", "123456789012.apps.supplier")),
                claims("an issuer", claims -> claims.put("iss", "")),
                claims("a subject that is null", claims -> claims.putNull("sub")),
                claims("no audience", claims -> claims.remove("aud")),
                claims("another audience", claims -> claims.put("aud", PORTAL + "/")),
                claims(
                        "several audiences",
                        claims -> claims.putArray("aud").add(PORTAL).add("https://op.example")),
                claims("no nonce", claims -> claims.remove("nonce")),
                claims("another nonce", claims -> claims.put("nonce", "n-0S6_WzA2Mk")),
                claims("no expiry", claims -> claims.remove("exp")),
                claims("a long life", claims -> claims.put("exp", NOW.getEpochSecond() + 301)),
                claims("an end before its beginning", claims -> claims.put("iat", NOW.getEpochSecond() + 301)),
                claims("a time in words", claims -> claims.put("exp", "tomorrow")),
                claims("a time beyond all time", claims -> claims.put("exp", Long.MAX_VALUE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"headers", "claimsets"})
    void refusesWhatIsNotTheChallenge(String about, Consumer<ObjectNode> header, Consumer<ObjectNode> claims)
            throws Exception {
        var verdict = verify(rsa(header, claims), NOW);
        assertThat(codes(verdict)).contains("key-proof-invalid");
        assertThat(verdict.thumbprint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-61, true", "-60, false", "0, false", "299, false", "300, true", "86400, true"})
    void holdsFiveMinutes(int seconds, boolean refused) throws Exception {
        var codes = codes(verify(rsa(header -> {}, claims -> {}), NOW.plusSeconds(seconds)));
        assertThat(codes).isEqualTo(refused ? List.of("key-proof-expired") : List.of());
    }

    @Test
    void refusesSignaturesOfOtherKeys() throws Exception {
        var stranger = signed(header("RS256", "k1"), claims(), new RSASSASigner(TestKeys.OTHER_RSA));
        assertThat(codes(verify(stranger, NOW))).containsExactly("key-proof-signature");
        var otherKid = rsa(header -> header.put("kid", "e1"), claims -> {});
        assertThat(codes(verify(otherKid, NOW))).containsExactly("key-proof-signature");
        var good = rsa(header -> {}, claims -> {});
        var changed = good.replace(
                "." + good.split("\\.")[1],
                "." + Base64URL.encode(claims().put("x", 1).toString()));
        assertThat(codes(verify(changed, NOW))).containsExactly("key-proof-signature");
    }

    @Test
    void refusesAnAlgorithmThatTheKeyIsNotFor() throws Exception {
        var signed = signed(header("RS512", "k1"), claims(), new RSASSASigner(TestKeys.RSA));
        assertThat(codes(verify(signed, NOW))).containsExactly("key-proof-signature");
    }

    /** The public key as the secret of an HMAC. */
    @Test
    void refusesSharedSecretsEvenWhereTheEnvironmentTakesThem() throws Exception {
        var publicKey = TestKeys.RSA.toRSAPublicKey().getEncoded();
        var signed = signed(header("HS256", "k1"), claims(), new MACSigner(publicKey));
        assertThat(codes(verify(signed, NOW))).containsExactly("key-proof-invalid");
    }

    @Test
    void ignoresAKeyThatTheHeaderBringsAlong() throws Exception {
        var header = header("RS256", "k1");
        header.set("jwk", JSON.readTree(TestKeys.OTHER_RSA.toPublicJWK().toJSONString()));
        var signed = signed(header, claims(), new RSASSASigner(TestKeys.OTHER_RSA));
        assertThat(codes(verify(signed, NOW))).containsExactly("key-proof-signature");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() throws Exception {
        var codes = codes(verify(
                signed(
                        header("RS256", "k1").put("typ", "JWT"),
                        claims().put("sub", "x").put("aud", "y"),
                        new RSASSASigner(TestKeys.OTHER_RSA)),
                NOW.plusSeconds(900)));
        assertThat(codes)
                .containsExactly(
                        "key-proof-invalid",
                        "key-proof-invalid",
                        "key-proof-invalid",
                        "key-proof-expired",
                        "key-proof-signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "a.b.", "e30.e30.x=", "e30.W10.eA", "bm8.e30.eA", "{}"})
    void refusesWhatIsNoCompactJws(String pasted) {
        assertThat(codes(verify(pasted, NOW))).isNotEmpty().containsOnly("key-proof-invalid");
    }

    @Test
    void refusesMembersThatComeTwice() throws Exception {
        var twice = Base64URL.encode(claims().toString().replace("{", "{\"aud\":\"x\","));
        var input = Base64URL.encode(header("RS256", "k1").toString()) + "." + twice;
        var signature = new RSASSASigner(TestKeys.RSA).sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes());
        assertThat(codes(verify(input + "." + signature, NOW))).containsExactly("key-proof-invalid");
    }

    @Test
    void refusesLongTextsUnread() {
        assertThat(codes(verify("a".repeat(1_000_000), NOW))).containsExactly("key-proof-invalid");
    }

    @Test
    void saysSoWhenThePrivateKeyItselfIsPasted() {
        for (var key : List.of(TestKeys.RSA.toJSONString(), "-----BEGIN PRIVATE KEY-----\nMIIE\n")) {
            var verdict = verify(key, NOW);
            assertThat(verdict.violations().all()).extracting(v -> v.rule()).containsExactly(Rule.KEY_PROOF_LEAKED);
            assertThat(verdict.toString())
                    .doesNotContain("MIIE")
                    .doesNotContain(TestKeys.RSA.getPrivateExponent().toString());
        }
    }

    private static Arguments header(String about, Consumer<ObjectNode> change) {
        Consumer<ObjectNode> none = claims -> {};
        return Arguments.of(about, change, none);
    }

    private static Arguments claims(String about, Consumer<ObjectNode> change) {
        Consumer<ObjectNode> none = header -> {};
        return Arguments.of(about, none, change);
    }

    private static KeyProof.Verdict verify(String pasted, Instant now) {
        return KeyProof.verify(pasted, KEYS, EXPECTED, now);
    }

    private static List<String> codes(KeyProof.Verdict verdict) {
        return verdict.violations().all().stream().map(v -> v.rule().code()).toList();
    }

    private static ObjectNode header(String algorithm, String kid) {
        return JSON.createObjectNode()
                .put("typ", KeyProof.TYPE)
                .put("alg", algorithm)
                .put("kid", kid);
    }

    private static ObjectNode claims() {
        return JSON.createObjectNode()
                .put("aud", PORTAL)
                .put("nonce", EXPECTED.nonce())
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 300);
    }

    private static String rsa(Consumer<ObjectNode> changeHeader, Consumer<ObjectNode> changeClaims) throws Exception {
        var header = header("RS256", "k1");
        var claims = claims();
        changeHeader.accept(header);
        changeClaims.accept(claims);
        var input = input(header, claims);
        var signature = new RSASSASigner(TestKeys.RSA).sign(new JWSHeader(JWSAlgorithm.RS256), input.getBytes());
        return input + "." + signature;
    }

    private static String signed(ObjectNode header, ObjectNode claims, JWSSigner signer) throws Exception {
        var input = input(header, claims);
        var algorithm = JWSAlgorithm.parse(header.get("alg").textValue());
        return input + "." + signer.sign(new JWSHeader(algorithm), input.getBytes(StandardCharsets.UTF_8));
    }

    private static String input(ObjectNode header, ObjectNode claims) {
        return Base64URL.encode(header.toString()) + "." + Base64URL.encode(claims.toString());
    }
}
