package dev.connectionmanager.registration.token;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * An answer that only the token opens with which it was asked for: the database has the hash of that token and no key. Each key is
 * used for one answer.
 */
final class SealedAnswer {
    private static final String PURPOSE = "registration-access-token-answer";
    private static final int KEY = 32;

    private SealedAnswer() {}

    static byte[] seal(String answer, String token, UUID registration) {
        try {
            return cipher(token).encrypt(bytes(answer), bytes(registration.toString()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An answer could not be sealed", e);
        }
    }

    /** @throws IllegalStateException for one that was sealed with another token or for another registration */
    static String open(byte[] sealed, String token, UUID registration) {
        try {
            return new String(cipher(token).decrypt(sealed, bytes(registration.toString())), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An answer could not be opened", e);
        }
    }

    private static AesGcmJce cipher(String token) throws GeneralSecurityException {
        return new AesGcmJce(Hkdf.computeHkdf("HMACSHA256", bytes(token), new byte[0], bytes(PURPOSE), KEY));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
