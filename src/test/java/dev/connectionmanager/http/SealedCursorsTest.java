package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Cursors of lists tell nobody anything, are good for one list with one filter, and pass over nothing. */
@PortalTest
class SealedCursorsTest {
    private static final Api OWNER = Api.as("owner");
    private static final String TEAM = "/api/v1/teams/" + Api.FIRST_TEAM;

    private final String word = "w" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void holdsNobodysAddress() {
        var page = OWNER.get(TEAM + "/members?limit=1");
        String cursor = page.path("next_cursor");
        var opened = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
        assertThat(opened).doesNotContain(page.path("items[0].id"), page.path("items[0].email"));
        assertThat(OWNER.get(TEAM + "/members?limit=1").<String>path("next_cursor"))
                .isNotEqualTo(cursor);
    }

    @Test
    void isGoodForItsListAndFilterAlone() {
        three();
        var list = TEAM + "/applications";
        String cursor = OWNER.get(list + "?limit=1&name=" + word).path("next_cursor");
        OWNER.get(list + "?limit=2&cursor=" + cursor + "&name=" + word).then().statusCode(200);
        for (var other : List.of(
                list + "?cursor=" + cursor,
                list + "?name=" + word + "x&cursor=" + cursor,
                list + "?name=" + word + "&category=supplier&cursor=" + cursor,
                TEAM + "/members?cursor=" + cursor,
                "/api/v1/teams?cursor=" + cursor,
                list + "?name=" + word + "&cursor=" + cursor.substring(1),
                list + "?name=" + word + "&cursor=" + cursor + "A")) {
            OWNER.get(other)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("parameter-invalid"))
                    .body("parameter", equalTo("cursor"));
        }
    }

    @Test
    void passesOverNothingWhileItsLastItemIsDeleted() {
        var all = three();
        var list = TEAM + "/applications?limit=1&name=" + word;
        var shown = new ArrayList<String>();
        String cursor = null;
        do {
            var page = OWNER.get(list + (cursor == null ? "" : "&cursor=" + cursor));
            shown.add(page.path("items[0].id"));
            cursor = page.path("next_cursor");
            OWNER.delete("/api/v1/applications/" + shown.get(shown.size() - 1), "If-Match: \"0\"")
                    .then()
                    .statusCode(204);
        } while (cursor != null);
        assertThat(shown).containsExactlyElementsOf(all);
    }

    /** Counted from the beginning, the second would have taken the place of the first, and nobody would have seen it. */
    @Test
    void aShortListPassesOverNothingEither() {
        var registration = Api.newApplication("Two secrets") + "/registrations/integration";
        OWNER.put(registration, Api.metadata(), "If-None-Match: *").then().statusCode(201);
        OWNER.post(registration + "/secrets", Map.of()).then().statusCode(201);
        var secrets = registration + "/secrets";
        List<String> all = OWNER.get(secrets).path("items.id");
        var first = OWNER.get(secrets + "?limit=1");
        assertThat(first.<String>path("items[0].id")).isEqualTo(all.get(0));
        OWNER.delete(secrets + "/" + all.get(0), "").then().statusCode(204);
        OWNER.get(secrets + "?limit=1&cursor=" + first.path("next_cursor"))
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(all.get(1))))
                .body("next_cursor", equalTo(null));
    }

    @Test
    void aShortListIsShownWholeAndOnce() {
        for (int i = 0; i < 3; i++) {
            Credentials.issue(word + i, "read", null);
        }
        var shown = new ArrayList<String>();
        String cursor = null;
        do {
            var page = OWNER.get(TEAM + "/api-credentials?limit=2" + (cursor == null ? "" : "&cursor=" + cursor));
            shown.addAll(page.path("items.name"));
            cursor = page.path("next_cursor");
        } while (cursor != null);
        assertThat(shown.stream().filter(name -> name.startsWith(word))).containsExactly(word + 0, word + 1, word + 2);
    }

    /** @return ids of three applications, in the order of their names */
    private List<String> three() {
        return List.of("a", "b", "c").stream()
                .map(letter -> Api.newApplication(word + " " + letter))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
    }
}
