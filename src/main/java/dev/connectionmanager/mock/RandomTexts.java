package dev.connectionmanager.mock;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Codes and the like: texts that nobody can guess, and of which only a hash is kept. */
public final class RandomTexts {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OCTETS = 24;
    /** Without those that look like others. */
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private RandomTexts() {}

    public static String next() {
        var octets = new byte[OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Letters and digits alone, for what people may have to copy; each is worth five bits. */
    public static String letters(int length) {
        return RANDOM.ints(length, 0, LETTERS.length())
                .collect(StringBuilder::new, (text, i) -> text.append(LETTERS.charAt(i)), StringBuilder::append)
                .toString();
    }

    public static byte[] hash(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
    }
}
