package dev.connectionmanager.bench;

import dev.connectionmanager.testing.Persons;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Kills the packaged portal again and again while eight clients write over REST, in every third round its PostgreSQL as
 * well. Afterwards whatever was acknowledged must be there, with one event in the trail, and the trail must be genuine.
 *
 * <pre>mvn -B verify -Pbench -Dbench=Crash</pre>
 *
 * Argument: how many times.
 */
public final class CrashBenchmark {
    private static final int WRITERS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Pattern CREATED =
            Pattern.compile("\"act\":\"application-created\",\"object\":\"application\",\"object_id\":\"([^\"]+)\"");

    private final Path directory;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

    private CrashBenchmark(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    public static void main(String... args) throws Exception {
        var times = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        try (var free = new ServerSocket(0)) {
            var port = free.getLocalPort();
            free.close();
            new CrashBenchmark(Files.createTempDirectory("crash"), port).run(times);
        }
    }

    private void run(int times) throws Exception {
        for (int round = 1; round <= times; round++) {
            var portal = start();
            var before = acknowledged.size();
            crash(portal, round % 3 == 0);
            System.out.printf(
                    "round %d: %,d acknowledged, then killed%s%n",
                    round, acknowledged.size() - before, round % 3 == 0 ? ", PostgreSQL too" : "");
        }
        var portal = start();
        try {
            judge();
        } finally {
            portal.destroy();
            portal.waitFor();
        }
    }

    private Process start() throws Exception {
        var portal = java("-jar", JAR.toString());
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (get(http, "/q/health/ready").statusCode() == 200) {
                    return portal;
                }
            } catch (IOException notYet) {
                Thread.sleep(50);
            }
            if (!portal.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("It does not start: see " + directory.resolve("portal.log"));
            }
        }
    }

    private Process java(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dconnection-manager.local=true",
                "-Dconnection-manager.local.directory=" + directory.resolve("local"),
                "-Dconnection-manager.limits.writes-a-minute=1000000",
                "-Dconnection-manager.limits.reads-a-minute=1000000",
                "-Dquarkus.http.port=" + port));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("portal.log").toFile()))
                .start();
    }

    /** At any moment within some seconds of writing. */
    private void crash(Process portal, boolean databaseToo) throws Exception {
        var token = Persons.accessToken("http://localhost:" + port, "owner");
        var pool = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int i = 0; i < WRITERS; i++) {
                pool.submit(() -> {
                    while (write(token)) {
                        // Until it is killed.
                    }
                });
            }
            Thread.sleep(ThreadLocalRandom.current().nextInt(1_000, 4_000));
            if (databaseToo) {
                var server = Files.readAllLines(directory.resolve("local/database/postmaster.pid"))
                        .get(0);
                ProcessHandle.of(Long.parseLong(server.strip())).ifPresent(ProcessHandle::destroyForcibly);
            }
            portal.destroyForcibly().waitFor();
        } finally {
            pool.shutdown();
            pool.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** @return whether it goes on */
    private boolean write(String token) {
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(uri("/api/v1/teams/5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11/applications"))
                            .timeout(PATIENCE)
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Crash " + System.nanoTime()
                                    + "\",\"category\":\"supplier\",\"application_type\":\"web\"}"))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() == 201) {
                var location = answer.headers().firstValue("Location").orElseThrow();
                acknowledged.add(location.substring(location.lastIndexOf('/') + 1));
            }
            // Where PostgreSQL goes first, the portal still answers for a moment.
            return true;
        } catch (IOException killed) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void judge() throws Exception {
        var browser = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        get(browser, "/login?login_hint=operator");
        var export = get(browser, "/review/audit/export.jsonl").body();
        var told = new HashMap<String, Integer>();
        CREATED.matcher(export).results().forEach(found -> told.merge(found.group(1), 1, Integer::sum));
        var token = Persons.accessToken("http://localhost:" + port, "owner");
        var lost = new ArrayList<String>();
        for (var id : acknowledged) {
            var there = http.send(
                    HttpRequest.newBuilder(uri("/api/v1/applications/" + id))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            if (there.statusCode() != 200 || told.getOrDefault(id, 0) != 1) {
                lost.add(id);
            }
        }
        var file = Files.writeString(directory.resolve("audit.jsonl"), export);
        var verification = java(
                "-jar",
                JAR.toString(),
                "verify-audit",
                "--export",
                file.toString(),
                "--checkpoints",
                directory.resolve("local/checkpoints").toString(),
                "--key",
                directory.resolve("local/audit-checkpoint-key.pub").toString());
        System.out.printf(
                "%,d acknowledged, %,d lost, %,d events; verify-audit gives %d: see %s%n",
                acknowledged.size(), lost.size(), export.lines().count(), verification.waitFor(), directory);
        if (!lost.isEmpty() || verification.exitValue() != 0) {
            throw new IllegalStateException("Lost: " + lost);
        }
    }

    private HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}
