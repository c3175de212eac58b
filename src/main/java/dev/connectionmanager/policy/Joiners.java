package dev.connectionmanager.policy;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.IDNA;
import java.util.regex.Pattern;

/**
 * Characters that show nothing themselves and change how their neighbours look: a family is four emoji and the joiners between them,
 * Persian parts letters that would run together. Anywhere else they only hide a difference.
 */
public final class Joiners {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    /** Of which the flags of England, Scotland and Wales are made. */
    private static final int FIRST_TAG = 0xe0020;

    private static final int LAST_TAG = 0xe007f;
    /** Judges joiners by the letters beside them (RFC 5892 appendix A). */
    private static final IDNA BY_CONTEXT = IDNA.getUTS46Instance(IDNA.CHECK_CONTEXTJ | IDNA.NONTRANSITIONAL_TO_UNICODE);

    private static final Pattern WORDS = Pattern.compile("[\\s.]+");

    private Joiners() {}

    /** Whether it is one of them. */
    public static boolean joins(int c) {
        return c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER || c >= FIRST_TAG && c <= LAST_TAG;
    }

    /** Whether each of them stands in an emoji that Unicode recommends (UTS 51), or where its script has it. */
    public static boolean allNeeded(String text) {
        return WORDS.splitAsStream(withoutEmoji(text))
                .filter(word -> word.codePoints().anyMatch(Joiners::joins))
                .allMatch(Joiners::neededByScript);
    }

    private static boolean neededByScript(String word) {
        var found = new IDNA.Info();
        BY_CONTEXT.labelToUnicode(word, new StringBuilder(), found);
        return !found.getErrors().contains(IDNA.Error.CONTEXTJ)
                && word.codePoints().noneMatch(c -> c >= FIRST_TAG && c <= LAST_TAG);
    }

    private static String withoutEmoji(String text) {
        var characters = BreakIterator.getCharacterInstance();
        characters.setText(text);
        var rest = new StringBuilder();
        for (int from = 0, to = characters.next(); to != BreakIterator.DONE; from = to, to = characters.next()) {
            var character = text.substring(from, to);
            rest.append(UCharacter.hasBinaryProperty(character, UProperty.RGI_EMOJI) ? " " : character);
        }
        return rest.toString();
    }
}
