package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Suppliers;
import com.nimbusds.jose.JOSEException;
import dev.connectionmanager.api.common.PageQuery;
import dev.connectionmanager.keyset.HostedKeySetExamples;
import dev.connectionmanager.outbound.LaboratoryInternet;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.InitialAccessTokenExamples;
import dev.connectionmanager.testing.Offers;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testuser.TestUserExamples;
import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.ws.rs.QueryParam;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.util.RuntimeResourceVisitor;

/** Every route of the running portal, and who gets what there: {@code access-matrix.tsv}. */
public final class AccessMatrix {
    static final List<String> CALLERS = List.of(
            "anonymous",
            "newcomer",
            "viewer",
            "admin",
            "owner",
            "other-owner",
            "operator",
            "credential-read",
            "credential-write",
            "credential-revoked",
            "credential-expired",
            "credential-audit-read");

    private static final HttpClient NOBODY = HttpClient.newHttpClient();
    private static final Map<String, HttpClient> BROWSERS = new ConcurrentHashMap<>();

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

        /** Has a log-in of its own. */
        boolean forTool() {
            return Edge.of(template) == Edge.TOOL;
        }

        /** The mock's pages have no session of the portal. */
        boolean forMock() {
            return template.startsWith("/mock");
        }

        /** Client registration takes bearers of its own. */
        boolean forConnect() {
            return template.startsWith("/connect/");
        }

        boolean reads() {
            return method.equals("GET");
        }

