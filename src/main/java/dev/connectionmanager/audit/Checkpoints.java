package dev.connectionmanager.audit;

import com.nimbusds.jose.jwk.OctetKeyPair;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes a checkpoint of all chains' heads every hour and keeps it outside the database. Of several nodes one takes it,
 * under a lock; each writes what its own directory lacks, so that every directory holds the whole series.
 */
@Singleton
public class Checkpoints {
    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    /** How long the database keeps them for nodes that were away. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final EntityManager entities;
    private final Sealer sealer;
    private final Clock clock;
    private final Duration interval;
    private final Optional<OctetKeyPair> key;
    private final Optional<CheckpointDirectory> directory;

    /**
     * @param key see {@link CheckpointKey#readPrivate}
     * @param directory where the signed checkpoints go
     * @param interval how old the last checkpoint is when the next one is taken
     */
    Checkpoints(
            EntityManager entities,
            Sealer sealer,
            Clock clock,
            @ConfigProperty(name = "connection-manager.audit.checkpoint-key") Optional<String> key,
            @ConfigProperty(name = "connection-manager.audit.checkpoint-directory") Optional<Path> directory,
            @ConfigProperty(name = "connection-manager.audit.checkpoint-interval") Duration interval) {
        this.entities = entities;
        this.sealer = sealer;
        this.clock = clock;
        this.key = key.map(CheckpointKey::readPrivate);
        this.directory = directory.map(CheckpointDirectory::new);
        this.interval = interval;
    }

    void start(@Observes StartupEvent starting) {
        if (!configured()) {
            LOG.warn(
                    "No checkpoints of the audit trail are taken: set CONNECTION_MANAGER_AUDIT_CHECKPOINT_KEY and "
                            + "CONNECTION_MANAGER_AUDIT_CHECKPOINT_DIRECTORY. Without them, who owns the database can rewrite it.");
        }
    }

    private boolean configured() {
        return key.isPresent() && directory.isPresent();
    }

    /** Takes one when it is time, and writes what this node's directory lacks. */
    @Scheduled(identity = "audit-checkpoints", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void takeDue() {
        if (configured()) {
            sealer.seal();
            QuarkusTransaction.requiringNew().run(this::take);
            try {
                write();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void take() {
        // One node at a time; readers are not held up.
        entities.createNativeQuery("lock table audit_checkpoint in share row exclusive mode")
                .executeUpdate();
        var now = clock.instant();
        var before = last();
        if (before.isPresent()
                && Instant.parse(before.get().checkpoint().time())
                        .plus(interval)
                        .isAfter(now)) {
            return;
        }
        before.ifPresent(signed -> mustStillBeThere(signed.checkpoint()));
        warnWhenSetBack(before);
        var heads = heads();
        var checkpoint = new Checkpoint(
                before.map(signed -> signed.checkpoint().number() + 1).orElse(1L),
                TrailLine.time(now),
                before.map(Checkpoint.Signed::hash).orElse(TrailLine.FIRST_PREVIOUS_HASH),
                heads);
        entities.createNativeQuery("insert into audit_checkpoint (number, at, jws) values (:number, :at, :jws)")
                .setParameter("number", checkpoint.number())
                .setParameter("at", now)
                .setParameter("jws", checkpoint.sign(key.orElseThrow()).jws())
                .executeUpdate();
        entities.createNativeQuery("delete from audit_checkpoint where at < :old")
                .setParameter("old", now.minus(KEPT))
                .executeUpdate();
    }

    /** The youngest that the database or this node's directory knows: a database that was set back is found so. */
    private Optional<Checkpoint.Signed> last() {
        var inDatabase = texts("select jws from audit_checkpoint order by number desc limit 1").stream()
                .findFirst()
                .map(this::genuine);
        return Stream.of(inDatabase, lastOnDisk())
                .flatMap(Optional::stream)
                .max(Comparator.comparing(signed -> signed.checkpoint().number()));
    }

    private void warnWhenSetBack(Optional<Checkpoint.Signed> last) {
        last.map(signed -> signed.checkpoint().number())
                .filter(number -> texts("select jws from audit_checkpoint where number = " + number)
                        .isEmpty())
                .ifPresent(number -> LOG.errorf(
                        "The database lacks checkpoint %d of the audit trail, which is on disk: was an older one restored?",
                        number));
    }

    private Optional<Checkpoint.Signed> lastOnDisk() {
        try {
            var directory = this.directory.orElseThrow();
            var numbers = directory.numbers();
            return numbers.isEmpty() ? Optional.empty() : Optional.of(genuine(directory.read(numbers.last())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Checkpoint.Signed genuine(String jws) {
        var mine = key.orElseThrow();
        return Checkpoint.read(jws, Map.of(mine.getKeyID(), mine));
    }

    @SuppressWarnings("unchecked")
    private List<Checkpoint.Head> heads() {
        var rows = (List<Object[]>) entities.createNativeQuery(
                        "select chain, sequence, encode(hash, 'hex') from audit_chain order by chain")
                .getResultList();
        return rows.stream()
                .map(row -> new Checkpoint.Head((String) row[0], ((Number) row[1]).longValue(), (String) row[2]))
                .toList();
    }

    /** What an earlier checkpoint confirmed must be in the trail now, and each head must be the end of its chain. */
    private void mustStillBeThere(Checkpoint before) {
        var chains = before.heads().stream().map(Checkpoint.Head::chain).toArray(String[]::new);
        var sequences = before.heads().stream().map(Checkpoint.Head::sequence).toArray(Long[]::new);
        var hashes = before.heads().stream().map(Checkpoint.Head::hash).toArray(String[]::new);
        @SuppressWarnings("unchecked")
        var bad = (List<String>) entities.createNativeQuery("""
                        select 'chain ' || h.chain || ', sequence ' || h.sequence
                        from (select * from unnest(cast(:chains as text[]), cast(:sequences as bigint[]), cast(:hashes as text[]))
                                as confirmed (chain, sequence, hash)
                            union all select chain, sequence, encode(hash, 'hex') from audit_chain) h
                        left join audit_seal s on s.chain = h.chain and s.sequence = h.sequence
                        left join audit_entry e on e.id = s.entry
                        where encode(s.hash, 'hex') is distinct from h.hash or e.id is null
                        order by 1 limit 1""", String.class)
                .setParameter("chains", chains)
                .setParameter("sequences", sequences)
                .setParameter("hashes", hashes)
                .getResultList();
        bad.forEach(event -> LOG.errorf(
                "The audit trail was tampered with: %s is not what checkpoint %d confirmed. Export and verify it.",
                event, before.number()));
    }

    private void write() throws IOException {
        var directory = this.directory.orElseThrow();
        var there = directory.numbers();
        for (var jws : texts("select jws from audit_checkpoint order by number")) {
            var signed = genuine(jws);
            if (!there.contains(signed.checkpoint().number())) {
                directory.write(signed);
            }
        }
    }

    private List<String> texts(String query) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> entities.createNativeQuery(query, String.class).getResultList());
    }
}
