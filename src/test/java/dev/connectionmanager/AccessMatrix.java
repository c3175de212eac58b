package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.connectionmanager.api.Api;
import dev.connectionmanager.outbound.LaboratoryInternet;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/** Every route of the running portal, and who gets what there: {@code access-matrix.tsv}. */
final class AccessMatrix {
    static final List<String> PERSONS =
            List.of("anonymous", "newcomer", "viewer", "admin", "owner", "other-owner", "operator");

    private static final HttpClient NOBODY = HttpClient.newHttpClient();
    private static final Map<String, HttpClient> BROWSERS = new HashMap<>();

    private AccessMatrix() {}

    /** @param template as the resource class has it: {@code /teams/{team_id}} */
    record Route(String method, String template) {
        static Route of(String route) {
            var space = route.indexOf(' ');
            return new Route(route.substring(0, space), route.substring(space + 1));
        }

        boolean forApi() {
            return template.startsWith("/api/");
        }

        boolean reads() {
            return method.equals("GET");
        }

        /** Takes no cookie and so has nothing that another site could make a browser do. */
        boolean forMachines() {
            return forApi()
                    || Set.of("/local/openid/token", "/logout/back-channel").contains(template);
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    /** What the matrix says: by route, then by the name of the column. */
    static Map<Route, Map<String, String>> rows() {
        try (var in = AccessMatrix.class.getResourceAsStream("/access-matrix.tsv")) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .toList();
            var rows = new LinkedHashMap<Route, Map<String, String>>();
            for (var cells : lines.subList(1, lines.size())) {
                var row = new HashMap<String, String>();
                for (int i = 1; i < cells.length; i++) {
                    row.put(lines.get(0)[i], cells[i]);
                }
                assertThat(rows.put(Route.of(cells[0]), row))
                        .as("a second row for " + cells[0])
                        .isNull();
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the running portal answers. */
    static TreeSet<String> routes() {
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

    /** Asks as a person does: with an access token on the API, with a session on the pages. */
    static HttpResponse<String> ask(Route route, String path, String person, Fixture fixture) {
        return send(
                route,
                route.forApi() ? NOBODY : browser(person),
                request(route, path, fixture, route.forApi() ? person : "anonymous"));
    }

    /** Asks with the log-in of the other edge: a session on the API, an access token on the pages. */
    static HttpResponse<String> askByTheWrongDoor(Route route, String path, String person, Fixture fixture) {
        return send(
                route,
                route.forApi() ? browser(person) : NOBODY,
                request(route, path, fixture, route.forApi() ? "anonymous" : person));
    }

    private static HttpResponse<String> send(Route route, HttpClient client, HttpRequest request) {
        var answer = Persons.send(client, request);
        if (route.template().endsWith("/logout")) {
            BROWSERS.clear();
        }
        return answer;
    }

    private static HttpRequest request(Route route, String path, Fixture fixture, String bearer) {
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + path));
        if (route.reads()) {
            request.GET();
        } else if (route.forApi()) {
            request.method(route.method(), BodyPublishers.ofString("{}")).header("Content-Type", "application/json");
        } else {
            request.method(route.method(), BodyPublishers.ofString(fixture.form()))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", Persons.address());
        }
        if (!bearer.equals("anonymous")) {
            request.header("Authorization", "Bearer " + Persons.accessToken(bearer));
        }
        return request.build();
    }

    /** The answer as a cell of the matrix has it. */
    static String cell(HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status == 400 || status == 401 || status == 403 || status == 404 || status >= 500) {
            return Integer.toString(status);
        }
        var location = answer.headers().firstValue("Location").orElse("");
        return status == 302 && location.contains("/authorize") ? "login" : "in";
    }

    /** A session that follows no redirect, so that being sent to log in is seen. */
    static HttpClient browser(String person) {
        return person.equals("anonymous")
                ? NOBODY
                : BROWSERS.computeIfAbsent(Persons.address() + person, key -> HttpClient.newBuilder()
                        .cookieHandler(Persons.browser(person).cookieHandler().orElseThrow())
                        .build());
    }

    /**
     * An application of the first team with a registration, a secret and a draft of a change; a member who is invited; a
     * newcomer's request for access.
     */
    record Fixture(String application, String secret, String draft, String member, String challenge, String request) {
        private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");
        private static Fixture shared;
        private static String teamRequest;

        /** What reads and refused writes leave as it is serves all of them. */
        static Fixture shared() {
            shared = shared == null ? make() : shared;
            return shared;
        }

        static Fixture make() {
            var owner = Api.as("owner");
            var path = Api.newApplication("Matrix");
            var metadata = new HashMap<>(Api.metadata());
            metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
            owner.put(path + "/registrations/integration", metadata, "If-None-Match: *")
                    .then()
                    .statusCode(201);
            var id = path.substring(path.lastIndexOf('/') + 1);
            var draft = Persons.post(browser("owner"), "/applications/" + id + "/registrations/integration/draft");
            var draftPage = Persons.send(
                    browser("owner"),
                    HttpRequest.newBuilder(draft.uri()
                                    .resolve(draft.headers()
                                            .firstValue("Location")
                                            .orElseThrow()))
                            .build());
            var draftId = DRAFT.matcher(draftPage.body());
            assertThat(draftId.find()).isTrue();
            var member = owner.post(
                    "/api/v1/teams/" + Api.FIRST_TEAM + "/members",
                    Map.of("email", UUID.randomUUID() + "@supplier.example", "role", "viewer"));
            var request = owner.put(path + "/registrations/production", Api.metadata(), "If-None-Match: *")
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location");
            return new Fixture(
                    id,
                    owner.get(path + "/registrations/integration/secrets").path("items[0].id"),
                    draftId.group(1),
                    member.path("id"),
                    challenge(id),
                    request.substring(request.lastIndexOf('/') + 1));
        }

        private static String challenge(String application) {
            try {
                var asked = Persons.post(
                        browser("owner"),
                        "/applications/" + application + "/registrations/integration/key-proofs",
                        "thumbprint",
                        LaboratoryInternet.KEY.computeThumbprint().toString());
                var location = asked.headers().firstValue("Location").orElseThrow();
                return location.substring(location.lastIndexOf('/') + 1);
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        /** One serves all: no empty form decides it. */
        private static String teamRequest() {
            if (teamRequest == null) {
                teamRequest = Api.as("newcomer")
                        .post("/api/v1/team-requests", Api.teamRequest())
                        .path("id");
            }
            return teamRequest;
        }

        /** What any of the forms may ask for; the entity tag is of no version. */
        String form() {
            return "tag=none&draft=" + draft + "&form_id=" + UUID.randomUUID();
        }

        /** What stands for the parameters of paths; a route with a parameter that is not here fails. */
        Map<String, String> values() {
            return Map.ofEntries(
                    Map.entry("team_id", Api.FIRST_TEAM),
                    Map.entry("application_id", application),
                    Map.entry("secret_id", secret),
                    Map.entry("environment", "integration"),
                    Map.entry("production", "production"),
                    Map.entry("step", "client-name"),
                    Map.entry("page", "contact"),
                    Map.entry("challenge_id", challenge),
                    Map.entry("member_id", member),
                    Map.entry("mail_id", UUID.randomUUID().toString()),
                    Map.entry("team_request_id", teamRequest()),
                    Map.entry("token", "x".repeat(43)),
                    Map.entry("request_id", request));
        }

        String fill(Route route) {
            var values = new HashMap<>(values());
            if (route.template().contains("{credential_id}")) {
                values.put(
                        "credential_id",
                        Credentials.issue("Matrix", "read", null).path("id"));
            }
            if (route.template().contains("{handover_id}")) {
                values.put("handover_id", Offers.toFirstTeam("Matrix"));
            } else if (route.template().contains("/{application_id}/handover")
                    && !route.toString().startsWith("POST /api")) {
                Offers.ofFirstTeam(application);
            }
            return fill(route, values);
        }

        static String fill(Route route, Map<String, String> values) {
            return Pattern.compile("\\{([^:}]+)[^}]*}")
                            .matcher(route.template())
                            .replaceAll(parameter -> {
                                assertThat(values)
                                        .as("AccessMatrix.Fixture.values() for " + route)
                                        .containsKey(parameter.group(1));
                                return values.get(parameter.group(1));
                            })
                    + (route.template().endsWith("/removal") ? "?uri=https://app.supplier.co.uk/callback" : "");
        }
    }

    static Stream<Route> routesWithRows() {
        return rows().keySet().stream();
    }
}
