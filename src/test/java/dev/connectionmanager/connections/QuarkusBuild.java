package dev.connectionmanager.connections;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds a Quarkus application by the versions of the portal: what the portal is built with need not be fetched. */
final class QuarkusBuild {
    private QuarkusBuild() {}

    /** @param home where its {@code pom.xml} is, and where {@code target/quarkus-app} is afterwards */
    static void run(Path home) throws IOException, InterruptedException {
        // It runs once: what the compilers of the JVM win by thinking longer, it does not live to use.
        Program.run(
                home,
                Map.of("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                Stream.of(
                                Stream.of("mvn", "-B", "-q"),
                                settingsOfThePortal(),
                                Stream.of("compiler:compile", "quarkus:build"))
                        .flatMap(part -> part)
                        .toArray(String[]::new));
    }

    /** The versions with which the portal is built, and where Maven keeps what it has fetched for it. */
    private static Stream<String> settingsOfThePortal() throws IOException {
        var versions = Pattern.compile("<([a-z-]+\\.version)>([^<]+)</")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(version -> "-D" + version.group(1) + "=" + version.group(2));
        return Stream.concat(
                versions,
                Stream.ofNullable(System.getProperty("localRepository")).map(kept -> "-Dmaven.repo.local=" + kept));
    }
}
