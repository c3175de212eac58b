package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which methods an address knows is told truly and everywhere alike. */
@PortalTest
class MethodsTest {
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "QUERY");
    private static final HttpClient NOBODY = HttpClient.newHttpClient();

    @Test
    void everyOtherMethodOfEveryAddressOfTheApiIsRefusedWithThoseThatThereAre() {
        var known = known();
        assertThat(known).hasSizeGreaterThan(40);
        known.forEach((template, methods) -> METHODS.stream()
                .filter(method -> !methods.contains(method))
                .forEach(method -> {
                    var answer = ask(method, template);
                    assertThat(answer.statusCode()).as(method + " " + template).isEqualTo(405);
                    assertThat(answer.headers().firstValue("Allow")).hasValue(allowed(methods));
                    assertThat(answer.body()).contains("method-not-allowed");
                }));
    }

    @Test
    void optionsTellsTheMethods() {
        known().forEach((template, methods) -> {
            var answer = ask("OPTIONS", template);
            assertThat(answer.statusCode()).as(template).isEqualTo(204);
            assertThat(answer.headers().firstValue("Allow")).hasValue(allowed(methods));
        });
        assertThat(ask("OPTIONS", "/api/v1/made-up").statusCode()).isEqualTo(404);
    }

    @Test
    void aPageTellsItsMethodsToo() {
        var answer = ask("GET", "/logout/everywhere");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("OPTIONS, POST");
    }

    private static String allowed(Set<String> methods) {
        var allowed = new TreeSet<>(methods);
        allowed.add("OPTIONS");
        if (methods.contains("GET")) {
            allowed.add("HEAD");
        }
        return String.join(", ", allowed);
    }

    private static Map<String, Set<String>> known() {
        var known = new TreeMap<String, Set<String>>();
        AccessMatrix.routes().stream()
                .map(AccessMatrix.Route::of)
                .filter(AccessMatrix.Route::forApi)
                .forEach(route -> known.computeIfAbsent(route.template(), template -> new TreeSet<>())
                        .add(route.method()));
        return known;
    }

    private static HttpResponse<String> ask(String method, String template) {
        var path = template.replaceAll("\\{[^}]+}", "x");
        return Persons.send(
                NOBODY,
                HttpRequest.newBuilder(URI.create(Persons.address() + path))
                        .method(method, BodyPublishers.noBody())
                        .build());
    }
}
