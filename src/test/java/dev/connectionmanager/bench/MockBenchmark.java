package dev.connectionmanager.bench;

import dev.connectionmanager.testing.Persons;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the mock authorisation service of the packaged portal bears, one part at a time, which the first argument names:
 *
 * <ul>
 *   <li>{@code tests}: how soon a test is made, at 20 a second for 10 s with 300 keys made beforehand. Further arguments: how many a
 *       second, for how many seconds, with how many keys.
 *   <li>{@code log-ins}: 1,000 whole log-ins by 50 at once, five times after five that warm up. A further argument is the issuer of another provider that asks
 *       nobody anything and takes any client, such as mock-oauth2-server of navikt: the two are asked in turn.
 *   <li>{@code flood}: how long {@code GET /api/v1/teams} takes, 20 times a second, alone and while 50 log in at once without a pause.
 * </ul>
 *
 * <pre>mvn -B verify -Pbench -Dbench=Mock -Dbench.arguments="tests"</pre>
 *
 * It ends by itself and ends what it started; everything listens on loopback.
 */
public final class MockBenchmark {
    private static final Path WORK = Path.of("target", "mock-bench").toAbsolutePath();
    private static final int WARMING_UP = 40;
    private static final int LOG_INS = 1_000;
    private static final int AT_ONCE = 50;
    private static final int ROUNDS = 5;
    /** Java goes on compiling what runs often for some thousand log-ins; this goes for both sides. */
    private static final int ROUNDS_BEFORE = 5;
    /** All of it comes from one address. */
    private static final String UNLIMITED = "-Dconnection-manager.limits.mock-a-minute=10000000";

    private MockBenchmark() {}

    public static void main(String... args) throws Exception {
        var part = args.length > 0 ? args[0] : "tests";
        Files.createDirectories(WORK);
        switch (part) {
            case "tests" -> tests(number(args, 1, 20), number(args, 2, 10), number(args, 3, 300));
            case "log-ins" -> logIns(args.length > 1 ? args[1] : null);
            case "flood" -> flood();
            default -> throw new IllegalArgumentException("There is no part " + part);
        }
        System.exit(0);
    }

    private static int number(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }

    private static void tests(int perSecond, int seconds, int keys) throws Exception {
        try (var portal = portal(
                "-Dconnection-manager.mock.spare-keys=" + keys,
                "-Dconnection-manager.mock.tests-an-hour=100000",
                "-Dconnection-manager.mock.tests-alive-of-an-address=5000")) {
            awaitKeys(keys);
            // Java compiles what runs often only after a while.
            makeTests(portal, perSecond, WARMING_UP);
            awaitKeys(keys);
            var made = makeTests(portal, perSecond, perSecond * seconds);
            say(
                    "%d tests at %d a second, %d keys before: p50 %.1f ms, p99 %.1f ms, most %.1f ms, answers %s",
                    perSecond * seconds,
                    perSecond,
                    keys,
                    made.millis(0.5),
                    made.millis(0.99),
                    made.millis(1),
                    made.statuses);
        }
    }

