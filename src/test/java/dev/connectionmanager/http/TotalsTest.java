package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.Described;
import dev.connectionmanager.testing.PortalTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Every list of the API says how many there are on all its pages, where it is asked. */
@PortalTest
class TotalsTest {
    @Test
    void saysHowManyThereAre() throws JsonProcessingException {
        var lists = AccessMatrix.lists().stream()
                .map(Route::of)
                .filter(Route::forApi)
                .toList();
        assertThat(lists).hasSizeGreaterThan(25);
        for (var route : lists) {
            var path = Fixture.shared().fill(route);
            var whole = ask(route, path + "?limit=100&total=true");
            assertThat(whole.path("total_exact").asBoolean())
                    .as(route + " " + whole)
                    .isTrue();
            if (whole.path("next_cursor").isNull()) {
                assertThat(whole.path("total").asInt())
                        .as(route.toString())
                        .isBetween(
                                whole.path("items").size(), whole.path("items").size() + grownMeanwhile(route));
            } else {
                assertThat(whole.path("total").asInt()).as(route.toString()).isGreaterThan(100);
            }
            assertThat(ask(route, path + "?limit=1").has("total"))
                    .as(route.toString())
                    .isFalse();
        }
    }

    /** Acts are told at any moment. */
    private static int grownMeanwhile(Route route) {
        return route.template().endsWith("/audit-events") ? 100 : 0;
    }

    private static JsonNode ask(Route route, String path) throws JsonProcessingException {
        var person = Objects.equals(AccessMatrix.rows().get(route).get("owner"), "in") ? "owner" : "operator";
        var answer = Described.checked(AccessMatrix.ask(route, path, person, Fixture.shared()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
