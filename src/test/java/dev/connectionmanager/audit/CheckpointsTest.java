package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Timers;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When checkpoints are taken, by whom, and where they are kept. */
@PortalTest
class CheckpointsTest {
    @Inject
    EntityManager entities;

    @Inject
    AuditTrail trail;

    @Inject
    Sealer sealer;

    @Inject
    Clock clock;

    @ConfigProperty(name = "connection-manager.audit.checkpoint-key")
    Path key;

    @ConfigProperty(name = "connection-manager.audit.checkpoint-directory")
    Path directory;

    @TempDir
    Path elsewhere;

    @Inject
    Timers timers;

    @Test
    void thePortalTakesTheFirstByItself() throws InterruptedException {
        var first = directory.resolve("checkpoint-0000000001.jws");
        timers.runUntil("the first checkpoint is taken", () -> Files.exists(first));
    }

    @Test
    void isTakenOnceAnHourByOneNodeOnlyAndKeptByAll() throws Exception {
        thePortalTakesTheFirstByItself();
        var other = Files.createDirectory(elsewhere.resolve("other"));
        var due = clock.instant().plus(Duration.ofMinutes(61));
        var nodes = new ArrayList<Checkpoints>();
        for (int i = 0; i < 6; i++) {
            nodes.add(node(i % 2 == 0 ? directory : other, Clock.fixed(due, clock.getZone())));
        }
        var before = youngest();
        var pool = Executors.newFixedThreadPool(nodes.size());
        try {
            for (var each : pool.invokeAll(nodes.stream()
                    .map(node -> Executors.callable(node::takeDue))
                    .toList())) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(youngest()).isEqualTo(before + 1);
        assertThat(new CheckpointDirectory(directory).numbers()).contains(before + 1);
        assertThat(new CheckpointDirectory(other).numbers())
                .as("also what was taken before this node was there")
                .contains(before, before + 1);
        assertThat(names(other)).as("nothing half-finished is left").allMatch(name -> name.endsWith(".jws"));
    }

    @Test
    void holdsTheHeadOfEveryChain() throws IOException {
        var team = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 0; i < 3; i++) {
                trail.write(new AuditEntry("s", "S", "owner", team, "tried", "thing", "x", null, null, null));
            }
        });
        always(directory).takeDue();
        var last = read(new CheckpointDirectory(directory).numbers().last());
        assertThat(last.heads())
                .filteredOn(head -> head.chain().equals(team.toString()))
                .singleElement()
                .satisfies(head -> assertThat(head.sequence()).isEqualTo(3));
        assertThat(last.heads()).extracting(Checkpoint.Head::chain).isSorted();
    }

    /** A database that was set back, or whose checkpoints were taken away, must not begin a second series. */
    @Test
    void goesOnFromTheDirectoryWhenTheDatabaseHasForgotten() throws IOException {
        always(directory).takeDue();
        var last = new CheckpointDirectory(directory).numbers().last();
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("delete from audit_checkpoint where number = " + last)
                        .executeUpdate());
        always(directory).takeDue();
        assertThat(youngest()).isEqualTo(last + 1);
        assertThat(read(last + 1).previous())
                .isEqualTo(Checkpoint.read(new CheckpointDirectory(directory).read(last), keys())
                        .hash());
    }

    @Test
    void aForgedCheckpointIsNotWritten() throws Exception {
        always(directory).takeDue();
        var last = youngest();
        CheckpointKey.makeUnlessThere(elsewhere.resolve("forger"));
        var forged = new Checkpoint(last + 1, TrailLine.time(clock.instant()), "0".repeat(64), List.of())
                .sign(CheckpointKey.readPrivate(elsewhere.resolve("forger").toString()));
        assertThatThrownBy(() -> Checkpoint.read(forged.jws(), keys())).hasMessage("it was signed with another key");
        QuarkusTransaction.requiringNew().run(() -> entities.createNativeQuery(
                        "insert into audit_checkpoint values (" + (last + 1) + ", now(), '" + forged.jws() + "')")
                .executeUpdate());
        try {
            assertThatThrownBy(() -> always(directory).takeDue()).hasMessage("it was signed with another key");
            assertThat(new CheckpointDirectory(directory).numbers()).doesNotContain(last + 1);
        } finally {
            QuarkusTransaction.requiringNew()
                    .run(() -> entities.createNativeQuery("delete from audit_checkpoint where number = " + (last + 1))
                            .executeUpdate());
        }
    }

    private Checkpoints node(Path directory, Clock clock) {
        return new Checkpoints(
                entities, sealer, clock, Optional.of(key.toString()), Optional.of(directory), Duration.ofHours(1));
    }

    private Checkpoints always(Path directory) {
        return new Checkpoints(
                entities, sealer, clock, Optional.of(key.toString()), Optional.of(directory), Duration.ofDays(-1));
    }

    private long youngest() {
        return ((Number) entities.createNativeQuery("select max(number) from audit_checkpoint")
                        .getSingleResult())
                .longValue();
    }

    private Checkpoint read(long number) throws IOException {
        return Checkpoint.read(new CheckpointDirectory(directory).read(number), keys())
                .checkpoint();
    }

    private Map<String, OctetKeyPair> keys() {
        var mine = CheckpointKey.readPublic(Path.of(key + ".pub"));
        return Map.of(mine.getKeyID(), mine);
    }

    private static TreeSet<String> names(Path of) throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.list(of)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }
}
