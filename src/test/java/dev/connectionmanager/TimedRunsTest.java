package dev.connectionmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Timers;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@PortalTest
class TimedRunsTest {
    private static final AtomicInteger RUNS = new AtomicInteger();

    @Inject
    Timers timers;

    @ConfigProperty(name = "quarkus.log.file.path")
    Path log;

    @Test
    void aRunThatFailsIsToldOnceAndTheNextOneComes() throws Exception {
        timers.runUntil("it has run twice more", () -> RUNS.get() >= 2);
        try (var lines = Files.lines(log)) {
            assertThat(lines.filter(line -> line.contains("fails-at-first") || line.contains("is meant to fail")))
                    .hasSize(2)
                    .first()
                    .asString()
                    .containsPattern("ERROR .* fails-at-first failed. It is tried again at 2\\S+Z");
        }
    }

    /** One of the portal's own, as far as it can tell. */
    @Singleton
    static class FailsAtFirst {
        @Scheduled(identity = "fails-at-first", every = "1s")
        void run() {
            if (RUNS.incrementAndGet() == 1) {
                throw new IllegalStateException("This one is meant to fail");
            }
        }
    }
}
