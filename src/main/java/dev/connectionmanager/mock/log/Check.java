package dev.connectionmanager.mock.log;

import dev.connectionmanager.verification.key.PastedSecrets;

/**
 * One thing that was checked.
 *
 * @param name what: the name of a parameter, a claim or a step
 * @param words what was found, for the developer of the client
 * @param sent as the caller has it, shortened; {@code null} = not told
 * @param registered what it was held against; {@code null} = nothing, or not told
 * @param position of the first character in which the two differ, from 1; {@code null} = they were not compared
 */
public record Check(String name, Verdict verdict, String words, String sent, String registered, Integer position) {
    private static final int LONGEST = 500;

    /** What came of it. */
    public enum Verdict {
        PASSED,
        /** Good here; what else should be known of it. */
        WARNED,
        FAILED;

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Check {
        // What passed is told in the mock's own words.
        words = verdict == Verdict.PASSED ? words : shortened(words);
        sent = shortened(sent);
        registered = shortened(registered);
    }

    static Check of(String name, Verdict verdict, String words) {
        return new Check(name, verdict, words, null, null, null);
    }

    /** A text that should have been another: the words tell where they part. */
    static Check differing(String name, String what, String sent, String registered) {
        int position = firstDifference(sent, registered);
        return new Check(
                name,
                Verdict.FAILED,
                what + " differs at character " + position + ": " + there(sent, registered, position),
                sent,
                registered,
                position);
    }

    /** From 1; of two texts of which one begins with the other, where the shorter has ended. */
    static int firstDifference(String sent, String registered) {
        int shorter = Math.min(sent.length(), registered.length());
        int i = 0;
        while (i < shorter && sent.charAt(i) == registered.charAt(i)) {
            i++;
        }
        return i + 1;
    }

    private static String there(String sent, String registered, int position) {
        return "sent is " + at(sent, position) + ", registered is " + at(registered, position);
    }

    private static String at(String text, int position) {
        if (position > text.length()) {
            return "nothing more";
        }
        int character = text.codePointAt(position - 1);
        return character == ' ' || !Character.isDefined(character) || Character.isISOControl(character)
                ? "U+%04X".formatted(character)
                : "‘" + Character.toString(character) + "’";
    }

    /** Shortened, without what somebody pasted that is nobody's business, and without what no database takes. */
    public static String shortened(String text) {
        if (text == null) {
            return null;
        }
        if (PastedSecrets.in(text).isPresent()) {
            return "(left out: it looks like a key or a credential)";
        }
        var clean = text.replace("\0", "\uFFFD");
        return clean.codePointCount(0, clean.length()) <= LONGEST
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
