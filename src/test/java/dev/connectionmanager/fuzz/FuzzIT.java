package dev.connectionmanager.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connectionmanager.description.ApiDescription;
import dev.connectionmanager.testing.Described;
import dev.connectionmanager.testing.PackagedPortal;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is sent to the API, it answers as its description says, refuses with a problem document, and never fails. {@code
 * -Dfuzz.requests} says how many requests, {@code -Dfuzz.seed} which ones: the same seed makes the same requests but for
 * ids and entity tags.
 */
class FuzzIT {
    private static final int OF_ONE_SCENE = 250;

    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();

    @Test
    void nothingThatIsSentMakesItFailOrAnswerOtherwiseThanDescribed() throws Exception {
        var seed = Long.getLong("fuzz.seed", 1);
        var requests = Integer.getInteger("fuzz.requests", 5_000);
        var hosts = Files.createTempFile(Path.of("target"), "hosts", "");
        try (var portal = PackagedPortal.start(
                // No name is found, at once: a live check never leaves this machine.
                "jdk.net.hosts.file=" + hosts.toAbsolutePath(),
                "connection-manager.limits.writes-a-minute=1000000",
                "connection-manager.limits.reads-a-minute=1000000")) {
            var scene = new Scene(portal.address());
            var document = new ApiDescription().document();
            var operations = MadeUp.operations(document);
            for (int i = 0; i < requests; i++) {
                if (i % OF_ONE_SCENE == 0) {
                    scene.makeAnew();
                }
                // Each has a chance of its own, so that one more operation does not change the requests for the others.
                var operation = operations.get(i % operations.size());
                var random = new Random(seed * 1_000_003
                        + i / operations.size() * 31L
                        + operation.told().path("operationId").asText().hashCode());
                judge(MadeUp.of(operation, document, scene, random), operation, scene);
            }
            System.out.println("Fuzz: " + requests + " requests with seed " + seed + ", " + operations.size()
                    + " operations; answers by status: " + statuses);
            assertThat(portal.output()).doesNotContain(" ERROR ");
        }
        assertThat(faults.values()).as("seed " + seed).isEmpty();
    }

    private void judge(MadeUp request, MadeUp.Operation operation, Scene scene) throws InterruptedException {
        var told = "no answer";
        try {
            var answer =
                    scene.send(request.caller(), request.method(), request.path(), request.body(), request.headers());
            told = answer.statusCode() + " " + shortened(answer.body());
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            assertThat(answer.statusCode()).isLessThan(500);
            if (answer.statusCode() >= 400) {
                assertThat(problem(answer).path("code").asText()).matches("[a-z0-9-]+");
            }
            Described.checked(answer);
        } catch (AssertionError | IOException fault) {
            // One of a kind is enough to read.
            faults.putIfAbsent(
                    operation.told().path("operationId").asText() + " " + told.substring(0, 3),
                    "\n" + shortened(request.toString().replaceAll("(%C3%A9|x){20,}", "~")) + "\n" + told + "\n"
                            + shortened(String.valueOf(fault.getMessage())));
        }
    }

    private static JsonNode problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        try {
            return Scene.JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 1_500 ? text : text.substring(0, 1_500) + "…";
    }
}
