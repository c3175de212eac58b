package dev.connectionmanager.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options that local mode is started with, whatever there is of the archive of classes that they name. */
class LaunchTest {
    private static final Path OPTIONS = Path.of("src/main/launch/local.args");
    private static final String ARCHIVE = "target/quarkus-app/local.jsa";
    private static final String START = "-jar target/quarkus-app/quarkus-run.jar";

    @TempDir
    Path directory;

    @Test
    void startsLocalModeOfThePackagedPortal() throws IOException {
        assertThat(Files.readString(OPTIONS))
                .contains(ARCHIVE, "-Dconnection-manager.local=true")
                .endsWith(START + "\n");
    }

    /** Options that one Java knows and another does not are let pass by the one that comes first. */
    @Test
    void takesOptionsThatOtherVersionsOfJavaKnow() throws IOException {
        assertThat(Files.readAllLines(OPTIONS).stream().filter(line -> !line.startsWith("#")))
                .first()
                .isEqualTo("-XX:+IgnoreUnrecognizedVMOptions");
    }

    @Test
    void saysNothingWhereThereIsNoArchive() throws Exception {
        assertThat(java(directory.resolve("absent.jsa"))).isEqualTo("started");
    }

    @Test
    void saysNothingWhereTheArchiveIsNone() throws Exception {
        assertThat(java(Files.writeString(directory.resolve("none.jsa"), "Java wrote no archive")))
                .isEqualTo("started");
    }

    /** Runs something of the portal that ends at once, with the options as they are but for the archive. */
    private String java(Path archive) throws Exception {
        var options = Files.writeString(
                directory.resolve("options"),
                Files.readString(OPTIONS).replace(ARCHIVE, archive.toString()).replace(START, ""));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + options,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Says.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    static final class Says {
        public static void main(String... arguments) {
            System.out.println("started");
        }
    }
}
