package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.api.Api;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;
import org.junit.jupiter.api.Test;

/**
 * Every route of the running portal × every kind of person. A cell says {@code in} (let in, whatever comes of an empty
 * request), {@code login} (sent to log in) or the status of the refusal. A route without a row fails.
 */
@PortalTest
class AccessMatrixTest {
    private static final List<String> PERSONS =
            List.of("anonymous", "newcomer", "viewer", "admin", "owner", "other-owner", "operator");

    private static final HttpClient OWNER = Persons.browser("owner");

    private final Map<String, HttpClient> browsers = new HashMap<>();
    private Fixture shared;

    @Test
    void everyRouteHasARow() {
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(routes());
    }

    @Test
    void everyPersonGetsWhatTheMatrixSays() {
        var actual = new StringBuilder();
        var expected = new StringBuilder();
        rows().forEach((route, cells) -> {
            for (int i = 0; i < PERSONS.size(); i++) {
                var cell = route + " as " + PERSONS.get(i) + ": ";
                expected.append(cell).append(cells.get(i)).append('\n');
                actual.append(cell).append(attempt(route, PERSONS.get(i))).append('\n');
            }
        });
        assertThat(actual.toString()).isEqualTo(expected.toString());
    }

    @Test
    void oddSpellingsOpenNothing() {
        var owner = browser("owner");
        for (var path : List.of(
                "/teams;x=1", "/teams%3Bx", "//teams", "/./teams", "/api;x/v1/teams", "/%2e/teams", "/teams%2F")) {
            assertThat(status(send(owner, path))).as(path).isIn("400", "404");
        }
        for (var path : List.of("/%74eams", "/%61pi/v1/teams", "/teams/", "/api/v1/teams/", "/TEAMS")) {
            assertThat(status(send(browser("anonymous"), path))).as(path).isIn("login", "401", "404");
        }
        assertThat(status(send(owner, "/%61pi/v1/teams"))).isIn("401", "404", "login");
    }

    private static HttpResponse<String> send(HttpClient client, String path) {
        return Persons.send(
                client,
                HttpRequest.newBuilder(URI.create(Persons.address() + path)).build());
    }

    private String attempt(String route, String person) {
        var method = route.substring(0, route.indexOf(' '));
        var fixture = fixture(method);
        var path = fixture.fill(route.substring(route.indexOf(' ') + 1));
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + path));
        var api = path.startsWith("/api/");
        if (method.equals("GET")) {
            request.GET();
        } else if (api) {
            request.method(method, BodyPublishers.ofString("{}")).header("Content-Type", "application/json");
        } else {
            request.method(method, BodyPublishers.ofString(fixture.form()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", Persons.address());
        }
        if (api && !person.equals("anonymous")) {
            request.header("Authorization", "Bearer " + Persons.accessToken(person));
        }
        return status(Persons.send(api ? HttpClient.newHttpClient() : browser(person), request.build()));
    }

    private static String status(HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status == 401 || status == 403 || status == 404 || status == 400) {
            return Integer.toString(status);
        }
        var location = answer.headers().firstValue("Location").orElse("");
        return status == 302 && location.contains("/authorize") ? "login" : "in";
    }

    /** A session that follows no redirect, so that being sent to log in is seen. */
    private HttpClient browser(String person) {
        return browsers.computeIfAbsent(person, p -> {
            if (p.equals("anonymous")) {
                return HttpClient.newHttpClient();
            }
            var cookies = Persons.browser(p).cookieHandler().orElseThrow();
            return HttpClient.newBuilder().cookieHandler(cookies).build();
        });
    }

    /** What reads leave as it is serves all of them; each write gets its own. */
    private Fixture fixture(String method) {
        if (method.equals("GET")) {
            shared = shared == null ? Fixture.make() : shared;
            return shared;
        }
        return Fixture.make();
    }

    private static TreeSet<String> routes() {
        var routes = new TreeSet<String>();
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        RuntimeResourceVisitor.visitRuntimeResources(
                deployment.getPrefix(), deployment.getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                        if (method != null && !method.equals("HEAD") && !method.equals("OPTIONS")) {
                            routes.add(method + " " + path);
                        }
                    }
                });
        return routes;
    }

    private static Map<String, List<String>> rows() {
        try (var in = AccessMatrixTest.class.getResourceAsStream("/access-matrix.tsv")) {
            var rows = new LinkedHashMap<String, List<String>>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(
                            cells -> rows.put(cells[0], Stream.of(cells).skip(1).toList()));
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An application of the first team with a registration, a secret and a draft of a change. */
    private record Fixture(String application, String secret, String draft) {
        private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");

        static Fixture make() {
            var owner = Api.as("owner");
            var path = Api.newApplication("Matrix");
            owner.put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                    .then()
                    .statusCode(201);
            var id = path.substring(path.lastIndexOf('/') + 1);
            var draft = Persons.post(OWNER, "/applications/" + id + "/registrations/integration/draft");
            var draftId = DRAFT.matcher(draft.body());
            assertThat(draftId.find()).isTrue();
            return new Fixture(
                    id, owner.get(path + "/registrations/integration/secrets").path("items[0].id"), draftId.group(1));
        }

        /** What any of the forms may ask for; the entity tag is of no version. */
        String form() {
            return "tag=none&draft=" + draft + "&form_id=" + UUID.randomUUID();
        }

        String fill(String path) {
            var credential = path.contains("{credential_id}")
                    ? Credentials.issue("Matrix", "read", null).<String>path("id")
                    : "";
            return path.replace("{credential_id}", credential)
                    .replace("{team_id}", Api.FIRST_TEAM)
                    .replace("{application_id}", application)
                    .replace("{environment}", "integration")
                    .replace("{secret_id}", secret)
                    .replace("{step}", "client-name")
                    .replaceAll("\\{page:.*", "contact")
                    .replaceAll("removal$", "removal?uri=https://app.supplier.co.uk/callback");
        }
    }
}
