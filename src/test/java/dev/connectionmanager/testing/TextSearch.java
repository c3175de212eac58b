package dev.connectionmanager.testing;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Looks for many words in one pass over a text, by the sums of as many characters as the shortest word has (Rabin and Karp). */
public final class TextSearch {
    private static final int BASE = 31;
    private static final int CELLS = 1 << 20;

    private final int length;
    private final int leaving;
    private final BitSet sums = new BitSet(CELLS);
    private final Map<String, Set<String>> words = new HashMap<>();

    /** @param words none of them empty */
    public TextSearch(Collection<String> words) {
        length = words.stream().mapToInt(String::length).min().orElseThrow();
        int power = 1;
        for (int i = 0; i < length; i++) {
            power *= BASE;
        }
        leaving = power;
        for (var word : words) {
            var beginning = word.substring(0, length);
            sums.set(cell(beginning.hashCode()));
            this.words.computeIfAbsent(beginning, any -> new HashSet<>()).add(word);
        }
    }

    /** @return those of the words that the text contains */
    public Set<String> found(String text) {
        var found = new HashSet<String>();
        int sum = 0;
        for (int end = 1; end <= text.length(); end++) {
            sum = sum * BASE + text.charAt(end - 1);
            int start = end - length;
            if (start > 0) {
                sum -= leaving * text.charAt(start - 1);
            }
            if (start >= 0 && sums.get(cell(sum))) {
                for (var word : words.getOrDefault(text.substring(start, end), Set.of())) {
                    if (text.startsWith(word, start)) {
                        found.add(word);
                    }
                }
            }
        }
        return found;
    }

    private static int cell(int sum) {
        return (sum ^ sum >>> 12) & CELLS - 1;
    }
}
