package dev.connectionmanager.wording;

import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.review.ReadinessTask;
import dev.connectionmanager.review.Risk;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

/** The sentence of each rule, for forms and API alike. */
public final class Sentences {
    private static final ResourceBundle SENTENCES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.rules", Locale.ROOT);
    /** Of what was typed, so much is repeated. */
    private static final int LONGEST_ARGUMENT = 200;

    private static final ResourceBundle REVIEW =
            ResourceBundle.getBundle("dev.connectionmanager.wording.review", Locale.ROOT);

    private Sentences() {}

    /** Why a reviewer should look at it. */
    public static String of(Risk risk) {
        return said(REVIEW, "risk." + risk.kind().code(), risk.arguments());
    }

    /** How far it is, and what there is to do. */
    public static String of(ReadinessTask task) {
        return said(REVIEW, "readiness." + task.code(), task.arguments());
    }

    /** What a task of this kind is called in a list. */
    public static String title(ReadinessTask task) {
        return REVIEW.getString("readiness." + task.kind().code());
    }

    private static String said(ResourceBundle sentences, String key, List<String> arguments) {
        var shown = arguments.stream().map(Sentences::shortened).toArray();
        return new MessageFormat(sentences.getString(key), Locale.ROOT).format(shown);
    }

    /** What is wrong, where it helps what was typed, and how to put it right. */
    public static String of(Violation violation) {
        return said(SENTENCES, violation.rule().code(), violation.arguments());
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
