package dev.connectionmanager.connections;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of this machine, and what it says. */
final class Program implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final Duration INSTALLING = Duration.ofMinutes(10);
    private static final int MOST_SHOWN = 4_000;

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Runs to its end. */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        return run(directory, Map.of(), command);
    }

    static String run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        try (var program = begin(directory, environment, List.of(command))) {
            if (!program.process.waitFor(INSTALLING.toSeconds(), TimeUnit.SECONDS)
                    || program.process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + program.said());
            }
            return program.said();
        }
    }

    /** Starts a server, and waits until it listens. */
    static Program serve(Path directory, int port, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var program = begin(directory, environment, command);
        var end = Instant.now().plus(STARTING);
        while (program.process.isAlive() && Instant.now().isBefore(end)) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return program;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        program.close();
        throw new IllegalStateException("It did not start: " + program.said());
    }

    private static Program begin(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        var output = Files.createTempFile(directory, "output-", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Program(builder.start(), output);
    }

    /** The end of what it has said so far. */
    String said() throws IOException {
        var said = Files.readString(output);
        return said.substring(Math.max(0, said.length() - MOST_SHOWN));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        var children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
