package dev.connectionmanager.credential;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AeadKey;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts what must not stand in the database in clear, with the configured Tink keyset. Whom a secret belongs to is its
 * associated data, so that a row copied to another owner does not decrypt.
 */
@ApplicationScoped
public class SecretVault {
    /** RFC 7518 section 3.2: HS256 needs a key as long as its hash. */
    private static final int SIGNING_KEY = 32;

    private static final int KEY_ID = 4;

    private final KeysetHandle keys;
    private final Aead aead;
    private final byte[] primaryPrefix;
    private final Fingerprints fingerprints;
    private final List<Fingerprints> ofAllKeys = new ArrayList<>();

    /** @param keyset Tink's JSON form of an AEAD keyset, or the path of a file that holds it */
    SecretVault(@ConfigProperty(name = "connection-manager.encryption-keyset") String keyset)
            throws GeneralSecurityException, IOException {
        AeadConfig.register();
        keys = TinkJsonProtoKeysetFormat.parseKeyset(read(keyset), InsecureSecretKeyAccess.get());
        aead = keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
        primaryPrefix = ((AeadKey) keys.getPrimary().getKey()).getOutputPrefix().toByteArray();
        fingerprints = Fingerprints.of(keys.getPrimary());
        for (int i = 0; i < keys.size(); i++) {
            ofAllKeys.add(Fingerprints.of(keys.getAt(i)));
        }
    }

    /** @param keyset as configured: JSON, or the path of a file that holds it */
    public static String read(String keyset) throws IOException {
        return keyset.stripLeading().startsWith("{") ? keyset : Files.readString(Path.of(keyset.strip()));
    }

    /** What begins all that is sealed with the keyset's primary key; empty where its keys are raw and leave no mark. */
    byte[] primaryPrefix() {
        return primaryPrefix.clone();
    }

    /** By the primary key, for what is kept. */
    Fingerprints fingerprints() {
        return fingerprints;
    }

    /** By which a secret is known again, whichever key was the primary one when its fingerprint was made. */
    List<byte[]> fingerprintsOf(String secret) {
        return ofAllKeys.stream().map(made -> made.of(secret)).toList();
    }

    /** A keyed hash, by which a text is known again that must not stand in the database; another one with each primary key. */
    public byte[] mark(String text) {
        return fingerprints.of(text);
    }

    /**
     * Keys for HS256 that every node has without being told: one derived from each of the keyset (RFC 5869), that of the primary key
     * first. It signs; by the others is known what was signed before or is signed by a node that was restarted already.
     *
     * @param purpose one that no other keys are for
     */
    public JWKSet signingKeys(String purpose) throws GeneralSecurityException {
        var derived = new ArrayList<JWK>();
        derived.add(signingKey(keys.getPrimary(), purpose));
        for (int i = 0; i < keys.size(); i++) {
            if (!keys.getAt(i).isPrimary()) {
                derived.add(signingKey(keys.getAt(i), purpose));
            }
        }
        return new JWKSet(derived);
    }

    private static OctetSequenceKey signingKey(KeysetHandle.Entry key, String purpose) throws GeneralSecurityException {
        var derived = KeyDerivation.derive(key, purpose, KEY_ID + SIGNING_KEY);
        return new OctetSequenceKey.Builder(Arrays.copyOfRange(derived, KEY_ID, derived.length))
                .keyID(HexFormat.of().formatHex(derived, 0, KEY_ID))
                .algorithm(JWSAlgorithm.HS256)
                .keyUse(KeyUse.SIGNATURE)
                .build();
    }

    byte[] seal(String secret, SecretOwner owner) {
        return seal(secret, owner.associatedData());
    }

    /** @param owner one line that no other secret's owner has */
    public byte[] seal(String secret, String owner) {
        return seal(secret, owner.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] seal(String secret, byte[] associatedData) {
        try {
            return aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), associatedData);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be encrypted", e);
        }
    }

    /** @throws GeneralSecurityException when this was sealed for another owner, with another keyset, or was altered */
    String open(byte[] ciphertext, SecretOwner owner) throws GeneralSecurityException {
        return new String(aead.decrypt(ciphertext, owner.associatedData()), StandardCharsets.UTF_8);
    }

    /** @throws GeneralSecurityException when this was sealed for another owner, with another keyset, or was altered */
    public String open(byte[] ciphertext, String owner) throws GeneralSecurityException {
        return new String(aead.decrypt(ciphertext, owner.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
