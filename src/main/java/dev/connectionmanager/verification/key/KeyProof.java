package dev.connectionmanager.verification.key;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Proof that a team holds the private part of a published key: a challenge to sign, and the judgement of what comes
 * back. What is signed can never serve as a client assertion: it has a type of its own and neither issuer nor subject.
 * RFC 7515, RFC 8725. Keeps nothing: that a nonce is this team's and used once is the caller's to see to. What was
 * pasted must not be logged.
 */
public final class KeyProof {
    /** {@code typ} of the signed challenge. RFC 8725 section 3.11. */
    public static final String TYPE = "key-proof+jwt";
    /** How long a challenge can be answered. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String PATH = "key_proof";
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);
    private static final int LONGEST = 8_192;
    private static final Pattern COMPACT = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

    private final Expected expected;
    private final Violations.Collector found = new Violations.Collector();

    private KeyProof(Expected expected) {
        this.expected = expected;
    }

    /**
     * What the page shows.
     *
     * @param header and {@code claims}: JSON
     * @param signingInput both in base64url, ready to be signed by any tool
     */
    public record Challenge(String header, String claims, String signingInput, Instant expires) {}

    /**
     * What an answer must fit.
     *
     * @param audience the portal's URL
     * @param nonce of the challenge
     * @param algorithms that the environment takes for client assertions
     */
    public record Expected(String audience, String nonce, List<String> algorithms) {}

    /** @param thumbprint RFC 7638, SHA-256, of the key that was proven; empty when something was found */
    public record Verdict(Violations violations, Optional<String> thumbprint) {}

    /**
     * Makes a challenge.
     *
     * @param nonce unguessable, of this challenge alone
     * @param algorithm to sign with
     * @param kid of the key to sign with; null for none
     */
    public static Challenge challenge(String audience, String nonce, String algorithm, String kid, Instant now) {
        var expires = now.plus(LIFETIME);
        var header = JsonNodeFactory.instance.objectNode().put("typ", TYPE).put("alg", algorithm);
        if (kid != null) {
            header.put("kid", kid);
        }
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("aud", audience)
                .put("nonce", nonce)
                .put("iat", now.getEpochSecond())
                .put("exp", expires.getEpochSecond());
        return new Challenge(
                header.toString(),
                claims.toString(),
                Base64URL.encode(header.toString()) + "." + Base64URL.encode(claims.toString()),
                expires);
    }

    /**
     * What to sign with.
     *
     * @param key that is to be proven
     * @param declared {@code token_endpoint_auth_signing_alg}; {@code null} for none
     * @param supported those that the environment takes for client assertions
     * @return empty where the key fits none
     */
    public static Optional<String> algorithm(KeyObservation key, String declared, List<String> supported) {
        var curve = key.curve() == null ? "" : key.curve();
        return supported.stream()
                .filter(KeyAlgorithms::isSignature)
                .filter(algorithm -> KeyAlgorithms.fit(algorithm, key.type(), curve))
                .filter(algorithm -> key.algorithm() == null || KeyAlgorithms.same(key.algorithm(), algorithm))
                .filter(algorithm -> declared == null
                        || !KeyAlgorithms.isSignature(declared)
                        || KeyAlgorithms.same(declared, algorithm))
                .findFirst();
    }

    /**
     * Judges what was pasted.
     *
     * @param pasted a JWS in compact form; white space around it does not matter
     * @param keys those usable ones of the key set, as published now
     */
    public static Verdict verify(String pasted, JWKSet keys, Expected expected, Instant now) {
        return new KeyProof(expected).verify(pasted.strip(), keys, now);
    }

    private Verdict verify(String pasted, JWKSet keys, Instant now) {
        var parts = COMPACT.matcher(pasted);
        if (pasted.length() > LONGEST || !parts.matches()) {
            if (PastedSecrets.in(pasted).isPresent()) {
                found.add(PATH, Rule.KEY_PROOF_LEAKED);
            } else {
                invalid("no-jws");
            }
            return refused();
        }
        var header = part(parts.group(1), "header");
        var claims = part(parts.group(2), "payload");
        if (header == null || claims == null) {
            return refused();
        }
        checkHeader(header);
        checkClaims(claims, now);
        if (!allowed(header.path("alg"))) {
            return refused();
        }
        var key = signer(header, parts.group(1) + "." + parts.group(2), parts.group(3), keys);
        if (key.isEmpty()) {
            found.add(PATH, Rule.KEY_PROOF_SIGNATURE);
        }
        return found.violations().block() ? refused() : new Verdict(found.violations(), key.map(KeyProof::thumbprint));
    }

