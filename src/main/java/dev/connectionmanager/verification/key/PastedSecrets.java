package dev.connectionmanager.verification.key;

import com.google.common.base.CharMatcher;
import dev.connectionmanager.credential.ApiToken;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds private keys and credentials in texts that people and programs send, in the forms that tools write and clipboards
 * bend them into; repeats nothing of them. Text that only tells of keys is none, nor are public keys.
 */
public final class PastedSecrets {
    /** What was found, as a code. */
    public enum Kind {
        PRIVATE_KEY("private-key", "make-new-key"),
        SHARED_SECRET("shared-secret", "make-new"),
        KEY_STORE("key-store", "make-new-key"),
        API_CREDENTIAL("api-credential", "revoke"),
        CLIENT_SECRET("client-secret", "rotate");

        private final String code;
        private final String remedy;

        Kind(String code, String remedy) {
            this.code = code;
            this.remedy = remedy;
        }

        public String code() {
            return code;
        }

        /** What is to be done now that it has leaked, as a code. */
        public String remedy() {
            return remedy;
        }
    }

    /** In the first or last line of a PEM or OpenPGP file. RFC 7468. */
    private static final Pattern PRIVATE_KEY = Pattern.compile("PRIVATE[\\s+_]{0,5}KEY");

    private static final Pattern BEFORE = Pattern.compile("(.{0,7})(BEGIN|END)[A-Z0-9\\s+_]{0,30}$", Pattern.DOTALL);
    /** Also as word processors join them. */
    private static final Pattern DASHES = Pattern.compile("\\p{Pd}{2}|[\\u2013\\u2014]");

    private static final int AROUND = 45;

    /** PuTTY's own format; OpenSSH's, of which this is the beginning in base64; age's. */
    private static final Pattern TOOLS = Pattern.compile(
            "PuTTY-User-Key-File-\\d|Private-(Lines|MAC|Hash)\\s*:\\s*[0-9a-f]|b3BlbnNzaC1rZXktdjE|AGE-SECRET-KEY-1[0-9A-Z]{20}",
            Pattern.CASE_INSENSITIVE);

    /** {@code RSAKeyValue} with its private elements, as .NET writes it; the X of a {@code DSAKeyValue}. */
    private static final Pattern XML =
            Pattern.compile("<\\s*(\\w+:)?(D|P|Q|DP|DQ|InverseQ)\\s*>\\s*[A-Za-z0-9+/][A-Za-z0-9+/=\\s]{30}");

    private static final String VALUE = "\\s*[:=]\\s*[\"'`]?[A-Za-z0-9_+/-]";
    private static final String NAME_START = "(?<![A-Za-z0-9_])[\"'`]?";
    private static final Pattern KEY_TYPE =
            Pattern.compile(NAME_START + "kty[\"'`]?\\s*[:=]", Pattern.CASE_INSENSITIVE);
    /** RFC 7518 sections 6.2.2 and 6.3.2; of a key that says its type. */
    private static final Pattern PRIVATE_MEMBER =
            Pattern.compile(NAME_START + "(d|p|q|dp|dq|qi|priv)[\"'`]?" + VALUE + "{20}", Pattern.CASE_INSENSITIVE);

    private static final Pattern SHARED_MEMBER =
            Pattern.compile(NAME_START + "k[\"'`]?" + VALUE + "{8}", Pattern.CASE_INSENSITIVE);
    /** Tink's keysets in clear. */
    private static final Pattern KEYSET =
            Pattern.compile("keyMaterialType[\"']?\\s*:\\s*[\"'](SYMMETRIC|ASYMMETRIC_PRIVATE)");

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{24,}");
    private static final Pattern HEX = Pattern.compile("30[0-9a-fA-F][0-9a-fA-F\\s:]{48,}");
    /** A DER sequence in base64: how every binary key begins. */
    private static final Pattern SEQUENCE = Pattern.compile("M[A-P]");

    /** {@code Private-MAC:0}; in fewer characters there is none, and most names have fewer. */
    private static final int SHORTEST = 13;

    /** What can stand for other characters. */
    private static final Pattern ESCAPING = Pattern.compile("[%&\\\\]");

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int SEQUENCE_START = 120;
    private static final int DEEPEST = 2;
    private static final Pattern ESCAPE = Pattern.compile("%([0-7][0-9A-Fa-f])");
    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u00([0-7][0-9a-fA-F])");
    private static final Pattern ENTITY = Pattern.compile("&#(x?)0*([0-9a-fA-F]{1,3});");

    private PastedSecrets() {}

    /** What kind of secret stands in a text; empty for none. A client secret is found by whoever issued it. */
    public static Optional<Kind> in(String text) {
        return in(text, 0);
    }

    private static Optional<Kind> in(String typed, int depth) {
        if (typed.length() < SHORTEST) {
            return Optional.empty();
        }
        var visible = visible(typed);
        return spellings(visible, unescaped(visible)).stream()
                .flatMap(text -> find(text, depth).stream())
                .findFirst();
    }

