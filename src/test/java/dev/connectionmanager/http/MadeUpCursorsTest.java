package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.PortalTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever shortens or makes up the address of a page of a list is told so, by every list: pages and API. */
@PortalTest
class MadeUpCursorsTest {
    private static final String ID = "00000000-0000-4000-8000-000000000000";
    /** Of no list, neither as they are nor decoded. */
    private static final List<String> WRONG = Stream.concat(
                    Stream.of("x", "cut-off", "%", "MDAw MDAw", "NDI5NDk2NzI5NQ"),
                    Stream.of(
                                    "4294967295",
                                    "2147483648",
                                    "-1",
                                    "99999999999999999999",
                                    ID.substring(1),
                                    ID + "\0",
                                    "1 2 3",
                                    "2026-01-01T00:00:00Z 9223372036854775808 x",
                                    "+10000-01-01T00:00:00Z 1 x",
                                    "2026-01-01T00:00:00Z 1 \0")
                            .map(MadeUpCursorsTest::encoded))
            .toList();

    /** Of some list perhaps: it may be a page without items, or no such page. */
    private static final List<String> ODD = Stream.of(
                    ID,
                    ID + "x",
                    ID + "\uFFFF",
                    ID + "-1",
                    ID + "2147483647",
                    ID + "2147483648",
                    ID + "99999999999999999999",
                    ID + "0001-01-01T00:00:00Z",
                    ID + "-999999999-01-01T00:00:00Z",
                    ID + "+999999999-12-31T23:59:59Z",
                    ID + "9999-12-31T23:59:59.999999999Z",
                    ID + "0+999999999-12-31T23:59:59Z",
                    ID + "2147483648 2026-01-01T00:00:00Z",
                    ID + "1 +10000-01-01T00:00:00Z",
                    "0001-01-01T00:00:00Z -9223372036854775808 x",
                    "9999-12-31T00:00:00Z 9223372036854775807 \uFFFF",
                    "0",
                    "2147483647")
            .map(MadeUpCursorsTest::encoded)
            .toList();

    @Test
    void noListFailsOverACursor() {
        var failed = new ArrayList<String>();
        // The logs of the mock are read by whoever has a token of theirs: OpenClientsTest asks.
        var lists = AccessMatrix.lists().stream()
                .map(Route::of)
                .filter(route -> !route.forMock())
                .toList();
        for (var route : lists) {
            var path = Fixture.shared().fill(route);
            for (var cursor : WRONG) {
                var status = ask(route, path, cursor);
                if (status != (route.forApi() ? 400 : 404)) {
                    failed.add(status + " " + route + " " + cursor);
                }
            }
            for (var cursor : ODD) {
                var status = ask(route, path, cursor);
                if (status != 200 && status != (route.forApi() ? 400 : 404)) {
                    failed.add(status + " " + route + " " + cursor);
                }
            }
        }
        assertThat(failed).isEmpty();
        assertThat(lists).filteredOn(Route::forApi).as("lists of the API").hasSizeGreaterThan(15);
        assertThat(lists).filteredOn(route -> !route.forApi()).as("pages").hasSizeGreaterThan(10);
    }

    private static int ask(Route route, String path, String cursor) {
        var person = AccessMatrix.rows().get(route).get("owner").equals("in") ? "owner" : "operator";
        return AccessMatrix.ask(
                        route,
                        path + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8),
                        person,
                        Fixture.shared())
                .statusCode();
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