    private static void logIns(String otherIssuer) throws Exception {
        try (var portal = portal(UNLIMITED)) {
            var here = WholeLogIns.atMock(portal.address());
            var there = otherIssuer == null ? null : WholeLogIns.at(otherIssuer);
            var rates = new ArrayList<Double>();
            var otherRates = new ArrayList<Double>();
            for (int round = 1 - ROUNDS_BEFORE; round <= ROUNDS; round++) {
                var result = here.run(LOG_INS, AT_ONCE);
                if (round > 0) {
                    rates.add(result.perSecond());
                    say(
                            "%d log-ins by %d at once: %.0f a second, failed %s",
                            LOG_INS, AT_ONCE, result.perSecond(), result.failures());
                }
                if (there != null) {
                    var other = there.run(LOG_INS, AT_ONCE);
                    if (round > 0) {
                        otherRates.add(other.perSecond());
                        say("the other: %.0f a second, failed %s", other.perSecond(), other.failures());
                    }
                }
            }
            say("median %.0f a second", median(rates));
            if (there != null) {
                say("the other %.0f, ratio %.2f", median(otherRates), median(rates) / median(otherRates));
            }
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void flood() throws Exception {
        try (var portal = portal(UNLIMITED)) {
            var logIns = WholeLogIns.atMock(portal.address());
            logIns.run(ROUNDS_BEFORE * LOG_INS, AT_ONCE);
            var request = HttpRequest.newBuilder(portal.address().resolve("/api/v1/teams"))
                    .header(
                            "Authorization",
                            "Bearer " + Persons.accessToken(portal.address().toString(), "owner"))
                    .build();
            timed(request, 20, 600);
            var alone = timed(request, 20, 600);
            var flooded = new ArrayList<Answers>();
            logIns.flood(AT_ONCE, new AtomicBoolean(true), () -> flooded.add(timed(request, 20, 600)));
            say(
                    "API alone: p50 %.1f ms, p99 %.1f ms; flooded: p50 %.1f ms, p99 %.1f ms, answers %s; p99 ratio %.2f",
                    alone.millis(0.5),
                    alone.millis(0.99),
                    flooded.get(0).millis(0.5),
                    flooded.get(0).millis(0.99),
                    flooded.get(0).statuses,
                    flooded.get(0).millis(0.99) / alone.millis(0.99));
        }
    }

    /** @param statuses how often each was answered */
    private record Answers(List<Long> nanos, TreeMap<Integer, Integer> statuses) {
        double millis(double share) {
            return nanos.get((int) Math.min(nanos.size() - 1, Math.floor(share * nanos.size()))) / 1e6;
        }
    }

    private static Answers makeTests(Portal portal, int perSecond, int times) throws InterruptedException {
        return timed(
                HttpRequest.newBuilder(portal.address().resolve("/mock/tests"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                perSecond,
                times);
    }

    /** Each begins at its time, whatever has become of those before; from then on it is timed. */
    private static Answers timed(HttpRequest request, int perSecond, int times) throws InterruptedException {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var nanos = new ConcurrentLinkedQueue<Long>();
        var statuses = new ConcurrentLinkedQueue<Integer>();
        var running = new ArrayList<CompletableFuture<?>>();
        var began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            var due = began + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            running.add(client.sendAsync(request, BodyHandlers.discarding()).thenAccept(answer -> {
                nanos.add(System.nanoTime() - due);
                statuses.add(answer.statusCode());
            }));
        }
        running.forEach(CompletableFuture::join);
        var counted = new TreeMap<Integer, Integer>();
        statuses.forEach(status -> counted.merge(status, 1, Integer::sum));
        return new Answers(nanos.stream().sorted().toList(), counted);
    }

    private record Portal(Started process, URI address) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.close();
        }
    }

    private static Portal portal(String... settings) throws IOException, InterruptedException {
        var port = Started.freePort();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dconnection-manager.local=true",
                "-Dconnection-manager.local.directory=" + WORK.resolve("local"),
                "-Dquarkus.http.port=" + port));
        command.addAll(List.of(settings));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        var address = URI.create("http://127.0.0.1:" + port);
        return new Portal(Started.of(new ProcessBuilder(command), address, "/", WORK.resolve("portal.txt")), address);
    }

    private static void awaitKeys(int keys) throws IOException, SQLException, InterruptedException {
        // Its fourth line is the port.
        var port = Files.readAllLines(WORK.resolve("local/database/postmaster.pid"))
                .get(3)
                .strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
                var count = connection.prepareStatement("select count(*) from mock_spare_key")) {
            for (int there = 0; there < keys; ) {
                Thread.sleep(1_000);
                try (var row = count.executeQuery()) {
                    row.next();
                    there = row.getInt(1);
                }
            }
        }
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
