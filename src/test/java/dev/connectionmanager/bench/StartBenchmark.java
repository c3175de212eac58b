package dev.connectionmanager.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How soon local mode answers on a warm directory, and how much memory it holds at rest and while it is asked for pages,
 * beside Keycloak in production mode on the same PostgreSQL, which is asked for as many pages in the same time. Java 17 and
 * 25 take turns, where they are found; each has an archive of classes of its own, made as the first start makes it.
 *
 * <pre>mvn -B verify -Pbench -Dbench=Start [-Dbench.arguments="starts seconds"]</pre>
 *
 * It ends by itself and ends what it started; everything listens on loopback.
 */
public final class StartBenchmark {
    private static final Path WORK = Path.of("target", "start-bench").toAbsolutePath();
    private static final Path OPTIONS = Path.of("target", "quarkus-app", "local.args");
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";
    private static final List<Integer> VERSIONS = List.of(17, 25);
    private static final Duration MAKING_ARCHIVE = Duration.ofMinutes(10);
    private static final int WARMING_UP = 30;
    private static final String KEYCLOAK_PAGE = "/realms/master/account/";

    private final int starts;
    private final int seconds;
    private final Map<Integer, Path> javas = new TreeMap<>();

    private StartBenchmark(int starts, int seconds) {
        this.starts = starts;
        this.seconds = seconds;
    }

    public static void main(String... arguments) throws Exception {
        new StartBenchmark(
                        arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5,
                        arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20)
                .run();
        System.exit(0);
    }

    private void run() throws Exception {
        Files.createDirectories(WORK);
        findJavas();
        for (int version : javas.keySet()) {
            makeArchive(version);
        }
        compareStarts();
        compareMemory();
    }

    private void findJavas() throws IOException {
        javas.put(Runtime.version().feature(), Path.of(System.getProperty("java.home"), "bin", "java"));
        var places = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(places)) {
            try (var homes = Files.list(places)) {
                homes.sorted().forEach(home -> version(home)
                        .filter(VERSIONS::contains)
                        .ifPresent(version -> javas.putIfAbsent(version, home.resolve("bin/java"))));
            }
        }
        javas.forEach((version, java) -> say("Java %d: %s", version, java));
    }

    /** As the file {@code release} of each Java says. */
    private static Optional<Integer> version(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return Optional.empty();
        }
        try (var lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION=\""))
                    .map(line -> Integer.parseInt(line.substring(14).split("[.\"+-]")[0]))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path archive(int version) {
        return WORK.resolve("java" + version + ".jsa");
    }

    /** A first start, which makes the archive in the background. */
    private void makeArchive(int version) throws Exception {
        Files.deleteIfExists(archive(version));
        try (var first = portal(version, true)) {
            var deadline = System.nanoTime() + MAKING_ARCHIVE.toNanos();
            while (!Files.exists(archive(version))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Java " + version + " has made no archive of classes");
                }
                Thread.sleep(200);
            }
            say(
                    "Java %d: first start %.1f s, its archive of %d MB after %.1f s more",
                    version,
                    first.started().toMillis() / 1e3,
                    Files.size(archive(version)) / 1_000_000,
                    first.age().minus(first.started()).toMillis() / 1e3);
        }
    }

    private void compareStarts() throws Exception {
        var taken = new LinkedHashMap<String, List<Double>>();
        for (int turn = 0; turn < starts; turn++) {
            for (int version : javas.keySet()) {
                for (boolean quick : List.of(true, false)) {
                    try (var portal = portal(version, quick)) {
                        taken.computeIfAbsent(
                                        "Java " + version + (quick ? ", local.args" : ", java -jar alone"),
                                        any -> new ArrayList<>())
                                .add(portal.started().toMillis() / 1e3);
                    }
                }
            }
        }
        taken.forEach((what, all) -> say(
                "start to the first 200, %s: median %.2f s of %s",
                what, all.stream().sorted().toList().get(all.size() / 2), all));
    }

    private void compareMemory() throws Exception {
        for (int version : javas.keySet()) {
            try (var portal = portal(version, true)) {
                portal.ask("/", WARMING_UP);
                Thread.sleep(5_000);
                var rest = portal.megabytes();
                say("Java %d at rest: %d MB, and PostgreSQL %d MB", version, rest, portal.databaseMegabytes());
                portal.load("/", seconds);
                var loaded = portal.megabytes();
                say("Java %d under load: %d MB, and PostgreSQL %d MB", version, loaded, portal.databaseMegabytes());
                try (var keycloak = keycloak(version)) {
                    keycloak.ask(KEYCLOAK_PAGE, WARMING_UP);
                    Thread.sleep(5_000);
                    var restThere = keycloak.megabytes();
                    keycloak.load(KEYCLOAK_PAGE, seconds);
                    var loadedThere = keycloak.megabytes();
                    say(
                            "Keycloak on Java %d: start %.1f s, at rest %d MB (ratio %.2f), under load %d MB (ratio %.2f)",
                            version,
                            keycloak.started().toMillis() / 1e3,
                            restThere,
                            rest / (double) restThere,
                            loadedThere,
                            loaded / (double) loadedThere);
                }
            }
        }
    }

    /** @param quick with the options that the README's first command gives, but for the place of the archive */
    private Started portal(int version, boolean quick) throws IOException, InterruptedException {
        var port = Started.freePort();
        var command = new ArrayList<>(List.of(javas.get(version).toString()));
        if (quick) {
            try (var lines = Files.lines(OPTIONS)) {
                lines.filter(line -> line.startsWith("-X"))
                        .map(line -> line.startsWith(ARCHIVE) ? ARCHIVE + archive(version) : line)
                        .forEach(command::add);
            }
        }
        command.addAll(List.of(
                "-Dconnection-manager.local=true",
                "-Dconnection-manager.local.directory=" + directory(version),
                "-Dquarkus.http.port=" + port,
                "-jar",
                "target/quarkus-app/quarkus-run.jar"));
        return Started.of(
                new ProcessBuilder(command), URI.create("http://127.0.0.1:" + port), "/", WORK.resolve("portal.txt"));
    }

    private static Path directory(int version) {
        return WORK.resolve("local" + version);
    }

    /** On the PostgreSQL of the portal that runs, in a database of its own. */
    private Started keycloak(int version) throws IOException, InterruptedException, SQLException {
        // Its fourth line is the port.
        var database = "jdbc:postgresql://127.0.0.1:"
                + Files.readAllLines(directory(version).resolve("database/postmaster.pid"))
                        .get(3)
                        .strip() + "/";
        try (var connection = DriverManager.getConnection(database + "postgres", "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists keycloak");
            statement.execute("create database keycloak");
        }
        var port = Started.freePort();
        var command = new ProcessBuilder(Stream.of(
                        System.getProperty("keycloak.home") + "/bin/kc.sh",
                        "start",
                        "--http-enabled=true",
                        "--hostname-strict=false",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + Started.freePort(),
                        "--cache=local",
                        "--db=postgres",
                        "--db-url=" + database + "keycloak",
                        "--db-username=postgres",
                        "--db-password=postgres")
                .toList());
        command.environment()
                .put("JAVA_HOME", javas.get(version).getParent().getParent().toString());
        return Started.of(command, URI.create("http://127.0.0.1:" + port), KEYCLOAK_PAGE, WORK.resolve("keycloak.txt"));
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
