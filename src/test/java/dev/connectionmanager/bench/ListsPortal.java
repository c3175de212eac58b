package dev.connectionmanager.bench;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.Persons;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged portal in local mode, in a process and a directory of its own, filled with so many registrations. */
final class ListsPortal implements AutoCloseable {
    private static final Pattern NEXT = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");
    private static final int PAGES_DEEP = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final Process process;
    private final String address;
    private final Map<String, HttpClient> browsers = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    private ListsPortal(Path directory, Process process, String address) {
        this.directory = directory;
        this.process = process;
        this.address = address;
    }

    /** @param directory where one was before, with the same registrations, it goes on */
    static ListsPortal start(Path directory, int registrations) throws Exception {
        int port = freePort();
        Files.createDirectories(directory);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dconnection-manager.local=true",
                        "-Dconnection-manager.local.directory=" + directory,
                        "-Dconnection-manager.checks.nightly=false",
                        "-Dconnection-manager.limits.reads-a-minute=1000000",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        System.getProperty("portal.jar", "target/quarkus-app/quarkus-run.jar"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("portal.log").toFile())
                .start();
        var portal = new ListsPortal(directory, process, "http://localhost:" + port);
        try {
            portal.awaitReady();
            var filled = directory.resolve("filled");
            if (!Files.exists(filled)) {
                portal.fill(registrations);
                Files.createFile(filled);
            }
            return portal;
        } catch (Exception | Error e) {
            portal.close();
            throw e;
        }
    }

    /** An answer with a body is read whole. */
    HttpResponse<String> get(String user, String path) throws IOException, InterruptedException {
        var answer = ask(user, path);
        if (answer.statusCode() == 401 && tokens.remove(user) != null) {
            // It lived too short for this.
            return ask(user, path);
        }
        return answer;
    }

    private HttpResponse<String> ask(String user, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        if (path.startsWith("/api/")) {
            request.header("Authorization", "Bearer " + token(user));
        }
        return browser(user).send(request.build(), BodyHandlers.ofString());
    }

    /**
     * The cursors of the API are sealed: one that leads deep into a list is got by reading on.
     *
     * @return the same address, with a cursor that this portal gave in the place of the one that stands in it
     */
    String deep(String user, String path) throws IOException, InterruptedException {
        if (!path.startsWith("/api/") || !path.contains("cursor=")) {
            return path;
        }
        var list = path.replaceFirst("cursor=[^&]*", "limit=10");
        var cursor = "";
        for (int page = 0; page < PAGES_DEEP; page++) {
            var next = NEXT.matcher(get(user, cursor.isEmpty() ? list : list + "&cursor=" + cursor)
                    .body());
            if (!next.find()) {
                break;
            }
            cursor = next.group(1);
        }
        return cursor.isEmpty() ? list : path.replaceFirst("cursor=[^&]*", "cursor=" + cursor);
    }

    Connection database() throws SQLException, IOException {
        var port = Files.readAllLines(directory.resolve("database").resolve("postmaster.pid"))
                .get(3);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private void awaitReady() throws Exception {
        var client = HttpClient.newHttpClient();
        var ready =
                HttpRequest.newBuilder(URI.create(address + "/q/health/ready")).build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException("the portal does not start: see " + directory.resolve("portal.log"), notYet);
                }
            }
            Thread.sleep(100);
        }
    }

    private void fill(int registrations) throws Exception {
        issueOneClient();
        int applications = registrations / 2;
        int big = Math.max(100, registrations / 200);
        var numbers = Map.of(
                "registrations", "" + registrations,
                "applications", "" + applications,
                "teams", "" + Math.max(40, registrations / 50),
                "big", "" + big,
                "share", "" + (big == 100 ? Integer.MAX_VALUE : applications / (big - 100)),
                "first", Api.FIRST_TEAM,
                "report", resource("/stored/report.json").strip());
        try (var connection = database();
                var sql = connection.createStatement()) {
            for (var file : List.of("/bench/lists.sql", "/bench/lists-trail.sql")) {
                var text = resource(file);
                for (var number : numbers.entrySet()) {
                    text = text.replace("{" + number.getKey() + "}", number.getValue());
                }
                sql.execute(text);
            }
            // As autovacuum does in time.
            sql.execute("vacuum analyze");
            sql.execute("checkpoint");
        }
    }

    private void issueOneClient() throws IOException, InterruptedException {
        browser("viewer");
        var body = "{\"name\":\"First\",\"category\":\"supplier\",\"application_type\":\"web\"}";
        var made = send("POST", "/api/v1/teams/" + Api.FIRST_TEAM + "/applications", body);
        var application =
                URI.create(made.headers().firstValue("Location").orElseThrow()).getPath();
        var metadata = "{\"redirect_uris\":[\"https://app.supplier.co.uk/callback\"],"
                + "\"token_endpoint_auth_method\":\"client_secret_basic\"}";
        var issued = send("PUT", application + "/registrations/integration", metadata);
        if (issued.statusCode() != 201) {
            throw new IOException(issued.body());
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token("owner"))
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .method(method, BodyPublishers.ofString(body));
        return browser("owner").send(request.build(), BodyHandlers.ofString());
    }

    private HttpClient browser(String user) throws IOException, InterruptedException {
        var known = browsers.get(user);
        if (known == null) {
            known = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            browsers.put(user, known);
            known.send(
                    HttpRequest.newBuilder(URI.create(address + "/login?login_hint=" + user))
                            .build(),
                    BodyHandlers.discarding());
        }
        return known;
    }

    private String token(String user) throws IOException, InterruptedException {
        var known = tokens.get(user);
        if (known == null) {
            known = Persons.accessToken(address, user);
            tokens.put(user, known);
        }
        return known;
    }

    private static String resource(String name) throws IOException {
        try (var in = ListsPortal.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
