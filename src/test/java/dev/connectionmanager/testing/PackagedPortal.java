package dev.connectionmanager.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The portal as it was packaged, in local mode, in a process and a directory of its own. */
public final class PackagedPortal implements AutoCloseable {
    private static final Duration STARTING = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final Path output;

    private PackagedPortal(Process process, int port, Path output) {
        this.process = process;
        this.port = port;
        this.output = output;
    }

    /** @param settings that differ, as {@code name=value} */
    public static PackagedPortal start(String... settings) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "packaged-");
        var port = LocalPortal.freePort();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Stream.concat(
                        Stream.of(
                                "connection-manager.local=true",
                                "connection-manager.local.directory=" + directory,
                                "quarkus.http.port=" + port),
                        Stream.of(settings))
                .map(setting -> "-D" + setting)
                .forEach(command::add);
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        var output = directory.resolve("portal.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var portal = new PackagedPortal(process, port, output);
        portal.awaitAnswer();
        return portal;
    }

    private void awaitAnswer() throws InterruptedException, IOException {
        var ready = HttpRequest.newBuilder(URI.create(address() + "/q/health/ready"))
                .build();
        var end = Instant.now().plus(STARTING);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            try {
                if (HttpClient.newHttpClient()
                                .send(ready, BodyHandlers.discarding())
                                .statusCode()
                        == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It is starting.
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        close();
        throw new IllegalStateException("it did not start: " + output());
    }

    public String address() {
        return "http://localhost:" + port;
    }

    /** What it has said so far. */
    public String output() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws InterruptedException {
        var started = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            started.forEach(ProcessHandle::destroy);
        }
    }
}
