package dev.connectionmanager.verification.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.verification.certificate.TestPki;
import dev.connectionmanager.verification.key.PastedSecrets.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastedSecretsTest {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** As keys are written in files, and as they come out of clipboards, chats, addresses and sources. */
    static Stream<Arguments> keys() throws Exception {
        var rsa = TestKeys.RSA.toPrivateKey().getEncoded();
        var ec = new ECKeyGenerator(Curve.P_256).generate().toPrivateKey().getEncoded();
        var ed = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return Map.of(
                        "PRIVATE KEY",
                        rsa,
                        // What PKCS #8 wraps is PKCS #1 and SEC 1.
                        "RSA PRIVATE KEY",
                        Arrays.copyOfRange(rsa, 26, rsa.length),
                        "EC PRIVATE KEY",
                        Arrays.copyOfRange(ec, 28, ec.length),
                        "PRIVATE KEY ",
                        ec,
                        "PRIVATE  KEY",
                        ed)
                .entrySet()
                .stream()
                .flatMap(key -> spellings(key.getKey(), key.getValue()).entrySet().stream()
                        .map(spelling -> Arguments.of(key.getKey() + ", " + spelling.getKey(), spelling.getValue())));
    }

    private static Map<String, String> spellings(String name, byte[] der) {
        var body = LINES.encodeToString(der);
        var pem = "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
        var texts = new LinkedHashMap<String, String>();
        texts.put("many lines", pem);
        texts.put("line ends of Windows", pem.replace("\n", "\r\n"));
        texts.put("one line", pem.replace("\n", " "));
        texts.put("joined", pem.replace("\n", ""));
        texts.put("as a string", pem.replace("\n", "\\n"));
        texts.put("quoted", pem.replaceAll("(?m)^", "> "));
        texts.put("long dashes", pem.replace("-----", "\u2014\u2014-"));
        texts.put("without its first line", pem.substring(pem.indexOf('\n') + 1));
        texts.put("without both", body);
        texts.put("without both, in prose", "this is our key " + body + " please register it");
        texts.put("in an address", "https://app.supplier.co.uk/?key=" + URLEncoder.encode(pem, StandardCharsets.UTF_8));
        texts.put("base64 of it", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
        texts.put("base64 of it, in lines", LINES.encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
        texts.put("base64url", Base64.getUrlEncoder().withoutPadding().encodeToString(der));
        texts.put("hexadecimal", HexFormat.of().formatHex(der));
        texts.put("invisible characters", pem.replace("PRIVATE", "PRI\u200bVATE"));
        texts.put("its last line", "-----END " + name + "-----");
        return texts;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void findsPrivateKeys(String about, String text) {
        assertThat(PastedSecrets.in(text)).contains(Kind.PRIVATE_KEY);
        assertThat(PastedSecrets.in("Note: " + text + " Thank you.")).contains(Kind.PRIVATE_KEY);
    }

    static Stream<Arguments> others() {
        var jwk = TestKeys.RSA.toJSONString();
        var shared = "{\"kty\":\"oct\",\"k\":\"AAECAwQFBgcICQoLDA0ODw\"}";
        return Stream.of(
                Arguments.of(Kind.PRIVATE_KEY, jwk),
                Arguments.of(Kind.PRIVATE_KEY, jwk.replace("\"", "\\\"")),
                Arguments.of(Kind.PRIVATE_KEY, jwk.replace("\"", "&quot;")),
                Arguments.of(Kind.PRIVATE_KEY, jwk.replace("\"", "'")),
                Arguments.of(Kind.PRIVATE_KEY, Base64.getEncoder().encodeToString(jwk.getBytes())),
                Arguments.of(Kind.PRIVATE_KEY, "{\"keys\":[" + jwk + "]}"),
                Arguments.of(Kind.PRIVATE_KEY, TestKeys.EC.toJSONString()),
                Arguments.of(Kind.PRIVATE_KEY, "{ Kty: \"EC\", D: \"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\" }"),
                Arguments.of(Kind.PRIVATE_KEY, "kty: OKP\nd: jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"),
                Arguments.of(
                        Kind.PRIVATE_KEY,
                        "<RSAKeyValue><Modulus>AQAB</Modulus><D>jpsQnnGQmL+YBIffH1136cspYG6+0iY7</D></RSAKeyValue>"),
                Arguments.of(Kind.PRIVATE_KEY, "&lt;InverseQ&gt;jpsQnnGQmL+YBIffH1136cspYG6+0iY7X1fC&lt;/InverseQ&gt;"),
                Arguments.of(
                        Kind.PRIVATE_KEY,
                        "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 8\nAAAB\nPrivate-MAC: 0a1b"),
                Arguments.of(Kind.PRIVATE_KEY, "Private-Lines: 8\nAAABAQ"),
                Arguments.of(Kind.PRIVATE_KEY, "-----BEGIN ENCRYPTED PRIVATE KEY-----"),
                Arguments.of(Kind.PRIVATE_KEY, "-----BEGIN OPENSSH PRIVATE KEY-----"),
                Arguments.of(Kind.PRIVATE_KEY, "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU"),
                Arguments.of(Kind.PRIVATE_KEY, "-----BEGIN PGP PRIVATE KEY BLOCK-----"),
                Arguments.of(Kind.SHARED_SECRET, shared),
                Arguments.of(Kind.SHARED_SECRET, shared.replace("\"", "'")),
                Arguments.of(Kind.SHARED_SECRET, "{\"keyMaterialType\":\"SYMMETRIC\",\"value\":\"GhC\"}"),
                Arguments.of(Kind.KEY_STORE, "MIIKmgIBAzCCClAGCSqGSIb3DQEHAaCCCkEEggo9MIIKOTCC"),
                Arguments.of(Kind.API_CREDENTIAL, "curl -H 'Bearer cm_api_abcdefghijklmnopqrstuvwxyz01232LolCm'"),
                Arguments.of(Kind.API_CREDENTIAL, "cm_api_abcdefghijklm\nnopqrstuvwxyz01232LolCm"),
                Arguments.of(Kind.API_CREDENTIAL, "xcm_api_abcdefghijklmnopqrstuvwxyz01232LolCmx"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void findsOtherFormsAndOtherSecrets(Kind kind, String text) {
        assertThat(PastedSecrets.in(text)).contains(kind);
    }

    static Stream<String> ordinary() throws Exception {
        var certificate =
                LINES.encodeToString(TestPki.root("Leaf").certificate().getEncoded());
        var spki = LINES.encodeToString(TestKeys.RSA.toPublicKey().getEncoded());
        return Stream.of(
                "",
                "We begin private key rotation in May - the private key stays in our HSM.",
                "BEGIN PRIVATE KEY is how such a file starts",
                "- END PRIVATE KEY SUPPORT",
                "https://app.supplier.co.uk/callback?d=1&k=2",
                TestKeys.publicRsa().toString(),
                TestKeys.set(TestKeys.publicRsa(), TestKeys.publicEc()),
                "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----",
                certificate,
                "-----BEGIN PUBLIC KEY-----\n" + spki + "\n-----END PUBLIC KEY-----",
                spki,
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIH0l+Zc0Xk user@host",
                // Its checksum is wrong: nothing that was issued.
                "cm_api_0123456789ABCDEFGHIJKLMNOPQRST0abcde",
                "eyJ0eXAiOiJrZXktcHJvb2Yrand0IiwiYWxnIjoiUlMyNTYifQ.eyJhdWQiOiJodHRwczovL3BvcnRhbCJ9.c2lnbmF0dXJl",
                "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11",
                "A long text. ".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("ordinary")
    void findsNothingInOrdinaryTextsAndPublicKeys(String text) {
        assertThat(PastedSecrets.in(text)).isEmpty();
    }

    @Test
    void costsLittle() {
        for (var part : List.of(
                "M", "MI", "-", "BEGIN ", "--BEGIN A", "kty ", "30", "<D>", "\"d\" ", "%25", "\\", "&#", "0 ")) {
            var text = part.repeat(64_000 / part.length());
            assertThat(Patience.processorTime(() -> PastedSecrets.in(text)))
                    .as(part)
                    .isLessThan(Duration.ofSeconds(1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE----- MIIB",
                "ssh-rsa AAAAB3NzaC1yc2E user@host",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\"}",
                "{\"keys\":[]}",
                "<RSAKeyValue><Modulus>AQAB</Modulus></RSAKeyValue>",
                "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuPaMwZy0uT1rXJmS4cLxVv9fZ2Jq"
            })
    void knowsPublicKeysWhereAnAddressIsExpected(String text) {
        assertThat(PastedPublicKeys.in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.supplier.co.uk/jwks.json", "", "MII", "https://app.supplier.co.uk/?keys=1"})
    void takesAddressesForNoKeys(String text) {
        assertThat(PastedPublicKeys.in(text)).isFalse();
    }
}