        /** Takes no cookie and so has nothing that another site could make a browser do. */
        boolean forMachines() {
            return forApi()
                    || forMock()
                    || forConnect()
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
    public static Set<String> routes() {
        return handlers().keySet();
    }

    /** What the running portal answers, with the class that does. */
    static TreeMap<String, Class<?>> handlers() {
        var routes = new TreeMap<String, Class<?>>();
        visit((route, resource) -> routes.put(route, resource.getResourceClass()));
        return routes;
    }

    private static void visit(BiConsumer<String, RuntimeResource> visitor) {
        var deployment = ResteasyReactiveRecorder.getCurrentDeployment();
        RuntimeResourceVisitor.visitRuntimeResources(
                deployment.getPrefix(), deployment.getClassMappers(), new RuntimeResourceVisitor() {
                    @Override
                    public void visitRuntimeResource(String method, String path, RuntimeResource resource) {
                        if (method != null && !method.equals("HEAD") && !method.equals("OPTIONS")) {
                            visitor.accept(method + " " + path, resource);
                        }
                    }
                });
    }

    /** Those of {@link #routes} that answer with a page of a list. */
    static Set<String> lists() {
        var lists = new TreeSet<String>();
        visit((route, resource) -> {
            if (hasCursor(resource)) {
                lists.add(route);
            }
        });
        return lists;
    }

    private static boolean hasCursor(RuntimeResource resource) {
        try {
            var method =
                    resource.getResourceClass().getMethod(resource.getJavaMethodName(), resource.getParameterTypes());
            return Stream.of(method.getParameters())
                    .anyMatch(parameter -> PageQuery.class.isAssignableFrom(parameter.getType())
                            || parameter.isAnnotationPresent(QueryParam.class)
                                    && parameter
                                            .getAnnotation(QueryParam.class)
                                            .value()
                                            .equals("cursor"));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks as people do, with an access token on the API and a session on the pages; scripts send their credential. */
    static HttpResponse<String> ask(Route route, String path, String caller, Fixture fixture) {
        return route.forApi() || isCredential(caller)
                ? send(route, NOBODY, request(route, path, fixture, caller))
                : send(route, browser(caller), request(route, path, fixture, "anonymous"));
    }

    private static boolean isCredential(String caller) {
        return caller.startsWith("credential-");
    }

    /** Asks with the log-in of the other edge: a session on the API, an access token on the pages. */
    static HttpResponse<String> askByTheWrongDoor(Route route, String path, String person, Fixture fixture) {
        return send(
                route,
                route.forApi() ? browser(person) : NOBODY,
                request(route, path, fixture, route.forApi() ? "anonymous" : person));
    }

    private static HttpResponse<String> send(Route route, HttpClient client, HttpRequest request) {
        var answer = patiently(client, request);
        SecurityHeadersTest.assertClosed(answer);
        if (route.template().endsWith("/logout")
                || route.template().endsWith("/logout/everywhere")
                || route.toString().startsWith("DELETE /api/v1/me/sessions")) {
            browsersAnew();
        }
        return answer;
    }

    /** A test at the mock needs a key, and a busy machine may not have made one yet. */
    private static HttpResponse<String> patiently(HttpClient client, HttpRequest request) {
        var answer = new AtomicReference<>(Persons.send(client, request));
        try {
            Patience.until("a key is ready", () -> {
                if (answer.get().statusCode() == 503) {
                    answer.set(Persons.send(client, request));
                }
                return answer.get().statusCode() != 503;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer.get();
    }

    /** After a log-out. */
    static void browsersAnew() {
        BROWSERS.clear();
    }

    private static HttpRequest request(Route route, String path, Fixture fixture, String bearer) {
        var request = HttpRequest.newBuilder(URI.create(Persons.address() + path));
        if (route.reads()) {
            request.GET();
        } else if (route.forApi() || route.forConnect()) {
            request.method(route.method(), BodyPublishers.ofString("{}")).header("Content-Type", "application/json");
        } else {
            request.method(route.method(), BodyPublishers.ofString(fixture.form(route)))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("Origin", Persons.address());
        }
        if (!bearer.equals("anonymous")) {
            request.header("Authorization", authorization(route, bearer));
        }
        return request.build();
    }

    private static String authorization(Route route, String caller) {
        if (!isCredential(caller)) {
            return "Bearer " + Persons.accessToken(caller);
        }
        var secret = Credentials.token(caller);
        if (!route.forTool()) {
            return "Bearer " + secret;
        }
        return route.template().equals("/api/auth") ? "SecretAuth " + secret : "Bearer " + toolSession(secret);
    }

    /** What the log-in of the existing tool's format gives for a credential; the credential itself where it gives nothing. */
    private static String toolSession(String secret) {
        var answer = Persons.send(
                NOBODY,
                HttpRequest.newBuilder(URI.create(Persons.address() + "/api/auth"))
                        .header("Authorization", "SecretAuth " + secret)
                        .POST(BodyPublishers.noBody())
                        .build());
        var session = answer.headers().firstValue("Set-Cookie").orElse("=" + secret + ";");
        return session.substring(session.indexOf('=') + 1, session.indexOf(';'));
    }

    /** The answer as a cell of the matrix has it; whoever sends a form is told to log in and not led away from it. */
    static String cell(HttpResponse<String> answer) {
        var status = answer.statusCode();
        if (status == 401 && answer.body().contains("Load this page again")) {
            return "login";
        }
        if (status == 400 || status == 401 || status == 403 || status == 404 || status >= 500) {
            return Integer.toString(status);
        }
        var location = answer.headers().firstValue("Location").orElse("");
        return status == 302 && location.contains("/authorize") ? "login" : "in";
    }

    /** A session that follows no redirect, so that being sent to log in is seen. */
    public static HttpClient browser(String person) {
        return person.equals("anonymous")
                ? NOBODY
                : BROWSERS.computeIfAbsent(Persons.address() + person, key -> HttpClient.newBuilder()
                        .cookieHandler(Persons.browser(person).cookieHandler().orElseThrow())
                        .build());
    }

    /** What stands for the parameters of paths, of the first team; each is made when a route first asks for it. */
    static final class Fixture {
        private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");
        private static final Pattern PARAMETER = Pattern.compile("\\{([^:}]+)[^}]*}");
        /** No empty form decides it. */
        private static final Supplier<String> TEAM_REQUEST = Suppliers.memoize(() -> Api.as("newcomer")
                .post("/api/v1/team-requests", Api.teamRequest())
                .path("id"));

        private static final Fixture SHARED = new Fixture();

        private final Supplier<String> application = Suppliers.memoize(Fixture::newApplication);
        private final Supplier<String> draft = Suppliers.memoize(this::newDraft);
        private final Supplier<String> offered = Suppliers.memoize(this::offer);
        private final Map<String, Supplier<String>> values = Map.ofEntries(
                Map.entry("team_id", () -> Api.FIRST_TEAM),
                Map.entry("application_id", application),
                Map.entry("environment", () -> "integration"),
                // The public one.
                Map.entry("issuer", () -> ""),
                // Nobody's.
                Map.entry("test_id", () -> "made-up"),
                Map.entry("sid", () -> "made-up"),
                Map.entry("client_id", () -> "made-up"),
                Map.entry("config_name", () -> "made-up"),
                Map.entry("production", () -> "production"),
                Map.entry("secret_id", Suppliers.memoize(this::secret)),
                Map.entry("step", () -> "client-name"),
                Map.entry("page", () -> "contact"),
                Map.entry("group", () -> "registrations"),
                Map.entry("member_id", Suppliers.memoize(Fixture::newMember)),
                Map.entry("own_credential_id", Suppliers.memoize(() -> Credentials.issueOfOperator("Matrix")
                        .path("id"))),
                Map.entry("session_id", Suppliers.memoize(Fixture::sessionOfTheOwner)),
                Map.entry("credential_id", Suppliers.memoize(() -> Credentials.issue("Matrix", "read", null)
                        .path("id"))),
                Map.entry("initial_access_token_id", Suppliers.memoize(() -> InitialAccessTokenExamples.issue(
                                "integration", 1)
                        .path("id"))),
                Map.entry("test_user_id", Suppliers.memoize(() -> TestUserExamples.idOf(TestUserExamples.user()))),
                Map.entry(
                        "test_user_request_id",
                        Suppliers.memoize(() -> TestUserExamples.idOf(TestUserExamples.request()))),
                // What is not kept any more is answered as it was while it was kept.
                Map.entry("asked_check_id", () -> UUID.randomUUID().toString()),
                Map.entry("key_set_id", Suppliers.memoize(HostedKeySetExamples::forAnybodysUse)),
                Map.entry("kid", HostedKeySetExamples::thumbprint),
                Map.entry("challenge_id", Suppliers.memoize(this::newChallenge)),
                Map.entry("handover_id", Suppliers.memoize(() -> Offers.toFirstTeam("Matrix"))),
                Map.entry("invitation_id", Suppliers.memoize(Fixture::newMember)),
                Map.entry("token", () -> "x".repeat(43)),
                Map.entry("framework", () -> "quarkus"),
                Map.entry("file", () -> "application.properties"),
                Map.entry("mail_id", () -> UUID.randomUUID().toString()),
                Map.entry("team_request_id", TEAM_REQUEST),
                Map.entry("request_id", Suppliers.memoize(this::newRequest)),
                Map.entry("entry_id", Suppliers.memoize(() -> said("owner", "comment"))),
                Map.entry("note_id", Suppliers.memoize(() -> said("operator", "note"))));

        /** What reads and refused writes leave as it is serves all of them. */
        static Fixture shared() {
            return SHARED;
        }

        static Fixture make() {
            return new Fixture();
        }

        /** What any of the forms may ask for; the entity tag is of no version. */
        String form(Route route) {
            return "tag=none&idempotency_key=" + UUID.randomUUID()
                    + (route.template().contains("/draft") ? "&draft=" + draft.get() : "");
        }

        String fill(Route route) {
            // What is offered already cannot be offered by script, and pages show only what is offered.
            if (route.template().contains("/{application_id}/handover")
                    && !route.toString().startsWith("POST /api")) {
                offered.get();
            }
            // Pages begin one; what reads it needs one.
            if (route.forApi() && route.template().endsWith("/draft")) {
                draft.get();
            }
            return fill(route, valuesFor(route));
        }

        private static String sessionOfTheOwner() {
            Persons.browser("owner");
            return Api.as("owner").get("/api/v1/me/sessions").path("items[0].id");
        }

        static String fill(Route route, Map<String, String> values) {
            // Guides have names of their own.
            var page = route.template().startsWith("/guides/") ? "glossary" : values.get("page");
            return PARAMETER
                            .matcher(route.template())
                            .replaceAll(parameter ->
                                    parameter.group(1).equals("page") ? page : values.get(parameter.group(1)))
                    + (route.template().endsWith("/removal") ? "?uri=https://app.supplier.co.uk/callback" : "");
        }

        /** By the names of the route's parameters; fails for one that stands for nothing yet. */
        Map<String, String> valuesFor(Route route) {
            return PARAMETER
                    .matcher(route.template())
                    .results()
                    .map(parameter -> parameter.group(1))
                    .distinct()
                    .collect(Collectors.toMap(name -> name, name -> {
                        assertThat(values)
                                .as("AccessMatrix.Fixture for " + route)
                                .containsKey(name);
                        return values.get(name).get();
                    }));
        }

        /** All ids that are the first team's. */
        List<String> ids() {
            return Stream.of(
                            "team_id",
                            "application_id",
                            "secret_id",
                            "member_id",
                            "credential_id",
                            "key_set_id",
                            "initial_access_token_id",
                            "test_user_id",
                            "test_user_request_id",
                            "request_id")
                    .map(name -> values.get(name).get())
                    .toList();
        }

        /** With a registration. */
        private static String newApplication() {
            var path = Api.newApplication("Matrix");
            Api.as("owner")
                    .put(path + "/registrations/integration", Api.metadata(), "If-None-Match: *")
                    .then()
                    .statusCode(201);
            return lastPart(path);
        }

        private String newDraft() {
            var owner = browser("owner");
            var begun = Persons.post(owner, "/applications/" + application.get() + "/registrations/integration/draft");
            var step =
                    begun.uri().resolve(begun.headers().firstValue("Location").orElseThrow());
            var id = DRAFT.matcher(
                    Persons.send(owner, HttpRequest.newBuilder(step).build()).body());
            assertThat(id.find()).isTrue();
            return id.group(1);
        }

        private String secret() {
            return Api.as("owner")
                    .get("/api/v1/applications/" + application.get() + "/registrations/integration/secrets")
                    .path("items[0].id");
        }

        /** To prove that the team holds a key, which the registration must name first. */
        private String newChallenge() {
            var registration = "/applications/" + application.get() + "/registrations/integration";
            var owner = Api.as("owner");
            var metadata = new HashMap<>(Api.metadata());
            metadata.put("jwks_uri", "https://keys.laboratory.co.uk/jwks");
            owner.put(
                            "/api/v1" + registration,
                            metadata,
                            "If-Match: " + owner.get("/api/v1" + registration).header("ETag"))
                    .then()
                    .statusCode(200);
            try {
                var asked = Persons.post(
                        browser("owner"),
                        registration + "/key-proofs",
                        "thumbprint",
                        LaboratoryInternet.KEY.computeThumbprint().toString());
                return lastPart(asked.headers().firstValue("Location").orElseThrow());
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        private String offer() {
            Offers.ofFirstTeam(application.get());
            return application.get();
        }

        private static String newMember() {
            return Api.as("owner")
                    .post(
                            "/api/v1/teams/" + Api.FIRST_TEAM + "/members",
                            Map.of("email", UUID.randomUUID() + "@supplier.example", "role", "viewer"))
                    .path("id");
        }

        private String newRequest() {
            return lastPart(Api.as("owner")
                    .put(
                            "/api/v1/applications/" + application.get() + "/registrations/production",
                            Api.metadata(),
                            "If-None-Match: *")
                    .then()
                    .statusCode(202)
                    .extract()
                    .header("Location"));
        }

        private String said(String user, String what) {
            return Api.as(user)
                    .post(
                            "/api/v1/requests/" + values.get("request_id").get() + "/" + what + "s",
                            Map.of(what, "Matrix"))
                    .path("id");
        }

        private static String lastPart(String path) {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    static Stream<Route> routesWithRows() {
        return rows().keySet().stream();
    }
}
