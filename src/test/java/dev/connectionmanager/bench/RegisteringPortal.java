package dev.connectionmanager.bench;

import com.google.common.base.Strings;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * The packaged portal in local mode, as the README starts it but for the limits of writes, with teams, their credentials and
 * applications that wait to be registered.
 */
final class RegisteringPortal implements AutoCloseable {
    private static final int TEAMS = 8;
    /** Enough for five minutes of more than anybody writes. */
    private static final int APPLICATIONS_OF_ALL = 240_000;

    private static final int APPLICATIONS_OF_ONE = 160_000;
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final Process process;
    private final Database database;
    private final Wrk all;
    private final Wrk one;

    private RegisteringPortal(Process process, Database database, Wrk all, Wrk one) {
        this.process = process;
        this.database = database;
        this.all = all;
        this.one = one;
    }

    static RegisteringPortal start(Path directory) throws IOException, InterruptedException, SQLException {
        var port = freePort();
        var address = URI.create("http://127.0.0.1:" + port);
        var data = directory.resolve("portal");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dconnection-manager.local=true",
                        "-Dconnection-manager.local.directory=" + data,
                        "-Dquarkus.http.port=" + port,
                        "-Dconnection-manager.limits.writes-a-minute=100000000",
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("portal.txt").toFile())
                .start();
        try {
            await(process, address.resolve("/q/health/ready"), directory.resolve("portal.txt"));
            var database = new Database(Integer.parseInt(
                    Files.readAllLines(data.resolve("database/postmaster.pid")).get(3)));
            return new RegisteringPortal(
                    process,
                    database,
                    new Wrk(directory, address, requests(prepare(database, 1, TEAMS, APPLICATIONS_OF_ALL), 1)),
                    new Wrk(
                            directory,
                            address,
                            requests(prepare(database, TEAMS + 1, 1, APPLICATIONS_OF_ONE), TEAMS + 1)));
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            end(process);
            throw e;
        }
    }

    /** @return the credentials of as many new teams, which have the applications in turn */
    private static List<String> prepare(Database database, int first, int teams, int applications) throws SQLException {
        var tokens = new ArrayList<String>();
        for (int team = first; team < first + teams; team++) {
            database.execute("insert into team (id, name, categories, created_at, version) values ('" + team(team)
                    + "', 'Team " + team + "', '{SUPPLIER}', now(), 0)");
            var token = token("Benchmark%021d".formatted(team));
            tokens.add(token);
            database.execute(
                    "insert into api_credential (id, team_id, name, scope, hash, created_at, created_by, expires_at)"
                            + " values (gen_random_uuid(), '" + team(team) + "', 'benchmark', 'WRITE', '\\x"
                            + Hashing.sha256().hashString(token, StandardCharsets.US_ASCII) + "', now(), 'benchmark', '"
                            + Instant.now().plusSeconds(86_400) + "')");
        }
        database.execute("""
                insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                select (lpad(to_hex(%1$d + n %% %2$d), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
                    (lpad(to_hex(%1$d + n %% %2$d), 8, '0') || '-0000-4000-8000-000000000000')::uuid,
                    'Benchmark', '', 'SUPPLIER', 'WEB', '{}', now(), 0
                from generate_series(1, %3$d) n""".formatted(first, teams, applications));
        database.execute("analyze");
        return tokens;
    }

    private static String team(int number) {
        return "%08x-0000-4000-8000-000000000000".formatted(number);
    }

    /** As {@code ApiToken} makes them. */
    private static String token(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        var digits = new StringBuilder();
        for (var rest = crc.getValue(); rest > 0; rest /= 62) {
            digits.insert(0, BASE62.charAt((int) (rest % 62)));
        }
        return "cm_api_" + body + Strings.padStart(digits.toString(), 6, '0');
    }

    private static String requests(List<String> tokens, int first) {
        return """
                local tokens = { %s }
                local headers = {}
                for i, token in ipairs(tokens) do
                  headers[i] = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json", ["If-None-Match"] = "*" }
                end
                local body = '{"redirect_uris":["https://app.supplier.co.uk/callback"],"token_endpoint_auth_method":"client_secret_basic"}'
                function request()
                  number = number + 1
                  local team = number %% #tokens
                  return wrk.format("PUT", string.format("/api/v1/applications/%%08x-0000-4000-8000-%%012x/registrations/integration",
                    %d + team, number), headers[team + 1], body)
                end
                """.formatted(tokens.stream().map(token -> '"' + token + '"').collect(Collectors.joining(", ")), first);
    }

    RegistrationBenchmark.Rate register(boolean ofAllTeams, int clients, int seconds)
            throws IOException, InterruptedException {
        return (ofAllTeams ? all : one).run(clients, seconds);
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        end(process);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static void await(Process process, URI address, Path output) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        var end = Instant.now().plus(RegistrationBenchmark.STARTING);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            try {
                if (client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is starting.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException(address + " does not answer: " + Files.readString(output));
    }

    /** What it has started it ends itself; what is left of that then is ended too. */
    static void end(Process process) {
        var started = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        started.forEach(ProcessHandle::destroy);
        started.forEach(left ->
                left.onExit().completeOnTimeout(left, 20, TimeUnit.SECONDS).join());
    }

    /** The PostgreSQL that all of them write to. */
    record Database(int port) {
        void execute(String statement) throws SQLException {
            try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                    var sql = connection.createStatement()) {
                sql.execute(statement);
            }
        }

        String text(String query) {
            try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "postgres");
                    var sql = connection.createStatement();
                    var rows = sql.executeQuery(query)) {
                rows.next();
                return rows.getString(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        String url(String name) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
        }
    }
}
