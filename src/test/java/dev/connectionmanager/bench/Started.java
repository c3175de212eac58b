package dev.connectionmanager.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server in a process of its own, from its start to its end. Memory is read as Linux tells it. */
final class Started implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration STOPPING = Duration.ofSeconds(60);
    private static final int CLIENTS = 8;
    /** Of all clients together: what both can do, so that both do the same. */
    private static final int REQUESTS_PER_SECOND = 100;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long began = System.nanoTime();
    private final Process process;
    private final URI address;
    private Duration started;

    private Started(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** @return once the path was answered with 200 */
    static Started of(ProcessBuilder command, URI address, String path, Path output)
            throws IOException, InterruptedException {
        var server = new Started(
                command.redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                address);
        while (!server.answers(path)) {
            if (!server.process.isAlive() || server.age().compareTo(LONGEST) > 0) {
                server.close();
                throw new IllegalStateException("it did not start: " + output);
            }
            Thread.sleep(10);
        }
        server.started = server.age();
        return server;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How long it took to answer. */
    Duration started() {
        return started;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean answers(String path) throws InterruptedException {
        try {
            return status(path) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int status(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    void ask(String path, int times) throws IOException, InterruptedException {
        for (int i = 0; i < times; i++) {
            if (status(path) != 200) {
                throw new IllegalStateException(path + " is not answered");
            }
        }
    }

    void load(String path, int seconds) throws InterruptedException, ExecutionException {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            var running = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    var pause = TimeUnit.SECONDS.toNanos(CLIENTS) / REQUESTS_PER_SECOND;
                    var next = System.nanoTime();
                    for (int asked = 0; asked < seconds * REQUESTS_PER_SECOND / CLIENTS; asked++) {
                        ask(path, 1);
                        next += pause;
                        TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                    }
                    return null;
                }));
            }
            for (var each : running) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** What the Java Virtual Machine holds; it may be the child of a script. */
    long megabytes() {
        return family().filter(one -> !isDatabase(one))
                        .map(one -> kilobytes(one, "status", "VmRSS:"))
                        .max(Comparator.naturalOrder())
                        .orElse(0L)
                / 1024;
    }

    /** What the processes of PostgreSQL hold, each its share of what they hold together. */
    long databaseMegabytes() {
        return family().filter(Started::isDatabase)
                        .mapToLong(one -> kilobytes(one, "smaps_rollup", "Pss:"))
                        .sum()
                / 1024;
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static boolean isDatabase(ProcessHandle one) {
        return one.info().command().orElse("").endsWith("/postgres");
    }

    private static long kilobytes(ProcessHandle one, String file, String name) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(one.pid()), file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        var family = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(STOPPING.toSeconds(), TimeUnit.SECONDS)) {
            family.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }
}
