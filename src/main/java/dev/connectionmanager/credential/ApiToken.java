package dev.connectionmanager.credential;

import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API credential or of a token for registration: {@code cm_api_}, {@code cm_iat_} or {@code cm_rat_}, 30 random characters, and a checksum of 6 characters, all of the
 * base62 alphabet {@code 0-9A-Za-z}. The checksum is the CRC-32 (ISO-HDLC, as in zlib) of the 30 characters in ASCII,
 * written in base62 with zeros in front, the form that secret scanners know from other services: they tell a leaked
 * credential from a word that looks like one, and we a mistyped one from a revoked one, without asking the database.
 */
public final class ApiToken {
    public static final String PREFIX = "cm_api_";
    /** Begins an initial access token. */
    public static final String INITIAL_ACCESS = "cm_iat_";
    /** Begins a registration access token. */
    public static final String REGISTRATION_ACCESS = "cm_rat_";

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    /** 62³⁰ is more than 2¹⁷⁸. */
    private static final int RANDOM = 30;

    private static final int CHECKSUM = 6;
    private static final Pattern FORM =
            Pattern.compile("cm_(?:api|iat|rat)_[0-9A-Za-z]{" + RANDOM + "}[0-9A-Za-z]{" + CHECKSUM + "}");

    private ApiToken() {}

    static String make(SecureRandom random) {
        return make(PREFIX, random);
    }

    /** @param prefix of its kind */
    public static String make(String prefix, SecureRandom random) {
        var body = random.ints(RANDOM, 0, BASE62.length())
                .collect(StringBuilder::new, (text, i) -> text.append(BASE62.charAt(i)), StringBuilder::append)
                .toString();
        return prefix + body + checksum(body);
    }

    /** Whether one stands somewhere in a text, right in form and checksum, whatever stands around it. */
    public static boolean in(String text) {
        return FORM.matcher(text).results().anyMatch(found -> wellFormed(found.group()));
    }

    /** Whether it can have been issued: right in form and checksum. */
    public static boolean wellFormed(String token) {
        if (!FORM.matcher(token).matches()) {
            return false;
        }
        var body = token.substring(PREFIX.length(), PREFIX.length() + RANDOM);
        return token.endsWith(checksum(body));
    }

    /** What is kept: there is nothing to guess in 178 random bits, so that a fast hash without salt protects it. */
    public static byte[] hash(String token) {
        return Hashing.sha256().hashString(token, StandardCharsets.US_ASCII).asBytes();
    }

    private static String checksum(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        var digits = new StringBuilder();
        for (var rest = crc.getValue(); rest > 0; rest /= BASE62.length()) {
            digits.insert(0, BASE62.charAt((int) (rest % BASE62.length())));
        }
        return Strings.padStart(digits.toString(), CHECKSUM, '0');
    }
}
