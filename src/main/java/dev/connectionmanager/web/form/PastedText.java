package dev.connectionmanager.web.form;

import java.util.List;
import java.util.regex.Pattern;

/** Takes off what pasting brings along and nobody sees: white space around a value, of any width, and marks of direction or of no width. */
public final class PastedText {
    private static final String UNSEEN =
            "[\\p{IsWhite_Space}\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff]";
    private static final Pattern AROUND = Pattern.compile("\\A" + UNSEEN + "+|" + UNSEEN + "+\\z");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\p{IsWhite_Space}&&[^\\r\\n]]*(?:\\r\\n|\\r|\\n)");

    private PastedText() {}

    /** The value itself, its lines parted by LF: text boxes send CR LF, whatever was typed. */
    public static String cleaned(String value) {
        return AROUND.matcher(LINE_ENDS.matcher(value).replaceAll("\n")).replaceAll("");
    }

    /** The values of a box that takes one a line; a line without any is none. */
    public static List<String> lines(String box) {
        return box.lines()
                .map(PastedText::cleaned)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
