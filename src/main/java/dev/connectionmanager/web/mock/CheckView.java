package dev.connectionmanager.web.mock;

import dev.connectionmanager.mock.log.Check;

/**
 * A check of the mock's log.
 *
 * @param sent {@code null} = nothing to show
 * @param registered {@code null} = nothing to show
 */
record CheckView(String name, String verdict, String colour, String words, Marked sent, Marked registered) {
    static CheckView of(Check check) {
        return new CheckView(
                check.name(),
                switch (check.verdict()) {
                    case PASSED -> "Passed";
                    case WARNED -> "Warning";
                    case FAILED -> "Failed";
                },
                switch (check.verdict()) {
                    case PASSED -> "green";
                    case WARNED -> "yellow";
                    case FAILED -> "red";
                },
                check.words(),
                Marked.of(check.sent(), check.position()),
                Marked.of(check.registered(), check.position()));
    }

    /** A text with one character marked; nothing is marked where it ends before. */
    record Marked(String before, String mark, String after) {
        static Marked of(String text, Integer position) {
            if (text == null) {
                return null;
            }
            if (position == null || position > text.length()) {
                return new Marked(text, "", "");
            }
            int end = text.offsetByCodePoints(position - 1, 1);
            return new Marked(text.substring(0, position - 1), text.substring(position - 1, end), text.substring(end));
        }
    }
}
