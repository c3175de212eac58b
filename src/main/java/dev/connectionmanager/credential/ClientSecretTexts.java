package dev.connectionmanager.credential;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts that have the form of client secrets: GUIDs, in any spelling. RFC 9562 section 4. */
public final class ClientSecretTexts {
    private static final Pattern GUID = Pattern.compile(
            "(?<![0-9a-fA-F])[0-9a-fA-F]{8}(-?)[0-9a-fA-F]{4}\\1[0-9a-fA-F]{4}\\1[0-9a-fA-F]{4}\\1[0-9a-fA-F]{12}(?![0-9a-fA-F])");

    private static final int DIGITS = 32;

    private ClientSecretTexts() {}

    /** Whether a text is one and nothing else. */
    public static boolean isOne(String text) {
        return GUID.matcher(text).matches();
    }

    /** Those that stand in a text, as they would have been issued: in lower case, with hyphens. */
    public static Stream<String> in(String text) {
        if (text.length() < DIGITS) {
            return Stream.empty();
        }
        return GUID.matcher(text)
                .results()
                .map(found -> found.group().replace("-", "").toLowerCase(Locale.ROOT))
                .map(hex -> String.join(
                        "-",
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20)));
    }
}
