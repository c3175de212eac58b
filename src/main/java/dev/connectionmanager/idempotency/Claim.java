package dev.connectionmanager.idempotency;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A key as one caller sent it, and with what. Both are digests, so that nothing that was sent is kept.
 *
 * @param id stands for the caller and the key
 * @param asked stands for the whole of the request; of two requests with the same one, the second is a repeat
 * @param attempt stands for this very request, and no repeat of it
 */
public record Claim(String id, String asked, UUID attempt) {

    public static Claim of(String id, String asked) {
        return new Claim(id, asked, UUID.randomUUID());
    }

    /** SHA-256 in hexadecimal, over a list of texts, no two of which give the same. */
    public static String digest(Iterable<String> parts) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (var part : parts) {
            // With its length, so that no two lists read the same.
            hasher.putInt(part.length()).putString(part, StandardCharsets.UTF_8);
        }
        return hasher.hash().toString();
    }
}
