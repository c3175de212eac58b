package dev.connectionmanager.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** One run after another of {@code wrk}, with one thread, that never sends the same number twice. */
final class Wrk {
    private static final Pattern RESULT =
            Pattern.compile("RESULT (\\d+) requests (\\d+) us p50 (\\d+) p99 (\\d+) refused (\\d+) next (\\d+)");

    private static final String TOLD = """

            local threads = {}
            function setup(thread) table.insert(threads, thread) end
            function done(summary, latency, requests)
              io.write(string.format("RESULT %d requests %d us p50 %d p99 %d refused %d next %d\\n", summary.requests,
                summary.duration, latency:percentile(50), latency:percentile(99),
                summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout
                  + summary.errors.connect, threads[1]:get("number")))
            end
            """;

    private final Path directory;
    private final URI server;
    private final String request;
    private long number;

    /** @param request Lua that makes a request of the global {@code number}, which it counts up first */
    Wrk(Path directory, URI server, String request) {
        this.directory = directory;
        this.server = server;
        this.request = request;
    }

    RegistrationBenchmark.Rate run(int clients, int seconds) throws IOException, InterruptedException {
        var script = Files.writeString(directory.resolve("requests.lua"), "number = " + number + "\n" + request + TOLD);
        var output = directory.resolve("wrk.txt");
        var ended = new ProcessBuilder(
                        "wrk", "-t1", "-c" + clients, "-d" + seconds + "s", "-s", script.toString(), server.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        var told = Files.readString(output);
        var result = RESULT.matcher(told);
        if (ended != 0 || !result.find()) {
            throw new IllegalStateException("wrk ended with " + ended + ": " + told);
        }
        number = Long.parseLong(result.group(6));
        return new RegistrationBenchmark.Rate(
                Long.parseLong(result.group(1)) * 1e6 / Long.parseLong(result.group(2)),
                Long.parseLong(result.group(3)) / 1e3,
                Long.parseLong(result.group(4)) / 1e3,
                Long.parseLong(result.group(5)));
    }
}
