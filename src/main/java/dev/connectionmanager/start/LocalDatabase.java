package dev.connectionmanager.start;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The PostgreSQL of local mode, in processes of its own. It starts while the portal makes itself ready: that takes half as long. */
final class LocalDatabase implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    /** Of a directory like {@code /tmp}, which is everybody's and stays so. */
    private static final int STICKY = 0x200;

    private static final Duration STARTING = Duration.ofSeconds(30);

    private final int port;
    private final CompletableFuture<EmbeddedPostgres> server = new CompletableFuture<>();

    private LocalDatabase(int port) {
        this.port = port;
    }

    /**
     * @param directory of local mode, whose lock is held
     * @throws StartRefused when the server of an earlier run does not end
     */
    static LocalDatabase begin(Path directory) throws IOException {
        stopOrphan(directory.resolve("database"));
        var database = new LocalDatabase(freePort());
        // Here, so that a build without the embedded database says so at once.
        var server = database.server(directory);
        var starting = new Thread(() -> database.start(server, directory), "local-database");
        starting.setDaemon(true);
        starting.start();
        return database;
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** @throws StartRefused when it does not start, or holds what another version made */
    void await() {
        try {
            server.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StartRefused refused ? refused : e;
        }
    }

    @Override
    public void close() {
        try {
            server.join().close();
        } catch (CompletionException e) {
            // It did not start.
        } catch (IOException e) {
            System.err.println("The local database did not stop cleanly: " + e.getMessage());
        }
    }

    static StartRefused unusable(Path directory, Exception why) {
        return new StartRefused("Connection Manager did not start: the local data in " + directory + " cannot be used ("
                + why.getMessage() + "). Put it right, or move it away to begin anew.");
    }

    private void start(EmbeddedPostgres.Builder server, Path directory) {
        var kept = Files.exists(directory.resolve("database"));
        EmbeddedPostgres started = null;
        try {
            started = startServer(server, directory);
            // It unpacks its programs into a directory that everybody could write to.
            keepPrivate(directory.resolve("postgresql"));
            if (kept) {
                requireThisVersions(directory);
            }
            this.server.complete(started);
        } catch (IOException | RuntimeException | Error e) {
            stop(started);
            this.server.completeExceptionally(e instanceof IOException io ? unusable(directory, io) : e);
        }
    }

    private static void stop(EmbeddedPostgres started) {
        try {
            if (started != null) {
                started.close();
            }
        } catch (IOException e) {
            // Why it is stopped is told.
        }
    }

    /**
     * A JVM that was killed leaves its database server behind, holding the data directory. We hold the directory's
     * lock, so nobody uses that server any more.
     */
    private static void stopOrphan(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var lines = Files.readAllLines(pidFile);
        var process = lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,10}")
                ? Optional.<ProcessHandle>empty()
                : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
        var orphan = process.filter(p -> p.info().command().orElse("").endsWith("postgres"));
        if (orphan.isPresent()) {
            orphan.get().destroy();
            try {
                orphan.get().onExit().get(STARTING.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new StartRefused("Connection Manager did not start: a database server of an earlier run (process "
                        + orphan.get().pid() + ") still holds " + data + ". Stop it and start again.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartRefused("Interrupted while starting.");
            }
        }
        Files.deleteIfExists(pidFile);
    }

    private EmbeddedPostgres.Builder server(Path directory) {
        var log = ProcessBuilder.Redirect.appendTo(
                directory.resolve("database.log").toFile());
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .setDataDirectory(directory.resolve("database"))
                .setOverrideWorkingDirectory(directory.resolve("postgresql").toFile())
                .setCleanDataDirectory(false)
                // It would end the database under the portal: whoever starts local mode closes it.
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(STARTING);
    }

    private static EmbeddedPostgres startServer(EmbeddedPostgres.Builder server, Path directory) {
        // It tells step by step how it starts; what matters is in the exception.
        Logger.getLogger("io.zonky.test.db.postgres").setLevel(Level.WARNING);
        try {
            return server.start();
        } catch (IOException | RuntimeException e) {
            throw new StartRefused("Connection Manager did not start: the local database in "
                    + directory.resolve("database") + " does not start (" + e.getMessage()
                    + "). Restore that directory, or move it away to begin with an empty one.");
        }
    }

    private void requireThisVersions(Path directory) {
        SchemaHistory.requireOfThisVersion(
                url(),
                "postgres",
                "postgres",
                "the local data in " + directory,
                "Move that directory away to begin anew, or choose another one with"
                        + " -Dconnection-manager.local.directory=<directory>.");
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Keys and data of this user's: whatever the umask says, and also where an earlier version let others in. */
    static void keepPrivate(Path directory) throws IOException {
        Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        var shared = ((int) Files.getAttribute(directory, "unix:mode") & STICKY) != 0;
        if (!shared) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }
}
