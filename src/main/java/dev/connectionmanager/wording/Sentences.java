package dev.connectionmanager.wording;

import dev.connectionmanager.policy.Violation;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

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
        return argument.length() <= LONGEST_ARGUMENT ? argument : argument.substring(0, LONGEST_ARGUMENT) + "…";
    }
}
