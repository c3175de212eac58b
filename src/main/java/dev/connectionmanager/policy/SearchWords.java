package dev.connectionmanager.policy;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people type to find something by its words. */
public final class SearchWords {
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");
    /** Letters that no normalization takes apart, and how people type them. The same is in V042__search.sql. */
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("ø", "o"),
            Map.entry("Ø", "O"),
            Map.entry("ł", "l"),
            Map.entry("Ł", "L"),
            Map.entry("đ", "d"),
            Map.entry("Đ", "D"),
            Map.entry("ı", "i"),
            Map.entry("Þ", "T"),
            Map.entry("þ", "t"),
            Map.entry("ß", "ss"),
            Map.entry("æ", "ae"),
            Map.entry("Æ", "AE"),
            Map.entry("œ", "oe"),
            Map.entry("Œ", "OE"));

    private static final int MOST_WORDS = 10;

    /** So many are passed on the way before the index on the words is asked; a word that few have anyway is asked for at once. */
    private static final int PASSED = 1_500;

    private static final Pattern OF_FEW = Pattern.compile("(.*[^\\p{N}])?\\p{N}{6,}.*");
    /** So many are few enough to be sorted. */
    private static final int FEW = 3_000;

    /** SQL: {@code words} has one that begins with each of {@code :words}. */
    public static final String BEGIN = "words @@ to_tsquery('simple', :words)";

    private SearchWords() {}

    /** As PostgreSQL's text search has it: what belongs to any of these teams, by the word that the database marks it with. */
    public static String ofAny(Collection<UUID> teams) {
        return teams.stream().map(team -> "'=" + team + "'").collect(Collectors.joining(" | "));
    }

    /**
     * SQL for the first of those, in order, that fit what is searched for. Common words are soon met on the way along
     * the index of the order; of rare ones the index on the words knows the few that there are. Which they are shows on the way,
     * so that neither is ever read at length: PostgreSQL itself takes every beginning of a word for equally common.
     *
     * @param all a select of {@code id}, {@code words} and what it is ordered by
     * @param fits what {@code words} must fit, such as {@link #BEGIN}
     * @param search what was typed
     * @param order that of an index
     * @param most how many; as a number in the text, for PostgreSQL to plan by
     */
    public static String first(String all, String fits, String search, String order, int most) {
        return """
                with early as (select * from (%1$s order by %3$s limit %5$d) passed where %2$s limit %4$d),
                    fitting as materialized (select * from (%1$s) wanted where %2$s),
                    few as materialized (select * from fitting where (select count(*) from early) < %4$d limit %6$d + 1),
                    late as (select * from (%1$s order by %3$s offset 0) passed where %2$s limit %4$d)
                select * from (
                    select * from early where (select count(*) from early) = %4$d
                    union all (select * from few where (select count(*) from few) <= %6$d order by %3$s limit %4$d)
                    union all select * from late where (select count(*) from few) > %6$d) found
                order by %3$s""".formatted(all, fits, order, most, OF_FEW.matcher(search).matches() ? 0 : PASSED, FEW);
    }

    /** Without accents: composed or decomposed, as the database folds what is searched. */
    public static String folded(String text) {
        var plain = text;
        for (var letter : PLAIN.entrySet()) {
            plain = plain.replace(letter.getKey(), letter.getValue());
        }
        return ACCENTS.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD))
                .replaceAll("");
    }

    /** As PostgreSQL's text search has it: each of these words begins one of the words there. Empty for no words. */
    public static String beginningWith(String search) {
        return NOT_A_WORD
                .splitAsStream(folded(search))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
    }
}
