package dev.connectionmanager.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.hash.Hashing;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;

/**
 * Where every chain ended at one time; signed and kept outside the database, so that not even who owns the database can
 * rewrite what came before. On disk it is a JWS (RFC 7515, EdDSA with Ed25519) whose payload is this as JSON.
 *
 * @param number from 1, without a gap
 * @param time when it was taken: UTC with six decimals
 * @param previous SHA-256, in hexadecimal digits, of the JWS of the checkpoint before; 64 zeros for the first
 * @param heads one for each chain, by name
 */
record Checkpoint(long number, String time, String previous, List<Head> heads) {
    private static final JOSEObjectType TYPE = new JOSEObjectType("audit-checkpoint+jws");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The last event of a chain: its sequence number and hash. */
    record Head(String chain, long sequence, String hash) {}

    /** A checkpoint with its signed form. */
    record Signed(Checkpoint checkpoint, String jws) {
        /** What the next one names as its {@code previous}. */
        String hash() {
            return Hashing.sha256().hashString(jws, StandardCharsets.US_ASCII).toString();
        }
    }

    Signed sign(OctetKeyPair key) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                    .type(TYPE)
                    .keyID(key.getKeyID())
                    .build();
            var jws = new JWSObject(header, new Payload(JSON.writeValueAsString(this)));
            jws.sign(new Ed25519Signer(key));
            return new Signed(this, jws.serialize());
        } catch (JOSEException | JsonProcessingException e) {
            throw new IllegalStateException("The checkpoint could not be signed", e);
        }
    }

    /**
     * @param keys public keys by {@code kid}
     * @throws IllegalArgumentException saying what is wrong, for anything but a checkpoint that one of the keys signed
     */
    static Signed read(String text, Map<String, OctetKeyPair> keys) {
        try {
            var jws = JWSObject.parse(text.strip());
            var key = keys.get(jws.getHeader().getKeyID());
            if (key == null || !TYPE.equals(jws.getHeader().getType())) {
                throw new IllegalArgumentException("it was signed with another key");
            }
            if (!jws.verify(new Ed25519Verifier(key.toPublicJWK()))) {
                throw new IllegalArgumentException("its signature is not valid");
            }
            return new Signed(JSON.readValue(jws.getPayload().toBytes(), Checkpoint.class), text.strip());
        } catch (ParseException | java.io.IOException | JOSEException e) {
            throw new IllegalArgumentException("it is no signed checkpoint", e);
        }
    }
}
