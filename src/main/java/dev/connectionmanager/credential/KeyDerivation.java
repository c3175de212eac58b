package dev.connectionmanager.credential;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Keys that every node has without being told: derived from one of the keyset, others for each purpose (RFC 5869). */
final class KeyDerivation {
    private KeyDerivation() {}

    /**
     * @param purpose in ASCII; no other keys are for it
     * @param octets how many
     */
    static byte[] derive(KeysetHandle.Entry key, String purpose, int octets) throws GeneralSecurityException {
        var alone = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key.getKey())
                        .withFixedId(key.getId())
                        .makePrimary())
                .build();
        return Hkdf.computeHkdf(
                "HMACSHA256",
                TinkProtoKeysetFormat.serializeKeyset(alone, InsecureSecretKeyAccess.get()),
                new byte[0],
                purpose.getBytes(StandardCharsets.US_ASCII),
                octets);
    }
}
