package dev.connectionmanager.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code pgbench}: the rows and events of one registration, of the teams that the portal has, in one statement. */
final class RegisteringPgbench {
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+)");

    /** An application can have one registration in an environment: each gets an environment of its own. */
    private static final String METADATA = """
            {"client_name": "Benchmark", "application_type": "web", "redirect_uris": ["https://app.supplier.co.uk/callback"],\
             "token_endpoint_auth_method": "client_secret_basic", "backchannel_logout_session_required": false}""";

    private static final String SCRIPT = """
            \\set team random(1, 8)
            \\set application random(1, 29999) * 8 + :team - 1
            \\set number random(100000000000, 999999999999)
            """;

    private static final String STATEMENT = """
            with client as (select gen_random_uuid() as id, gen_random_uuid() as secret, :number || '.apps.supplier' as client_id,
                    (lpad(to_hex(:team::int), 8, '0') || '-0000-4000-8000-000000000000')::uuid as team,
                    (lpad(to_hex(:team::int), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(:application::int), 12, '0'))::uuid as application),
                reserved as (insert into issued_client_id (number, client_id, issued_at) select :number::text, client_id, now() from client),
                issued as (insert into registration (id, application_id, team_id, environment, client_id, state, revision, issued_at, version)
                    select id, application, team, id::text, client_id, 'ACTIVE', 1, now(), 0 from client),
                revised as (insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
                    select gen_random_uuid(), id, 1, '%1$s'::jsonb, '{"all": []}'::jsonb,
                        'api-credential: 4a2a0f5e-0000-4000-8000-000000000000', 'API credential ‘benchmark’', now() from client),
                kept as (insert into client_secret (id, registration_id, ciphertext, fingerprint, last_four, issued_at)
                    select secret, id, sha256(id::text::bytea) || sha256(secret::text::bytea),
                        sha256(secret::text::bytea) || '\\x00000000'::bytea, 'abcd', now() from client)
            insert into %2$s (id, actor, actor_name, role, team_id, act, object, object_id, version, before, after, about, request_id)
            select gen_random_uuid(), 'api-credential: 4a2a0f5e-0000-4000-8000-000000000000', 'API credential ‘benchmark’', 'credential', team,
                e.act, 'registration', client.id::text, 0, null, e.after, '{"application": "Benchmark", "environment": "Integration"}', client.id
            from client, (values
                ('registration-issued', '{"client_id": "123456789012.apps.supplier", "environment": "integration", "state": "active",' ||
                    ' "revision": 1, "metadata": %1$s}'),
                ('client-secret-issued', '{"id": "4a2a0f5e-0000-4000-8000-000000000000", "last_four": "abcd",' ||
                    ' "issued_at": "2026-11-30T12-00-00Z"}')) e (act, after);
            """;

    private final Path script;
    private final Path output;
    private final int port;

    private RegisteringPgbench(Path script, Path output, int port) {
        this.script = script;
        this.output = output;
        this.port = port;
    }

    /** Empty where the program is not there. */
    static Optional<RegisteringPgbench> in(Path directory, RegisteringPortal portal) throws IOException {
        if (version("pgbench").isEmpty()) {
            return Optional.empty();
        }
        var trail = portal.database().text("select coalesce(to_regclass('audit_entry'), to_regclass('audit_event'))");
        var statement = STATEMENT.formatted(METADATA, trail).replaceAll("\\s+", " ");
        var script = Files.writeString(directory.resolve("pgbench.sql"), SCRIPT + statement + "\n");
        return Optional.of(new RegisteringPgbench(
                script, directory.resolve("pgbench.txt"), portal.database().port()));
    }

    RegistrationBenchmark.Rate register(int clients, int seconds) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        "pgbench",
                        "-n",
                        "-M",
                        "prepared",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        "postgres",
                        "-c",
                        Integer.toString(clients),
                        "-j",
                        "1",
                        "-T",
                        Integer.toString(seconds),
                        "-f",
                        script.toString(),
                        "postgres")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PGPASSWORD", "postgres");
        var ended = builder.start().waitFor();
        var told = Files.readString(output);
        var rate = RATE.matcher(told);
        var latency = LATENCY.matcher(told);
        if (ended != 0 || !rate.find() || !latency.find()) {
            throw new IllegalStateException("pgbench ended with " + ended + ": " + told);
        }
        // It tells the average alone.
        return new RegistrationBenchmark.Rate(
                Double.parseDouble(rate.group(1)), Double.parseDouble(latency.group(1)), Double.NaN, 0);
    }

    /** What a program says of its version, on one line; empty where it is not there. */
    static Optional<String> version(String program) throws IOException {
        try {
            var process = new ProcessBuilder(program, program.equals("wrk") ? "-v" : "--version")
                    .redirectErrorStream(true)
                    .start();
            var told =
                    new String(process.getInputStream().readAllBytes()).lines().findFirst();
            process.waitFor(10, TimeUnit.SECONDS);
            return told;
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
