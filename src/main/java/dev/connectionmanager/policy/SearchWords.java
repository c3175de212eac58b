package dev.connectionmanager.policy;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people type to find something by its words. */
public final class SearchWords {
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MOST_WORDS = 10;

    private SearchWords() {}

    /** A pattern for {@code lower(…) like … escape '!'}, which finds this part in any case. */
    public static String containing(String part) {
        return "%"
                + part.toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
    }

    /** As PostgreSQL's text search has it: each of these words begins one of the words there. Empty for no words. */
    public static String beginningWith(String search) {
        return NOT_A_WORD
                .splitAsStream(search)
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
    }
}
