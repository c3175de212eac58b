package dev.connectionmanager.wording;

import dev.connectionmanager.policy.Violation;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The sentence of each rule, for forms and API alike. */
public final class Sentences {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.rules", Locale.ROOT);
    /** Of what was typed, so much is repeated. */
    private static final int LONGEST_ARGUMENT = 200;

    private Sentences() {}

    /** What is wrong, where it helps what was typed, and how to put it right. */
    public static String of(Violation violation) {
        var arguments = violation.arguments().stream().map(Sentences::shortened).toArray();
        return new MessageFormat(SENTENCES.getString(violation.rule().code()), Locale.ROOT).format(arguments);
    }

    private static Object shortened(String argument) {
        var visible = argument.codePoints()
                .limit(LONGEST_ARGUMENT)
                .mapToObj(Sentences::visible)
                .collect(Collectors.joining());
        return argument.codePointCount(0, argument.length()) <= LONGEST_ARGUMENT ? visible : visible + "…";
    }

    /** What nobody can see, or what no encoding of the answer can carry, is told by its code point. */
    /** As people may see it. */
    static String visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> String.format("[U+%04X]", c);
            default -> Character.toString(c);
        };
    }
}
