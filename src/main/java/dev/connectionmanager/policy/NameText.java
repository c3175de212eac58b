package dev.connectionmanager.policy;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and words that people type and read: of teams, applications, clients and credentials. */
public final class NameText {
    private static final int LONGEST = 100;
    /** Variation selector 16. Unicode Technical Standard 51 section 1.4.3. */
    private static final int EMOJI_STYLE = 0xfe0f;

    private static final Pattern LINES = Pattern.compile("[\n\r\t]");
    private static final List<String> NATIONAL_SERVICES = List.of(
            "nhs login", "nhs app", "nhs spine", "nhs cis2", "nhs care identity", "care identity service", "nhsmail");

    private static final Pattern DOMAIN =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}-]*(\\.[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}-]*)+");
    private static final Pattern NUMBERS = Pattern.compile("\\b[0-9]{1,3}(\\.[0-9]{1,3}){3}\\b");

    private NameText() {}

    /** What can be wrong with a name. */
    public enum Fault {
        BLANK,
        TOO_LONG,
        CHARACTERS
    }

    /** One line of 1 to 100 characters, none of them invisible or turning the reading direction. */
    public static Optional<Fault> fault(String name) {
        if (name.isBlank()) {
            return Optional.of(Fault.BLANK);
        }
        if (!readable(name)) {
            return Optional.of(Fault.CHARACTERS);
        }
        return name.codePointCount(0, name.length()) > LONGEST ? Optional.of(Fault.TOO_LONG) : Optional.empty();
    }

    /** The national service whose name this carries, which is for a reviewer to look at. */
    public static Optional<String> nationalService(String name) {
        var words = Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ");
        return NATIONAL_SERVICES.stream().filter(words::contains).findFirst();
    }

    /** Whether somebody may take a part of this for an address on the web or of mail, and follow it. */
    public static boolean carriesAddress(String name) {
        var plain = Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("[\u3002\uff0e\uff61]", ".");
        return plain.indexOf('@') >= 0
                || plain.contains("://")
                || NUMBERS.matcher(plain).find()
                || DOMAIN.matcher(plain).results().anyMatch(found -> HostText.of(found.group())
                        .publicName());
    }

    /** Whether there is an emoji in it: screens, mails and readers aloud do not all have it. */
    public static boolean emoji(String name) {
        return name.codePoints()
                .anyMatch(c -> c == EMOJI_STYLE || UCharacter.hasBinaryProperty(c, UProperty.EMOJI_PRESENTATION));
    }

    /** Whether text of several lines has at most so many characters, none of them invisible. */
    public static boolean paragraphs(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                && readable(LINES.matcher(text).replaceAll(" "));
    }

    /** Whether people see something of each character, or it joins or parts two that they see. */
    private static boolean readable(String text) {
        return text.codePoints().allMatch(NameText::visible)
                || Joiners.allNeeded(text)
                        && text.codePoints().filter(c -> !Joiners.joins(c)).allMatch(NameText::visible);
    }

    /** Whether people see something of this character. */
    public static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            // Letters that show nothing: Hangul fillers and the braille blank.
            default -> c != 0x115f && c != 0x1160 && c != 0x3164 && c != 0xffa0 && c != 0x2800;
        };
    }
}
