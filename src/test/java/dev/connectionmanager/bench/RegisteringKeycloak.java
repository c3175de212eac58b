package dev.connectionmanager.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** Keycloak from its zip, in production mode on the portal's PostgreSQL, with initial access tokens of a realm of its own. */
final class RegisteringKeycloak implements AutoCloseable {
    /** As many as the portal has teams: each registration counts its token down, in the token's row. */
    private static final int TOKENS = 8;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Wrk wrk;

    private RegisteringKeycloak(Process process, Wrk wrk) {
        this.process = process;
        this.wrk = wrk;
    }

    static RegisteringKeycloak start(Path directory, RegisteringPortal.Database database)
            throws IOException, InterruptedException, SQLException {
        database.execute("create database keycloak");
        var port = RegisteringPortal.freePort();
        var address = URI.create("http://127.0.0.1:" + port);
        var output = directory.resolve("keycloak.txt");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("keycloak.home"), "bin", "kc.sh")
                                .toString(),
                        "start",
                        "--http-enabled=true",
                        "--hostname-strict=false",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + RegisteringPortal.freePort(),
                        "--cache=local",
                        "--db=postgres",
                        "--db-url=" + database.url("keycloak"),
                        "--db-username=postgres",
                        "--db-password=postgres")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", "admin");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        try {
            RegisteringPortal.await(process, address.resolve("/realms/master"), output);
            return new RegisteringKeycloak(process, new Wrk(directory, address, requests(tokens(address))));
        } catch (IOException | InterruptedException | RuntimeException e) {
            RegisteringPortal.end(process);
            throw e;
        }
    }

    private static Iterable<String> tokens(URI address) throws IOException, InterruptedException {
        var admin = post(
                address.resolve("/realms/master/protocol/openid-connect/token"),
                "application/x-www-form-urlencoded",
                "grant_type=password&client_id=admin-cli&username=admin&password=admin",
                "none",
                "access_token");
        post(
                address.resolve("/admin/realms"),
                "application/json",
                "{\"realm\":\"bench\",\"enabled\":true}",
                admin,
                null);
        var tokens = new ArrayList<String>();
        for (int i = 0; i < TOKENS; i++) {
            tokens.add(post(
                    address.resolve("/admin/realms/bench/clients-initial-access"),
                    "application/json",
                    "{\"count\":1000000,\"expiration\":86400}",
                    admin,
                    "token"));
        }
        return tokens;
    }

    private static String post(URI address, String type, String body, String bearer, String member)
            throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", type)
                                .header("Authorization", "Bearer " + bearer)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(address + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return member == null ? null : JSON.readTree(answer.body()).get(member).textValue();
    }

    private static String requests(Iterable<String> tokens) {
        var quoted = new ArrayList<String>();
        tokens.forEach(token -> quoted.add('"' + token + '"'));
        return """
                local tokens = { %s }
                local headers = {}
                for i, token in ipairs(tokens) do
                  headers[i] = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
                end
                local body = '{"client_name":"Benchmark","redirect_uris":["https://app.supplier.co.uk/callback"],"token_endpoint_auth_method":"client_secret_basic"}'
                function request()
                  number = number + 1
                  return wrk.format("POST", "/realms/bench/clients-registrations/openid-connect", headers[number %% #tokens + 1], body)
                end
                """.formatted(quoted.stream().collect(Collectors.joining(", ")));
    }

    RegistrationBenchmark.Rate register(int clients, int seconds) throws IOException, InterruptedException {
        return wrk.run(clients, seconds);
    }

    @Override
    public void close() {
        RegisteringPortal.end(process);
    }
}