    /** As they are, and on one line. */
    private static Set<String> spellings(String... texts) {
        var spellings = new LinkedHashSet<String>();
        for (var text : texts) {
            spellings.add(text);
            spellings.add(SPACE.matcher(text).replaceAll(""));
        }
        return spellings;
    }

    private static Optional<Kind> find(String text, int depth) {
        if (ApiToken.in(text)) {
            return Optional.of(Kind.API_CREDENTIAL);
        }
        if (hasPem(text)
                || TOOLS.matcher(text).find()
                || XML.matcher(text).find()
                || text.contains("<DSAKeyValue>") && text.contains("<X>")
                || KEY_TYPE.matcher(text).find() && PRIVATE_MEMBER.matcher(text).find()
                || LeakedKeys.seemPrivate(text.getBytes(StandardCharsets.UTF_8))
                || HEX.matcher(text).results().anyMatch(run -> isPrivateDer(hex(run.group())))) {
            return Optional.of(Kind.PRIVATE_KEY);
        }
        if (KEYSET.matcher(text).find()
                || KEY_TYPE.matcher(text).find() && SHARED_MEMBER.matcher(text).find()
                || LeakedKeys.seemSymmetric(text.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(Kind.SHARED_SECRET);
        }
        return BASE64.matcher(text)
                .results()
                .flatMap(run -> inBase64(run.group(), depth).stream())
                .findFirst();
    }

    /** The name between dashes, on one side at least: a text that only speaks of private keys has none. */
    private static boolean hasPem(String text) {
        return PRIVATE_KEY.matcher(text).results().anyMatch(name -> {
            var before = BEFORE.matcher(text.substring(Math.max(0, name.start() - AROUND), name.start()));
            var after = text.substring(name.end(), Math.min(text.length(), name.end() + 15));
            return before.find()
                    && (DASHES.matcher(before.group(1)).find()
                            || DASHES.matcher(after).find());
        });
    }

    private static Optional<Kind> inBase64(String typed, int depth) {
        var run = typed.replace('-', '+').replace('_', '/');
        var sequences = SEQUENCE.matcher(run);
        while (sequences.find()) {
            var from = sequences.start();
            var start = decoded(run.substring(from, Math.min(run.length(), from + SEQUENCE_START)));
            if (isPrivateDer(start)) {
                return Optional.of(Kind.PRIVATE_KEY);
            }
            if (isKeyStore(start)) {
                return Optional.of(Kind.KEY_STORE);
            }
        }
        if (run.contains("u3+7QAAAA")) {
            return Optional.of(Kind.KEY_STORE);
        }
        var text = new String(decoded(run), StandardCharsets.ISO_8859_1).replace("\0", "");
        return depth < DEEPEST && text.chars().allMatch(PastedSecrets::ordinary)
                ? in(text, depth + 1)
                : Optional.empty();
    }

    private static boolean ordinary(int c) {
        return c >= 0x20 && c < 0x7f || c == '\n' || c == '\r' || c == '\t';
    }

    private static byte[] decoded(String base64) {
        // One character alone at the end holds less than an octet.
        var length = base64.length() % 4 == 1 ? base64.length() - 1 : base64.length();
        try {
            return Base64.getDecoder().decode(base64.substring(0, length));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hex(String digits) {
        var plain = digits.replaceAll("[\\s:]", "");
        return HexFormat.of().parseHex(plain, 0, Math.min(plain.length(), SEQUENCE_START) & ~1);
    }

    private static boolean isPrivateDer(byte[] der) {
        return DerStart.of(der).privateKey();
    }

    private static boolean isKeyStore(byte[] der) {
        return DerStart.of(der).keyStore();
    }

    /** Without what nobody sees. */
    private static String visible(String text) {
        if (CharMatcher.inRange(' ', '~').matchesAllOf(text)) {
            return text;
        }
        return text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && c != 0)
                .map(c -> Character.isSpaceChar(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** As it was before an address, a page or a program's source took it in. */
    private static String unescaped(String text) {
        if (!ESCAPING.matcher(text).find()) {
            return text;
        }
        var decoded = ESCAPE.matcher(ESCAPE.matcher(text).replaceAll(match -> quoted(match.group(1), 16)))
                .replaceAll(match -> quoted(match.group(1), 16));
        var entities = ENTITY.matcher(decoded.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"))
                .replaceAll(match -> quoted(match.group(2), match.group(1).isEmpty() ? 10 : 16));
        return UNICODE_ESCAPE
                .matcher(entities)
                .replaceAll(match -> quoted(match.group(1), 16))
                .replaceAll("(?<!\\\\)\\\\++[nrt]", " ")
                .replaceAll("(?<!\\\\)\\\\++([\"'/])", "$1");
    }

    private static String quoted(String number, int base) {
        try {
            return Matcher.quoteReplacement(Character.toString(Integer.parseInt(number, base)));
        } catch (NumberFormatException e) {
            return " ";
        }
    }
}
