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
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The certificates inside a key: the first must hold the key itself, else two readers of the document use two keys.
 * RFC 7517 sections 4.7 to 4.9. Their trust is nobody's business here, and {@code x5u} is never opened.
 */
final class KeyCertificate {
    /** Standard base64, not base64url: RFC 7517 section 4.7. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

    private static final Pattern ENCLOSING = Pattern.compile("-----(BEGIN|END) CERTIFICATE-----");

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
        if (!chain.isArray()) {
            findings.add(Rule.JWKS_MALFORMED, "x5c-no-array");
            return;
        }
        Certificate first = null;
        var tidy = true;
        for (var entry : chain) {
            tidy &= BASE64.matcher(entry.asText("")).matches();
            var certificate = read(entry);
            if (certificate == null) {
                findings.add(Rule.JWKS_MALFORMED, "x5c-no-certificate");
                return;
            }
            first = first == null ? certificate : first;
        }
        if (!tidy) {
            findings.add(Rule.JWKS_UNTIDY, "x5c-base64");
        }
        if (!holdsTheKey(first.getPublicKey())) {
            findings.add(Rule.JWKS_CERTIFICATE_MISMATCH, "x5c");
        }
        checkThumbprint("x5t", "SHA-1", first);
        checkThumbprint("x5t#S256", "SHA-256", first);
    }

    private static Certificate read(JsonNode entry) {
        try {
            var der = new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64(entry.asText(""))));
            var certificate = CertificateFactory.getInstance("X.509").generateCertificate(der);
            return der.available() == 0 ? certificate : null;
        } catch (CertificateException | RuntimeException unreadable) {
            // The parser of the JDK is not above other exceptions than the declared one.
            return null;
        }
    }

    /** Also as some libraries write it: in lines, in the alphabet of URLs, with the first and last line of a PEM file. */
    private static String base64(String typed) {
        return ENCLOSING.matcher(typed).replaceAll("").replace('-', '+').replace('_', '/');
    }

    private void checkThumbprint(String member, String algorithm, Certificate certificate) {
        if (!key.has(member)) {
            return;
        }
        try {
            var digest = MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
            var typed = key.get(member).asText("");
            if (!typed.equals(Base64URL.encode(digest).toString())) {
                findings.add(
                        isOtherSpelling(typed, digest) ? Rule.JWKS_UNTIDY : Rule.JWKS_CERTIFICATE_MISMATCH,
                        isOtherSpelling(typed, digest) ? new String[] {"thumbprint", member} : new String[] {member});
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether it is this thumbprint, written otherwise: in standard base64 or with padding, in hexadecimal, or, as WSO2
     * does, the base64url of the hexadecimal.
     */
    private static boolean isOtherSpelling(String typed, byte[] digest) {
        var hex = HexFormat.of().formatHex(digest);
        var plain = typed.replaceAll("=+$", "").replace('+', '-').replace('/', '_');
        return plain.equals(Base64URL.encode(digest).toString())
                || typed.replace(":", "").equalsIgnoreCase(hex)
                || plain.equals(Base64URL.encode(hex).toString())
                || plain.equals(Base64URL.encode(hex.toUpperCase(Locale.ROOT)).toString());
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
