package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.policy.Rule;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * The certificates inside a key: the first must hold the key itself, else two readers of the document use two keys.
 * RFC 7517 sections 4.7 to 4.9. Their trust is nobody's business here, and {@code x5u} is never opened.
 */
final class KeyCertificate {
    private final ObjectNode key;
    private final KeyMaterial material;
    private final KeyMaterial.Findings findings;

    private KeyCertificate(ObjectNode key, KeyMaterial material, KeyMaterial.Findings findings) {
        this.key = key;
        this.material = material;
        this.findings = findings;
    }

    static void judge(ObjectNode key, KeyMaterial material, KeyMaterial.Findings findings) {
        if (key.has("x5c")) {
            new KeyCertificate(key, material, findings).judge();
        }
    }

    private void judge() {
        var chain = key.get("x5c");
        if (!chain.isArray() || chain.isEmpty()) {
            findings.add(Rule.JWKS_MALFORMED, "x5c-no-array");
            return;
        }
        Certificate first = null;
        for (var entry : chain) {
            var certificate = read(entry);
            if (certificate == null) {
                findings.add(Rule.JWKS_MALFORMED, "x5c-no-certificate");
                return;
            }
            first = first == null ? certificate : first;
        }
        if (!holdsTheKey(first.getPublicKey())) {
            findings.add(Rule.JWKS_CERTIFICATE_MISMATCH, "x5c");
        }
        checkThumbprint("x5t", "SHA-1", first);
        checkThumbprint("x5t#S256", "SHA-256", first);
    }

    private static Certificate read(JsonNode entry) {
        try {
            // Standard base64, not base64url: RFC 7517 section 4.7.
            var der = new ByteArrayInputStream(Base64.getDecoder().decode(entry.asText("")));
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(der);
            return der.available() == 0 ? certificate : null;
        } catch (CertificateException | RuntimeException unreadable) {
            // The parser of the JDK is not above other exceptions than the declared one.
            return null;
        }
    }

    private void checkThumbprint(String member, String digest, Certificate certificate) {
        if (!key.has(member)) {
            return;
        }
        try {
            var expected = Base64URL.encode(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
            if (!expected.toString().equals(key.get(member).textValue())) {
                findings.add(Rule.JWKS_CERTIFICATE_MISMATCH, member);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean holdsTheKey(PublicKey certified) {
        return switch (key.path("kty").asText()) {
            case "RSA" ->
                certified instanceof RSAPublicKey rsa
                        && same(rsa.getModulus(), "n")
                        && same(rsa.getPublicExponent(), "e");
            case "EC" ->
                certified instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() == material.size()
                        && same(ec.getW().getAffineX(), "x")
                        && same(ec.getW().getAffineY(), "y");
            case "OKP" -> certified instanceof EdECPublicKey && endsWith(certified.getEncoded(), material.octets("x"));
            default -> true;
        };
    }

    private boolean same(BigInteger number, String member) {
        return number.equals(new BigInteger(1, material.octets(member)));
    }

    private static boolean endsWith(byte[] encoded, byte[] point) {
        return encoded.length > point.length
                && Arrays.equals(encoded, encoded.length - point.length, encoded.length, point, 0, point.length);
    }
}
