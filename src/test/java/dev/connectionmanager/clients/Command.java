package dev.connectionmanager.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs that these tests start. */
final class Command {
    private Command() {}

    /** @return all that it printed; it has ended well within five minutes */
    static String run(Path directory, String... command) throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "output-", ".txt");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command[0]).isTrue();
        var told = Files.readString(output);
        assertThat(process.exitValue()).as(told).isZero();
        return told;
    }
}
