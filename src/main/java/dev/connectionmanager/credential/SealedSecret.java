package dev.connectionmanager.credential;

import java.util.UUID;

/**
 * A client secret as the database has it: only {@link SecretUses} can try something against it.
 *
 * @param ciphertext for its owner alone
 */
public record SealedSecret(UUID id, byte[] ciphertext) {
    public SealedSecret {
        ciphertext = ciphertext.clone();
    }

    @Override
    public byte[] ciphertext() {
        return ciphertext.clone();
    }
}
