package dev.connectionmanager.policy;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people type to find something by its words. */
public final class SearchWords {
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MOST_WORDS = 10;

    private SearchWords() {}

    /**
     * SQL for the ids, in order, of the first of those whose words {@code :words} begin. Common words are soon
     * met on the way through all of them; of rare ones the index on the words knows the few that there are. Which they are
     * shows on the way, so that neither is ever read at length.
     *
     * @param all a select of {@code id}, {@code words} and what it is ordered by; it ends in conditions
     * @param order that of an index
     * @param most how many; as a number in the text, for PostgreSQL to plan by
     */
    public static String either(String all, String order, int most) {
        return "with passed as (" + all + " order by " + order + " limit 500),"
                + " early as (select id from passed where words @@ to_tsquery('simple', :words) limit " + most + "),"
                + " rare as materialized (" + all + " and words @@ to_tsquery('simple', :words))"
                + " select id from early where (select count(*) from early) = " + most
                + " union all (select id from rare where (select count(*) from early) < " + most
                + " order by " + order + " limit " + most + ")";
    }

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
