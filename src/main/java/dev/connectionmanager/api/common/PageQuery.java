package dev.connectionmanager.api.common;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Total;
import io.quarkus.arc.Arc;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which page of a list is asked for, and whether to say how many there are on all together. What cannot be understood is 400. */
public class PageQuery {
    private static final int MOST = 100;
    /** Of the letters that stand for an item which has been shown: even of a hundred, no two look alike by chance. */
    private static final int MARK = 8;

    @QueryParam("limit")
    @DefaultValue("25")
    String limit;

    @QueryParam("cursor")
    public String cursor;

    @QueryParam("total")
    String total;

    @Context
    UriInfo uri;

    /** @throws Refusal.Malformed unless it is a number from 1 to 100 */
    public int limit() {
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, "limit");
        }
        return Integer.parseInt(limit);
    }

    /** {@code null} for the beginning. */
    public Cursor position() {
        return position(Cursor::parse);
    }

    /** As {@link #position()}, of a list that is sorted by time. */
    public Cursor timedPosition() {
        return position(Cursor::parseTimed);
    }

    /**
     * @param reading of a cursor; refuses one that is of no such list
     * @throws Refusal.Malformed for a cursor that this list did not give
     */
    public <T> T position(Function<String, T> reading) {
        try {
            return reading.apply(
                    cursor == null
                            ? null
                            : Arc.container()
                                    .instance(SealedCursors.class)
                                    .get()
                                    .open(cursor, uri));
        } catch (IllegalArgumentException e) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, "cursor");
        }
    }

    /** Reads a page that begins after a position, {@code null} for the beginning, and has at most so many. */
    @FunctionalInterface
    public interface PageReader<P, S> {
        Page<S> read(P after, int most);
    }

    /**
     * The page that is asked for, and the total where that is asked for too: by reading so many of a list that nobody counts faster.
     *
     * @param after where it begins
     */
    public <P, S, T> ItemList<T> list(P after, PageReader<P, S> pages, Function<S, T> item) {
        return list(after, pages, item, () -> pages.read(null, Total.COUNTED)
                .items()
                .size());
    }

    /**
     * The same.
     *
     * @param counting tells how many there are, counted up to {@link Total#COUNTED}; not asked where nobody asks for it
     * @throws Refusal.Malformed unless the total is asked for by {@code true} or {@code false}
     */
    public <P, S, T> ItemList<T> list(P after, PageReader<P, S> pages, Function<S, T> item, LongSupplier counting) {
        return withTotal(ItemList.of(pages.read(after, limit()), item), counting);
    }

    /**
     * The page of a list that is short by its nature, and so is read whole: its cursors tell what has been shown, and so nothing is
     * passed over or shown twice, whatever is added or deleted meanwhile.
     *
     * @param id which no two of the list share
     */
    public <S, T> ItemList<T> list(List<S> all, Function<S, String> id, Function<S, T> item) {
        return withTotal(ItemList.of(of(all, id), item), all::size);
    }

    private <T> ItemList<T> withTotal(ItemList<T> items, LongSupplier counting) {
        return Flag.read("total", total) ? items.withTotal(counting.getAsLong()) : items;
    }

    private <T> Page<T> of(List<T> all, Function<T, String> id) {
        var shown = position(PageQuery::marks);
        var seen = all.stream().map(id).map(PageQuery::mark).filter(shown::contains);
        var left = all.stream()
                .filter(item -> !shown.contains(mark(id.apply(item))))
                .toList();
        var page = left.subList(0, Math.min(limit(), left.size()));
        var now = page.stream().map(id).map(PageQuery::mark);
        return new Page<>(
                page, page.size() < left.size() ? Stream.concat(seen, now).collect(Collectors.joining()) : null);
    }

    /**
     * What was sent of a parameter that has two names.
     *
     * @param otherName that of the second
     * @return {@code null} where neither was sent
     * @throws Refusal.Malformed where both were: nobody could say which counts
     */
    public static String either(String sent, String byItsOtherName, String otherName) {
        if (sent != null && byItsOtherName != null) {
            throw new Refusal.Malformed(Reason.PARAMETER_REPEATED, otherName);
        }
        return sent == null ? byItsOtherName : sent;
    }

    private static String mark(String id) {
        return Base64.getUrlEncoder()
                .encodeToString(Arrays.copyOf(
                        Hashing.murmur3_128()
                                .hashString(id, StandardCharsets.UTF_8)
                                .asBytes(),
                        MARK / 4 * 3));
    }

    private static Set<String> marks(String cursor) {
        return cursor == null
                ? Set.of()
                : Splitter.fixedLength(MARK).splitToStream(cursor).collect(Collectors.toSet());
    }
}
