package dev.connectionmanager.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;

import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.PackagedPortal;
import dev.connectionmanager.testing.Persons;
import jakarta.annotation.Nonnull;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What two linters say of the description that the packaged portal gives, and whether clients that generators make of it do
 * the main job: application, registration, secret, rotation. The programs are under {@code src/test/clients}. Needs
 * python3, Node with npm, and a network for their libraries.
 */
class GeneratedClientsIT {
    private static final Path SOURCES = Path.of("src", "test", "clients").toAbsolutePath();
    private static final Path MADE = Path.of("target", "clients").toAbsolutePath();
    private static final Path NODE = MADE.resolve("node");
    private static final String DESCRIPTION =
            DescriptionFile.PLACE.toAbsolutePath().toString();

    private static PackagedPortal portal;

    @BeforeAll
    static void start() throws Exception {
        portal = PackagedPortal.start();
        Files.createDirectories(NODE);
        try (var files = Files.list(SOURCES.resolve("typescript"))) {
            for (var file : files.toList()) {
                Files.copy(file, NODE.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Command.run(NODE, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (portal != null) {
            portal.close();
        }
    }

    @Test
    void isTheDescriptionThatThePortalGives() throws IOException {
        assertThat(Api.bare().get(portal.address() + "/q/openapi?format=json").asString())
                .isEqualTo(Files.readString(DescriptionFile.PLACE));
    }

    @Test
    void redoclyFindsNothing() throws Exception {
        var told = Command.run(NODE, "npx", "redocly", "lint", "--extends=recommended", DESCRIPTION);
        assertThat(told).contains("is valid").doesNotContainIgnoringCase("warning.");
    }

    @Test
    void spectralFindsNothing() throws Exception {
        var told = Command.run(
                NODE, "npx", "spectral", "lint", "--ruleset=spectral.yaml", "--fail-severity=hint", DESCRIPTION);
        assertThat(told).contains("No results");
    }

    @Test
    void javaDoesTheMainJob() throws Exception {
        var classes = MADE.resolve("java-classes").toString();
        var libraries = Stream.of(
                        com.fasterxml.jackson.core.JsonParser.class,
                        com.fasterxml.jackson.annotation.JsonProperty.class,
                        com.fasterxml.jackson.databind.ObjectMapper.class,
                        com.fasterxml.jackson.datatype.jsr310.JavaTimeModule.class,
                        Nonnull.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> new File(place.getPath()).toString())
                .collect(Collectors.joining(File.pathSeparator));
        var compile = new ArrayList<>(List.of("javac", "-nowarn", "-proc:none", "-d", classes, "-cp", libraries));
        try (var files = Files.walk(MADE.resolve("java/src/main/java"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(compile::add);
        }
        compile.add(SOURCES.resolve("java/MainJob.java").toString());
        Command.run(MADE, compile.toArray(String[]::new));
        doesTheMainJob("java", "-cp", classes + File.pathSeparator + libraries, "MainJob");
    }

    @Test
    void pythonDoesTheMainJob() throws Exception {
        Command.run(MADE, "python3", "-m", "venv", "venv");
        var python = MADE.resolve("venv/bin/python").toString();
        Command.run(MADE, python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "./python");
        doesTheMainJob(python, SOURCES.resolve("python/main_job.py").toString());
    }

    @Test
    void typescriptDoesTheMainJob() throws Exception {
        Command.run(NODE, "npx", "openapi-typescript", DESCRIPTION, "--output", "portal.ts");
        Command.run(NODE, "npx", "tsc");
        doesTheMainJob("node", "main-job.js");
    }

    /** The program tells the application, the client ID, and both secrets, which then are the live ones. */
    private static void doesTheMainJob(String... program) throws IOException, InterruptedException {
        var token = Persons.accessToken(portal.address(), "owner");
        var told = Command.run(
                        NODE,
                        Stream.concat(Stream.of(program), Stream.of(portal.address(), token, Api.FIRST_TEAM))
                                .toArray(String[]::new))
                .strip()
                .split(" ");
        assertThat(told).hasSize(4);
        assertThat(told[1]).matches("[0-9]{12}\\.apps\\.supplier");
        Api.bare()
                .auth()
                .oauth2(token)
                .get(portal.address() + "/api/v1/applications/" + told[0] + "/registrations/integration/secrets")
                .then()
                .statusCode(200)
                .body("items.last_four", containsInAnyOrder(lastFour(told[2]), lastFour(told[3])));
    }

    private static String lastFour(String secret) {
        return secret.substring(secret.length() - 4);
    }
}