    private ObjectNode part(String base64url, String name) {
        try {
            if (StrictJson.read(new Base64URL(base64url).decode(), 0) instanceof ObjectNode object) {
                return object;
            }
        } catch (StrictJson.Malformed notJson) {
            // Told below.
        }
        invalid(name + "-no-object");
        return null;
    }

    private void checkHeader(ObjectNode header) {
        if (!isExactly(header.path("typ"), TYPE)) {
            invalid("typ", TYPE);
        }
        if (!allowed(header.path("alg"))) {
            invalid("alg", String.join(", ", asymmetric()));
        }
        if (header.has("crit") || header.has("b64")) {
            invalid("extension");
        }
    }

    /** Never a shared secret's, whatever the environment takes: its public key would be the secret. */
    private boolean allowed(JsonNode algorithm) {
        return algorithm.isTextual() && asymmetric().contains(algorithm.textValue());
    }

    private List<String> asymmetric() {
        return expected.algorithms().stream().filter(KeyAlgorithms::isSignature).toList();
    }

    private void checkClaims(ObjectNode claims, Instant now) {
        // With these it might pass for a client assertion somewhere: RFC 7523 section 3.
        for (var claim : List.of("sub", "iss")) {
            if (claims.has(claim)) {
                invalid("assertion-claim", claim);
            }
        }
        if (!isExactly(claims.path("aud"), expected.audience())) {
            invalid("aud", expected.audience());
        }
        if (!isExactly(claims.path("nonce"), expected.nonce())) {
            invalid("nonce");
        }
        var issued = time(claims, "iat");
        var expires = time(claims, "exp");
        if (issued == null || expires == null) {
            return;
        }
        if (expires.isAfter(issued.plus(LIFETIME)) || !expires.isAfter(issued)) {
            invalid("lifetime");
        }
        if (!now.isBefore(expires) || issued.isAfter(now.plus(CLOCK_SKEW))) {
            found.add(PATH, Rule.KEY_PROOF_EXPIRED);
        }
    }

    private Instant time(ObjectNode claims, String claim) {
        var value = claims.path(claim);
        if (value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.longValue()) < 1L << 40) {
            return Instant.ofEpochSecond(value.longValue());
        }
        invalid("no-time", claim);
        return null;
    }

    private static boolean isExactly(JsonNode claim, String expected) {
        return claim.isTextual() && claim.textValue().equals(expected);
    }

    private static Optional<JWK> signer(ObjectNode header, String input, String signature, JWKSet keys) {
        var algorithm = header.get("alg").textValue();
        var kid = header.path("kid");
        return keys.getKeys().stream()
                .filter(key -> kid.isMissingNode() || kid.asText("").equals(key.getKeyID()))
                .filter(key -> KeyAlgorithms.fit(algorithm, key.getKeyType().getValue(), curve(key)))
                .filter(key -> key.getAlgorithm() == null
                        || KeyAlgorithms.same(key.getAlgorithm().getName(), algorithm))
                .filter(key -> verifies(key, algorithm, input, signature))
                .findFirst();
    }

    private static boolean verifies(JWK key, String algorithm, String input, String signature) {
        try {
            // Made anew: nothing of the pasted header but the algorithm's name reaches the library.
            var header = JWSHeader.parse("{\"alg\":\"" + algorithm + "\"}");
            return verifier(key).verify(header, input.getBytes(StandardCharsets.US_ASCII), new Base64URL(signature));
        } catch (JOSEException | ParseException unfit) {
            return false;
        }
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return new RSASSAVerifier(rsa);
        }
        return key instanceof ECKey ec ? new ECDSAVerifier(ec) : new Ed25519Verifier((OctetKeyPair) key);
    }

    private static String curve(JWK key) {
        if (key instanceof ECKey ec) {
            return ec.getCurve().getName();
        }
        return key instanceof OctetKeyPair pair ? pair.getCurve().getName() : "";
    }

    private static String thumbprint(JWK key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param why a code and its arguments */
    private void invalid(String... why) {
        found.add(PATH, Rule.KEY_PROOF_INVALID, why);
    }

    private Verdict refused() {
        return new Verdict(found.violations(), Optional.empty());
    }
}
