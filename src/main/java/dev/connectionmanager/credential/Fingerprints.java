package dev.connectionmanager.credential;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import com.google.crypto.tink.KeysetHandle;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Fingerprints of secrets, with a key that is derived from one of the keyset: HMAC-SHA-256, so that nobody can try guesses on what the
 * database has. Four octets before it tell which key made it.
 */
final class Fingerprints {
    private static final int MARK = 4;
    private static final String PURPOSE = "client-secret-fingerprint";
    private static final int KEY = 32;

    private final byte[] mark;
    private final HashFunction hash;

    private Fingerprints(byte[] mark, HashFunction hash) {
        this.mark = mark;
        this.hash = hash;
    }

    static Fingerprints of(KeysetHandle.Entry key) throws GeneralSecurityException {
        var derived = KeyDerivation.derive(key, PURPOSE, MARK + KEY);
        return new Fingerprints(
                Arrays.copyOf(derived, MARK), Hashing.hmacSha256(Arrays.copyOfRange(derived, MARK, MARK + KEY)));
    }

    byte[] of(String secret) {
        return Bytes.concat(
                mark, hash.hashString(secret, StandardCharsets.UTF_8).asBytes());
    }

    /** What begins all that this key has made. */
    byte[] mark() {
        return mark.clone();
    }
}
