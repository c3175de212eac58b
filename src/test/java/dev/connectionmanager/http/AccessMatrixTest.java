package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.http.AccessMatrix.Fixture;
import dev.connectionmanager.http.AccessMatrix.Route;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route of the running portal × every kind of caller × every way to spell its address. */
@PortalTest
class AccessMatrixTest {
    private static final String TOOL = "dev.connectionmanager.api.tool";
    /** What an address that is not spelled like ours may be answered with, besides what the plain one gives. */
    private static final Set<String> REFUSED = Set.of("400", "401", "403", "404", "login");

    @Test
    void everyRouteHasARow() {
        assertThat(AccessMatrix.routesWithRows().map(Route::toString).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(AccessMatrix.routes());
    }

    /** Bearer tokens count where the path says so: no resource may stand at an address of another edge. */
    @Test
    void everyRouteIsOfTheEdgeThatItsRoomServes() {
        var handlers = AccessMatrix.handlers();
        assertThat(handlers.keySet())
                .as("routes of the API")
                .filteredOn(route ->
                        !Route.of(route).forMock() && Edge.of(Route.of(route).template()) == Edge.API)
                .hasSizeGreaterThan(50)
                .containsExactlyInAnyOrderElementsOf(handlers.entrySet().stream()
                        .filter(route -> !Route.of(route.getKey()).forMock()
                                && !Route.of(route.getKey()).forConnect()
                                && route.getValue().getName().startsWith("dev.connectionmanager.api.")
                                && !route.getValue().getPackageName().equals(TOOL))
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(handlers.keySet())
                .as("routes of the existing tool's format")
                .filteredOn(route -> Route.of(route).forTool())
                .hasSize(6)
                .containsExactlyInAnyOrderElementsOf(handlers.entrySet().stream()
                        .filter(route -> route.getValue().getPackageName().equals(TOOL))
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(handlers.keySet())
                .as("routes of protocols")
                .filteredOn(route ->
                        !Route.of(route).forMock() && Edge.of(Route.of(route).template()) == Edge.PROTOCOL)
                .containsExactlyInAnyOrder(
                        "GET /connect/{environment}/.well-known/openid-configuration",
                        "POST /connect/{environment}/register",
                        "GET /connect/{environment}/register/{client_id}",
                        "PUT /connect/{environment}/register/{client_id}",
                        "DELETE /connect/{environment}/register/{client_id}",
                        "GET /key-sets/{key_set_id}",
                        "POST /local/openid/token",
                        "POST /logout/back-channel");
        assertThat(handlers.keySet())
                .as("routes of the mock")
                .filteredOn(route -> Route.of(route).forMock())
                .hasSizeGreaterThan(10)
                .allMatch(
                        route -> Edge.of(Fixture.shared().fill(Route.of(route)).replaceAll("\\?.*", "")) != Edge.PAGE);
    }

    @Test
    void everyCallerGetsWhatTheMatrixSays() {
        var actual = new StringBuilder();
        var expected = new StringBuilder();
        AccessMatrix.rows().forEach((route, cells) -> {
            for (var person : AccessMatrix.CALLERS) {
                // Only a write that goes through takes something away from the others.
                var fixture = route.reads() || !cells.get(person).equals("in") ? Fixture.shared() : Fixture.make();
                var answer = AccessMatrix.ask(route, fixture.fill(route), person, fixture);
                var cell = route + " as " + person + ": ";
                expected.append(cell).append(cells.get(person)).append('\n');
                actual.append(cell).append(AccessMatrix.cell(answer)).append('\n');
            }
        });
        assertThat(actual.toString()).isEqualTo(expected.toString());
    }

    @Test
    void oddSpellingsAreRefusedBeforeAnybodyReadsThem() {
        var taken = new LinkedHashMap<String, String>();
        AccessMatrix.rows().keySet().forEach(route -> {
            var fixture = Fixture.shared();
            for (var path : oddSpellings(fixture.fill(route))) {
                var answer = AccessMatrix.ask(route, path, "owner", fixture);
                if (answer.statusCode() != 400) {
                    taken.put(route.method() + " " + path, AccessMatrix.cell(answer));
                }
            }
        });
        assertThat(taken).isEmpty();
    }

    @Test
    void noOtherSpellingGivesMore() {
        var more = new LinkedHashMap<String, String>();
        AccessMatrix.rows().forEach((route, cells) -> {
            var fixture = Fixture.shared();
            for (var path : otherSpellings(fixture.fill(route))) {
                for (var person : List.of("anonymous", "other-owner")) {
                    compare(route, path, person, cells.get(person), AccessMatrix.ask(route, path, person, fixture))
                            .forEach(more::put);
                }
                // The log-in of one edge must open nothing on the other; the OpenID Provider is neither.
                if (!route.template().startsWith("/local/openid/")) {
                    var wrongDoor = AccessMatrix.askByTheWrongDoor(route, path, "owner", fixture);
                    compare(route, path, "owner at the wrong door", cells.get("anonymous"), wrongDoor)
                            .forEach(more::put);
                }
            }
        });
        assertThat(more).isEmpty();
    }

    /** What no resource class answers: static files, health and metrics. */
    @ParameterizedTest
    @CsvSource({
        "200, /q/health",
        "200, /q/health/live",
        "200, /q/health/ready",
        "200, /q/metrics",
        "404, /q",
        "404, /q/",
        "404, /q/dev",
        "404, /q/dev-ui",
        "404, /q/arc",
        "404, /q/info",
        "404, /q/swagger-ui",
        "404, /q/schema",
        "404, /assets/",
        "404, /assets/portal.css",
        "404, /assets/images/",
        "404, /application.properties",
        "404, /META-INF/openapi.yaml",
        "404, /db/migration/V001__team.sql",
        "404, /.env",
        "404, /templates/layout.html",
        "400, /assets/%2e%2e/application.properties",
        "400, /q/metrics;x",
        "400, //q/metrics",
        "400, /assets/..%2fapplication.properties"
    })
    void nothingElseIsServed(int status, String path) {
        var answer = Persons.get(Persons.newBrowser(), path);
        assertThat(answer.statusCode()).isEqualTo(status);
        SecurityHeadersTest.assertClosed(answer);
    }

    /** Both are open to whoever reaches the node, so neither may tell of teams or of what they run. */
    @Test
    void healthAndMetricsTellNothingOfTeams() {
        var application = Fixture.shared().ids().get(1);
        Persons.get(AccessMatrix.browser("owner"), "/applications/" + application + "?secret-in-a-query=1");
        var told = Persons.get(Persons.newBrowser(), "/q/metrics").body()
                + Persons.get(Persons.newBrowser(), "/q/health").body();
        assertThat(told)
                .contains("http_server_requests", "UP")
                .doesNotContain(application, "secret-in-a-query", "Supplier", "jdbc:", "postgres:", "@local");
    }

    private static Map<String, String> compare(
            Route route, String path, String who, String plain, HttpResponse<String> answer) {
        var cell = AccessMatrix.cell(answer);
        return cell.equals(plain) || REFUSED.contains(cell) || answer.statusCode() == 405
                ? Map.of()
                : Map.of(route.method() + " " + path + " as " + who, cell + " instead of " + plain);
    }

    /** Ways in which layers have been known to read one address differently: CVE-2026-39852 and its kin. */
    private static List<String> oddSpellings(String plain) {
        var path = path(plain);
        var query = plain.substring(path.length());
        return Stream.of(
                        path + ";x" + query,
                        path.replaceFirst("/", "/;x/") + query,
                        path + "%3Bx" + query,
                        "/" + path + query,
                        path.replaceFirst("/(?=[^/]*$)", "//") + query,
                        "/." + path + query,
                        path.replaceFirst("/(?=[^/]*$)", "/%2e/") + query,
                        path.replaceFirst("/(?=[^/]*$)", "/x%2F") + query,
                        path.replaceFirst("/(?=[^/]*$)", "/x%5C") + query,
                        "/x/.." + path + query)
                // Vert.x itself answers this one, with 400 and nothing else.
                .filter(spelling -> !spelling.equals("//"))
                .toList();
    }

    /** Spellings that may be taken for the plain one, or for none. */
    private static List<String> otherSpellings(String plain) {
        var path = path(plain);
        var query = plain.substring(path.length());
        var encoded = path.length() < 2 ? path : "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2);
        var slash = path.endsWith("/") ? path : path + "/";
        return List.of(path + query, encoded + query, slash + query, path.toUpperCase(Locale.ROOT) + query);
    }

    private static String path(String address) {
        return address.split("\\?", 2)[0];
    }
}
