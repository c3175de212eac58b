package dev.connectionmanager.outbound;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.connectionmanager.verification.TestPki;
import dev.connectionmanager.verification.TrustAnchors;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the portal under test can reach: two names of a laboratory and nothing else. {@code keys.laboratory.co.uk} serves
 * a sound key set, {@code expired.laboratory.co.uk} the same with a certificate of last year.
 */
@Singleton
class LaboratoryInternet {
    private static final TestPki.Issued ROOT = TestPki.root("Laboratory Root");

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    Guard guard() throws JOSEException {
        var laboratory = new Laboratory();
        var now = Instant.now();
        var keys = new JWKSet(new RSAKeyGenerator(2048)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.RS256)
                        .keyID("current")
                        .generate()
                        .toPublicJWK())
                .toString();
        laboratory.tls(
                "keys.laboratory.co.uk",
                socket -> {},
                connection -> answer(connection, keys),
                TestPki.leaf("keys.laboratory.co.uk")
                        .valid(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(200)))
                        .issuedBy(ROOT));
        laboratory.tls(
                "expired.laboratory.co.uk",
                socket -> {},
                connection -> answer(connection, keys),
                TestPki.leaf("expired.laboratory.co.uk")
                        .valid(now.minus(Duration.ofDays(400)), now.minus(Duration.ofDays(30)))
                        .issuedBy(ROOT));
        return laboratory.guard(Limits.STANDARD);
    }

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    TrustAnchors anchors() {
        return TrustAnchors.of(List.of(ROOT.certificate()));
    }

    private static void answer(Socket connection, String body) throws IOException {
        var in = connection.getInputStream();
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            var octet = in.read();
            if (octet < 0) {
                return;
            }
            head.append((char) octet);
        }
        connection
                .getOutputStream()
                .write(("HTTP/1.1 200 OK\r\nContent-Type: application/jwk-set+json\r\nContent-Length: " + body.length()
                                + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().flush();
    }
}
