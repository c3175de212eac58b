package dev.connectionmanager.web.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.testing.RsaKeys;
import dev.connectionmanager.testing.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that the page shows make signatures that others verify. */
class SigningCommandTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "RS256, RSA, ",
        "RS512, RSA, ",
        "PS256, RSA, ",
        "PS512, RSA, ",
        "ES256, EC, secp256r1",
        "ES384, EC, secp384r1",
        "ES512, EC, secp521r1",
        "EdDSA, Ed25519, ",
        "Ed25519, Ed25519, "
    })
    void signsWithEachAlgorithm(String algorithm, String type, String curve) throws Exception {
        var pair = type.equals("RSA") ? RsaKeys.key(0).toKeyPair() : made(type, curve);
        Files.writeString(
                directory.resolve("private-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        var input = Base64URL.encode("{\"alg\":\"" + algorithm + "\"}") + "." + Base64URL.encode("{\"aud\":\"it's\"}");
        var signed = Shell.run(directory, SigningCommand.of(algorithm, input));
        assertThat(signed).startsWith(input + ".");
        assertThat(verifies(signed, pair)).isTrue();
    }

    private static KeyPair made(String type, String curve) throws Exception {
        var generator = KeyPairGenerator.getInstance(type);
        if (type.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair();
    }

    private static boolean verifies(String signed, KeyPair pair) throws Exception {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return JWSObject.parse(signed).verify(new RSASSAVerifier(rsa));
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            JWSVerifier verifier = new ECDSAVerifier(ec);
            return JWSObject.parse(signed).verify(verifier);
        }
        var dot = signed.lastIndexOf('.');
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update(signed.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(new Base64URL(signed.substring(dot + 1)).decode());
    }
}
