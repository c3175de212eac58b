package dev.connectionmanager.start;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes the archive of classes that lets local mode start in half the time: starts another portal on a directory that is
 * thrown away, asks it for some pages, and ends it, whereupon Java writes what it has loaded. The archive fits one build of
 * Java and of the portal; where Java writes none, a note in its place keeps the next start from trying again.
 */
public final class Rehearsal {
    private static final String ARCHIVE = "-XX:SharedArchiveFile=";
    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LONGEST_STOP = Duration.ofMinutes(5);
    private static final List<String> PAGES =
            List.of("/", "/environments", "/teams", "/local/mail", "/q/health/ready", "/api/v1/teams");
    /** An archive says in its first lines which build of Java made it. */
    private static final int HEADER = 4096;

    private final Path archive;
    private final List<String> options;

    private Rehearsal(Path archive, List<String> options) {
        this.archive = archive;
        this.options = options;
    }

    /**
     * Begins a rehearsal, in a process of its own that nobody waits for, where the portal was started with an archive that
     * is not there or was made by another build of Java.
     */
    public static void beginUnlessDone() {
        var options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        var archive = options.stream()
                .filter(option -> option.startsWith(ARCHIVE))
                .map(option -> Path.of(option.substring(ARCHIVE.length())).toAbsolutePath())
                .findFirst();
        if (archive.filter(Rehearsal::canBeMade).isEmpty()) {
            return;
        }
        var command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Rehearsal.class.getName()));
        command.add(archive.get().toString());
        // What shapes the Java Virtual Machine, not what watches it: a debugger's port is taken.
        options.stream()
                .filter(option -> option.startsWith("-X") && !option.startsWith(ARCHIVE))
                .forEach(command::add);
        try {
            quiet(command).start();
        } catch (IOException e) {
            // The next start tries again.
        }
    }

    private static boolean canBeMade(Path archive) {
        try (var in = Files.newInputStream(archive)) {
            return !new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1).contains(javaBuild());
        } catch (IOException e) {
            return Files.isWritable(archive.getParent());
        }
    }

    /** @param arguments the archive to make, and the options of the Java Virtual Machine that it is for */
    public static void main(String... arguments) throws IOException, InterruptedException {
        new Rehearsal(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length)).run();
    }

    /** One at a time: another that begins meanwhile ends at once, and finds the archive at its next start. */
    private void run() throws IOException, InterruptedException {
        var lock = archive.resolveSibling(archive.getFileName() + ".lock");
        try (var file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = file.tryLock()) {
            if (held != null && canBeMade(archive)) {
                make();
            }
        }
    }

    private void make() throws IOException, InterruptedException {
        // Beside the archive, so that it appears there whole or not at all: Java 17 crashes on half of one.
        var directory = Files.createTempDirectory(archive.getParent(), "rehearsal");
        var made = directory.resolve(archive.getFileName());
        try {
            if (perform(made, directory.resolve("local"))) {
                if (!Files.exists(made)) {
                    Files.writeString(made, "Java wrote no archive: " + javaBuild());
                }
                Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            delete(directory);
        }
    }

    /** @return whether the portal answered; else the archive holds next to nothing, and the next start tries again */
    private boolean perform(Path made, Path directory) throws IOException, InterruptedException {
        int port = freePort();
        var command = new ArrayList<>(List.of(java()));
        command.addAll(options);
        // From Java 25 on an archive holds classes that are linked already.
        command.add((Runtime.version().feature() < 25 ? "-XX:ArchiveClassesAtExit=" : "-XX:AOTCacheOutput=") + made);
        command.addAll(List.of(
                "-Dconnection-manager.local=true",
                "-Dconnection-manager.local.directory=" + directory,
                "-Dquarkus.http.port=" + port,
                "-jar",
                System.getProperty("java.class.path")));
        var portal = quiet(command).start();
        var end = new Thread(() -> end(portal, made.getParent()));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            long deadline = System.nanoTime() + LONGEST_START.toNanos();
            while (portal.isAlive()
                    && System.nanoTime() < deadline
                    && ask(port, PAGES.get(0)).isEmpty()) {
                Thread.sleep(100);
            }
            boolean answered = PAGES.stream().allMatch(page -> ask(port, page).isPresent());
            portal.destroy();
            return answered && portal.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
        } finally {
            portal.destroyForcibly().waitFor();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    /** In order, so that its PostgreSQL ends as well. */
    private static void end(Process portal, Path directory) {
        portal.destroy();
        try {
            portal.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
            delete(directory);
        } catch (IOException | InterruptedException e) {
            portal.destroyForcibly();
        }
    }

    private static Optional<Integer> ask(int port, String page) {
        try {
            var request = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + page).toURL().openConnection();
            request.setInstanceFollowRedirects(false);
            request.setReadTimeout((int) LONGEST_START.toMillis());
            return Optional.of(request.getResponseCode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ProcessBuilder quiet(List<String> command) {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String javaBuild() {
        return "(" + System.getProperty("java.vm.version") + ")";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
