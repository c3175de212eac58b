package dev.connectionmanager.api.common;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which page of a list is asked for. What cannot be understood is 400. */
public class PageQuery {
    private static final Set<String> ALWAYS = Set.of("limit", "cursor");
    private static final int MOST = 100;

    @QueryParam("limit")
    @DefaultValue("25")
    String limit;

    @QueryParam("cursor")
    public String cursor;

    @Context
    UriInfo uri;

    /**
     * @param others that this list knows beside limit and cursor
     * @throws Refusal.Malformed for a query parameter that this list does not know
     */
    public void allow(String... others) {
        allowOnly(uri, Stream.concat(ALWAYS.stream(), Stream.of(others)).toArray(String[]::new));
    }

    /**
     * For what is no list.
     *
     * @throws Refusal.Malformed for any other query parameter
     */
    public static void allowOnly(UriInfo uri, String... names) {
        var allowed = Set.of(names);
        uri.getQueryParameters().keySet().stream()
                .filter(name -> !allowed.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new Refusal.Malformed(Reason.PARAMETER_UNKNOWN, name);
                });
    }

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
            return reading.apply(cursor);
        } catch (IllegalArgumentException e) {
            throw new Refusal.Malformed(Reason.PARAMETER_INVALID, "cursor");
        }
    }

    /** The page of a list that is short by its nature, and so is read whole: its cursors count. */
    public <T> Page<T> of(List<T> all) {
        int from = Math.min(position(PageQuery::count), all.size());
        int to = Math.min(from + limit(), all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? cursor(to) : null);
    }

    private static String cursor(int count) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
    }

    private static int count(String cursor) {
        if (cursor == null) {
            return 0;
        }
        int count = Integer.parseInt(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        if (count < 0) {
            throw new IllegalArgumentException("cursor");
        }
        return count;
    }
}
