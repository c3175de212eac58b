package dev.connectionmanager.credential;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts client secrets at rest with the configured Tink keyset. Whom a secret belongs to is its associated data, so
 * that a row copied to another client does not decrypt.
 */
@ApplicationScoped
class SecretVault {
    private final Aead aead;

    /** @param keyset Tink's JSON form of an AEAD keyset, or the path of a file that holds it */
    SecretVault(@ConfigProperty(name = "connection-manager.encryption-keyset") String keyset)
            throws GeneralSecurityException, IOException {
        AeadConfig.register();
        var json = keyset.stripLeading().startsWith("{") ? keyset : Files.readString(Path.of(keyset.strip()));
        aead = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    byte[] seal(String secret, SecretOwner owner) {
        try {
            return aead.encrypt(secret.getBytes(StandardCharsets.UTF_8), owner.associatedData());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Client secret could not be encrypted", e);
        }
    }

    /** @throws GeneralSecurityException when this was sealed for another owner, with another keyset, or was altered */
    String open(byte[] ciphertext, SecretOwner owner) throws GeneralSecurityException {
        return new String(aead.decrypt(ciphertext, owner.associatedData()), StandardCharsets.UTF_8);
    }
}
