package dev.connectionmanager.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.Patience;
import io.quarkus.runtime.PreventFurtherStepsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starting, and everything that can stand in its way. */
class StartTest {
    /** In a schema of its own: local mode refuses a database with tables that are not the portal's. */
    private static final String KEPT = "create schema mine; create table mine.kept (v text);"
            + " insert into mine.kept values ('here'); select v from mine.kept";

    private Path directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        Files.createDirectories(Path.of("target"));
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "start-");
    }

    @Test
    void namesEverythingMissingAtOnceOutsideLocalMode() throws Exception {
        var main = java(List.of(), "dev.connectionmanager.Main");
        assertThat(main.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isEqualTo(1);
        assertThat(new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "QUARKUS_DATASOURCE_USERNAME",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "QUARKUS_OIDC_AUTH_SERVER_URL",
                        "QUARKUS_OIDC_CLIENT_ID",
                        "QUARKUS_OIDC_CREDENTIALS_SECRET",
                        "CONNECTION_MANAGER_ENCRYPTION_KEYSET")
                .doesNotContain("Exception");
    }

    @Test
    void verifiesATrailWithoutStartingAnything() throws Exception {
        var empty = Files.createFile(directory.resolve("audit.jsonl"));
        assertThat(verifyAudit("--export", empty.toString())).startsWith("0 Genuine: 0 records in 0 chains");
        Files.writeString(empty, "{}");
        assertThat(verifyAudit("--export", empty.toString()))
                .startsWith("1 Not genuine. Line 1 is no record of the trail");
        assertThat(verifyAudit()).startsWith("2 Usage: verify-audit --export <file>");
    }

    private static String verifyAudit(String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("dev.connectionmanager.Main", "verify-audit"));
        all.addAll(List.of(arguments));
        var main = java(List.of(), all.toArray(String[]::new));
        assertThat(main.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return main.exitValue() + " "
                + new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @Test
    void keepsDataAndKeysBetweenRunsDurably() throws Exception {
        String keyset;
        // As an open umask makes it.
        open(directory);
        try (var local = LocalMode.start(directory, freePort())) {
            keyset = local.settings().get("connection-manager.encryption-keyset");
            assertThat(query(local, KEPT)).isEqualTo("here");
            assertThat(query(local, "show fsync")).isEqualTo("on");
            assertThat(query(local, "show synchronous_commit")).isEqualTo("on");
        }
        var parts = List.of(directory, directory.resolve("checkpoints"), directory.resolve("postgresql"));
        for (var part : parts) {
            assertThat(permissions(part)).as(part.toString()).isEqualTo("rwx------");
            open(part);
        }
        try (var local = LocalMode.start(directory, freePort())) {
            assertThat(parts).allMatch(part -> permissions(part).equals("rwx------"));
            assertThat(query(local, "select v from mine.kept")).isEqualTo("here");
            assertThat(local.settings()).containsEntry("connection-manager.encryption-keyset", keyset);
        }
        assertThat(permissions(directory.resolve("keys.properties"))).isEqualTo("rw-------");
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void startsAgainAfterItWasKilled() throws Exception {
        var killed = java(
                List.of("-Dconnection-manager.local.directory=" + directory, "-Dquarkus.http.port=" + freePort()),
                "dev.connectionmanager.start.StartTest$Forever");
        try (var out = killed.inputReader()) {
            assertThat(out.lines().anyMatch("started"::equals)).isTrue();
            killed.destroyForcibly().waitFor();
        }
        try (var local = LocalMode.start(directory, freePort())) {
            assertThat(query(local, "select v from mine.kept")).isEqualTo("here");
        }
    }

    /** Local mode in a process of its own, to be killed. */
    static final class Forever {
        public static void main(String... args) throws Exception {
            var local = LocalMode.start(LocalMode.directory(), Settings.httpPort());
            query(local, KEPT);
            System.out.println("started");
            Thread.sleep(60_000);
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalMode.start(directory, other.getLocalPort()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " is taken");
        }
    }

    @Test
    void saysThatTheDataDirectoryIsBroken() throws IOException {
        Files.createDirectories(directory.resolve("database"));
        Files.writeString(directory.resolve("database").resolve("PG_VERSION"), "17\n");
        assertThatThrownBy(() -> LocalMode.start(directory, freePort()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(directory.resolve("database").toString())
                .hasMessageContaining("move it away");
    }

    @Test
    void refusesWhatAnEarlierPreReleaseLeftAndTouchesNothingOfIt() throws Exception {
        try (var local = LocalMode.start(directory, freePort())) {
            SchemaHistoryTest.makePreRelease(
                    local.settings().get("quarkus.datasource.jdbc.url"), directory.resolve("old"));
        }
        var key = directory.resolve("audit-checkpoint-key");
        Files.delete(key);
        assertThatThrownBy(() -> LocalMode.start(directory, freePort()))
                .isInstanceOf(StartRefused.class)
                .hasMessage("Connection Manager did not start: the local data in " + directory
                        + " was made by an earlier pre-release, which this version cannot use. Nothing in it was changed."
                        + " Move that directory away to begin anew, or choose another one with"
                        + " -Dconnection-manager.local.directory=<directory>.");
        assertThat(key).doesNotExist();
        // As the sentence says: the database was stopped and the lock given back.
        Files.move(directory, directory.resolveSibling(directory.getFileName() + "-away"));
        LocalMode.start(directory, freePort()).close();
    }

    @Test
    void tellsThePortalThatStartsMeanwhileWhyTheDatabaseDoesNot() throws Exception {
        LocalMode.start(directory, freePort()).close();
        Files.writeString(directory.resolve("database").resolve("PG_VERSION"), "12\n");
        try (var local = LocalMode.begin(directory, freePort())) {
            assertThatThrownBy(() -> new AwaitedDatabase().customize(null))
                    .isInstanceOf(PreventFurtherStepsException.class)
                    .hasMessageContaining(directory.resolve("database").toString());
        } finally {
            AwaitedDatabase.is(() -> {});
        }
    }

    private static Process java(List<String> options, String... main) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(main));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String query(LocalMode local, String sql) throws SQLException {
        var settings = local.settings();
        try (var connection = DriverManager.getConnection(
                        settings.get("quarkus.datasource.jdbc.url"),
                        settings.get("quarkus.datasource.username"),
                        settings.get("quarkus.datasource.password"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getResultSet() == null) {
                statement.getMoreResults();
            }
            statement.getResultSet().next();
            return statement.getResultSet().getString(1);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
