package dev.connectionmanager.mock.provider;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Codes and the like: texts that nobody can guess, and of which only a hash is kept. */
public final class RandomTexts {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 24;

    private RandomTexts() {}

    public static String next() {
        var octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    public static byte[] hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
    }
}
