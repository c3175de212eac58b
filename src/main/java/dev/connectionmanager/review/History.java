package dev.connectionmanager.review;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The latest of what happened to a request and was said about it.
 *
 * @param comments what both sides read, the oldest first; at most {@link #MOST}
 * @param notes the operators', the oldest first; at most {@link #MOST}; empty for anybody else
 * @param moreComments whether there are more, earlier
 * @param moreNotes whether there are more, earlier
 * @param verdict the last decision that asked for changes, or turned it down
 */
public record History(
        List<RequestEntry> comments,
        List<RequestEntry> notes,
        boolean moreComments,
        boolean moreNotes,
        Optional<RequestEntry> verdict) {
    /** Nobody reads on beyond this; the lists of the API have the rest. */
    public static final int MOST = 100;

    /** Both together, the oldest first. */
    public List<RequestEntry> all() {
        return Stream.concat(comments.stream(), notes.stream())
                .sorted(Comparator.comparing(RequestEntry::at))
                .toList();
    }

    /** Whether something earlier is left out. */
    public boolean more() {
        return moreComments || moreNotes;
    }
}
