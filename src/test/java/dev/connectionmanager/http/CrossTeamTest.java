package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** To the owner of another team, what is not theirs does not exist: no answer tells it from what never was. */
@PortalTest
class CrossTeamTest {
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^:}]+)[^}]*}");

    @Test
    void anotherTeamsRecordIsAnsweredLikeAnUnknownOne() {
        var different = new LinkedHashMap<String, String>();
        var fixture = Fixture.shared();
        var compared = 0;
        for (var route : withIds()) {
            if (AccessMatrix.rows().get(route).get("other-owner").equals("404")) {
                compared++;
                compare(
                        route,
                        fixture,
                        fixture.valuesFor(route),
                        unknown(fixture.valuesFor(route), id -> true),
                        different);
            }
        }
        assertThat(different).isEmpty();
        assertThat(compared).as("routes with another team's ids").isGreaterThan(50);
    }

    /** Nor does anything hang on one's own record only because it was named there. */
    @Test
    void anotherTeamsRecordUnderOnesOwnIsAnsweredLikeAnUnknownOne() {
        var different = new LinkedHashMap<String, String>();
        var theirs = Fixture.shared();
        var own = Map.of("team_id", Api.OTHER_TEAM, "application_id", applicationOfTheOtherTeam());
        var compared = 0;
        for (var route : withIds()) {
            var parameters = parameters(route);
            if (parameters.size() > 1 && parameters.stream().anyMatch(own::containsKey)) {
                compared++;
                var foreign = new HashMap<>(theirs.valuesFor(route));
                foreign.putAll(own);
                compare(route, theirs, foreign, unknown(foreign, id -> !own.containsKey(id)), different);
            }
        }
        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(5);
    }

    @Test
    void noListCountOrFilterTells() {
        // The shared application may have been offered to the other team, which then may know of it.
        var fixture = Fixture.make();
        var telling = new ArrayList<String>();
        var different = new LinkedHashMap<String, String>();
        for (var route : AccessMatrix.rows().keySet()) {
            if (!route.reads()
                    || !parameters(route).isEmpty()
                    || route.template().startsWith("/local/")) {
                continue;
            }
            var path = fixture.fill(route);
            var all = AccessMatrix.ask(route, path, "other-owner", fixture).body();
            // The two teams may know of each other: applications are handed over from one to the other.
            fixture.ids().stream()
                    .filter(id -> !id.equals(Api.FIRST_TEAM) && all.contains(id))
                    .forEach(id -> telling.add(route + " tells " + id));
            for (var filter : List.of("team", "object", "application", "name", "person", "q")) {
                var foreign = filter.equals("team")
                        ? Api.FIRST_TEAM
                        : filter.equals("name") ? "Matrix" : fixture.ids().get(1);
                var unknown =
                        filter.equals("name") ? "Nobody" : UUID.randomUUID().toString();
                differ(
                                AccessMatrix.ask(route, path + "?" + filter + "=" + foreign, "other-owner", fixture),
                                AccessMatrix.ask(route, path + "?" + filter + "=" + unknown, "other-owner", fixture),
                                Map.of(foreign, unknown))
                        .forEach((a, b) -> different.put(route + "?" + filter + ": " + a, b));
            }
        }
        assertThat(telling).isEmpty();
        assertThat(different).isEmpty();
    }

    private static void compare(
            Route route,
            Fixture fixture,
            Map<String, String> foreign,
            Map<String, String> unknown,
            Map<String, String> different) {
        differ(
                        AccessMatrix.ask(route, Fixture.fill(route, foreign), "other-owner", fixture),
                        AccessMatrix.ask(route, Fixture.fill(route, unknown), "other-owner", fixture),
                        Map.of())
                .forEach((a, b) -> different.put(route + ": " + a, b));
    }

    /** Byte by byte, but for ids, the time, and what was asked for and is echoed. */
    private static Map<String, String> differ(
            HttpResponse<String> foreign, HttpResponse<String> unknown, Map<String, String> echoed) {
        UnaryOperator<String> plain = text -> {
            for (var echo : echoed.entrySet()) {
                text = text.replace(echo.getKey(), "ECHO").replace(echo.getValue(), "ECHO");
            }
            // When the session ends is another matter.
            return text.replaceAll("(?s)<p class=\"app-session.*?</p>", "")
                    .replaceAll("done=[A-Za-z0-9_-]+", "done=SEALED")
                    .replaceAll(UUID_FORM, "ID");
        };
        var a = plain.apply(whole(foreign));
        var b = plain.apply(whole(unknown));
        return a.equals(b) ? Map.of() : Map.of(a, b);
    }

    private static String whole(HttpResponse<String> answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        // What is left to the caller, whatever was asked for.
        headers.remove("ratelimit");
        // Made up anew each time: the secrets of a log-in under way, and how long an echoed name is.
        headers.remove("set-cookie");
        headers.remove("content-length");
        return answer.statusCode() + "\n" + headers + "\n" + answer.body();
    }

    private static List<Route> withIds() {
        return AccessMatrix.routesWithRows()
                .filter(route -> !parameters(route).isEmpty())
                .toList();
    }

    private static List<String> parameters(Route route) {
        return PARAMETER
                .matcher(route.template())
                .results()
                .map(parameter -> parameter.group(1))
                .filter(name -> name.endsWith("_id"))
                .toList();
    }

    private static Map<String, String> unknown(Map<String, String> values, Predicate<String> which) {
        var unknown = new HashMap<>(values);
        unknown.replaceAll((name, value) ->
                name.endsWith("_id") && which.test(name) ? UUID.randomUUID().toString() : value);
        return unknown;
    }

    private static String applicationOfTheOtherTeam() {
        var other = Api.as("other-owner");
        var path = other.post(
                        "/api/v1/teams/" + Api.OTHER_TEAM + "/applications",
                        Map.of("name", "Own", "category", "supplier", "application_type", "web"))
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        other.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                .then()
                .statusCode(201);
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
