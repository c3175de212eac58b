package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** When what was told is sealed, and how the trail is read until then. */
@PortalTest
class SealerTest {
    @Inject
    AuditTrail trail;

    @Inject
    AuditSearch search;

    @Inject
    Sealer sealer;

    @Inject
    DataSource dataSource;

    @Inject
    Flyway flyway;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Inject
    Sql sql;

    private final UUID team = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    /** One writes for long, and began first; others write at once meanwhile, and two nodes seal. */
    @Test
    void noneIsPassedOverWhateverRunsAtOnce() throws Exception {
        var writing = new AtomicBoolean(true);
        var pool = Executors.newFixedThreadPool(2);
        try (var slow = begin(team, "slow")) {
            var sealers = List.of(pool.submit(() -> sealWhile(writing)), pool.submit(() -> sealWhile(writing)));
            AtOnce.each(
                    i -> () -> {
                        for (int n = 0; n < 25; n++) {
                            try (var connection = begin(n % 3 == 0 ? other : team, "quick")) {
                                Thread.sleep(ThreadLocalRandom.current().nextInt(4));
                                tell(connection, other, "quick");
                                connection.commit();
                            }
                        }
                        return null;
                    },
                    6);
            assertThat(sql.number("select count(*) from audit_seal where chain in ('" + team + "', '" + other + "')"))
                    .as("nothing that began after the one that still runs")
                    .isZero();
            tell(slow, other, "slow");
            slow.commit();
            writing.set(false);
            for (Future<?> each : sealers) {
                each.get();
            }
        } finally {
            writing.set(false);
            pool.shutdownNow();
        }
        sealAll();
        assertThat(sql.number("select count(*) from audit_seal where chain in ('" + team + "', '" + other + "')"))
                .isEqualTo(302);
        assertThat(feed(null, 400))
                .extracting(AuditEvent::act)
                .startsWith("slow", "slow")
                .endsWith("quick");
        assertThat(sql.number("""
                        select count(*) from (select position, transaction, number,
                            lag(transaction) over w as transaction_before, lag(number) over w as number_before
                            from audit_seal join audit_entry on id = entry window w as (order by position)) x
                        where (transaction, number) < (transaction_before, number_before)"""))
                .as("the one order is that of the transactions")
                .isZero();
        mustBeChained();
    }

    @Test
    void severalAtOnceSealEachOnce() throws Exception {
        QuarkusTransaction.requiringNew().run(() -> {
            for (int i = 0; i < 3_000; i++) {
                trail.write(entry(i % 2 == 0 ? team : other, "many"));
            }
        });
        AtOnce.all(
                () -> {
                    sealer.seal();
                    return null;
                },
                4);
        sealAll();
        mustBeChained();
        assertThat(sql.number("select sum(sequence) from audit_seal where chain = '" + team + "'"))
                .isEqualTo(1_500 * 1_501 / 2);
    }

    @Test
    void anotherGoesOnWhereOneIsKilled() throws Exception {
        for (int i = 0; i < 5; i++) {
            append("before");
        }
        var pool = Executors.newSingleThreadExecutor();
        // Not one of the pool, which would be lent to others after it is killed.
        try (var connection = DriverManager.getConnection(database, "postgres", "postgres");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select audit_seal_next(3)");
            var another = pool.submit(sealer::seal);
            Patience.until(
                    "the other waits",
                    () -> sql.number("select count(*) from pg_locks where locktype = 'advisory' and not granted") > 0);
            append("meanwhile");
            sql.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
            another.get();
        } catch (SQLException killed) {
            // Its connection is gone.
        } finally {
            pool.shutdownNow();
        }
        sealAll();
        mustBeChained();
        assertThat(sql.number("select count(*) from audit_seal where chain = '" + team + "'"))
                .isEqualTo(6);
    }

    @Test
    void whoeverFollowsMissesNothingThatIsCommittedLate() throws Exception {
        append("first");
        sealAll();
        var first = feed(null, 10);
        assertThat(first).extracting(AuditEvent::act).containsExactly("first");
        try (var late = begin(team, "late")) {
            append("overtaking");
            sealer.seal();
            assertThat(feed(first.get(0), 10)).as("it would be missed").isEmpty();
            assertThat(newest(null, 10))
                    .as("pages show all there is")
                    .extracting(event -> event.act() + " " + event.sealed())
                    .containsExactly("overtaking false", "first true");
            late.commit();
        }
        append("last");
        settle();
        var read = new ArrayList<String>();
        for (var last = first.get(0); last != null; ) {
            var page = feed(last, 1);
            page.forEach(event -> read.add(event.act() + " " + event.sealed()));
            last = page.isEmpty() ? null : page.get(0);
            if (read.size() == 1) {
                sealAll();
            }
        }
        assertThat(read).containsExactly("late false", "overtaking true", "last true");
    }

    @Test
    void pagesGoOnWhereTheyEndedSealedOrNot() throws Exception {
        for (int i = 0; i < 7; i++) {
            append("act " + i);
            if (i == 3) {
                sealAll();
            }
        }
        settle();
        var backwards = new ArrayList<String>();
        var forwards = new ArrayList<String>();
        String cursor = null;
        do {
            var page = search.newestFirst(AuditFilter.ALL.in(Set.of(team.toString())), AuditPosition.parse(cursor), 2);
            page.items().forEach(event -> backwards.add(0, event.act()));
            cursor = page.nextCursor();
        } while (cursor != null);
        do {
            var page = search.oldestFirst(
                    AuditFilter.ALL.in(Set.of(team.toString(), other.toString())), AuditPosition.parse(cursor), 2);
            page.items().forEach(event -> forwards.add(event.act()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(forwards).hasSize(7).isSorted().isEqualTo(backwards);
        var third = newest(null, 10).get(4);
        var olderVersions =
                Base64.getUrlEncoder().encodeToString((third.at() + " 3 " + team).getBytes(StandardCharsets.UTF_8));
        assertThat(search.oldestFirst(
                                AuditFilter.ALL.in(Set.of(team.toString())), AuditPosition.parse(olderVersions), 1)
                        .items())
                .extracting(AuditEvent::act)
                .containsExactly("act 3");
        assertThat(newest(AuditPosition.parse(olderVersions), 1))
                .extracting(AuditEvent::act)
                .containsExactly("act 1");
    }

    @Test
    void whatIsToldAtTheEndIsSealedAtTheEnd() throws Exception {
        append("at the end");
        settle();
        sealer.stop(new ShutdownEvent());
        assertThat(newest(null, 1)).allMatch(AuditEvent::sealed);
    }

    @Test
    void theAgeOfTheOldestThatIsNotSealedIsAMetric() throws Exception {
        // The sealer comes by once a second: now and then it is there between the two.
        var waits = Pattern.compile("connection_manager_audit_oldest_unsealed_seconds (?!0\\.0\\b)[0-9]");
        var seen = false;
        for (int i = 0; i < 20 && !seen; i++) {
            append("waiting");
            seen = waits.matcher(Persons.get(Persons.newBrowser(), "/q/metrics").body())
                    .find();
        }
        assertThat(seen).isTrue();
        sealAll();
        assertThat(Persons.get(Persons.newBrowser(), "/q/metrics").body())
                .containsPattern("connection_manager_audit_oldest_unsealed_seconds [0-9]");
    }

    /** Else sealing could be held back for as long as something hangs. */
    @Test
    void aTransactionThatTakesTooLongIsNotCommittedAndNotTold() {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().timeout(1).run(() -> {
                    trail.write(entry(team, "too late"));
                    try {
                        Thread.sleep(2_500);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(sql.number("select count(*) from audit_entry where team_id = '" + team + "'"))
                .isZero();
    }

    @Test
    void theDatabaseEndsWhatHangsButNoMigration() throws Exception {
        for (var limit : List.of("statement_timeout", "idle_in_transaction_session_timeout")) {
            assertThat(sql.text("show " + limit)).isEqualTo("30s");
            try (var connection = flyway.getConfiguration().getDataSource().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("show " + limit)) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("0");
            }
        }
    }

    private Void sealWhile(AtomicBoolean writing) {
        while (writing.get()) {
            sealer.seal();
        }
        return null;
    }

    /** Other tests' portals may still be writing something for a moment. */
    private void sealAll() throws InterruptedException {
        Patience.until("all is sealed", () -> {
            sealer.seal();
            return sql.number("select count(*) from audit_unsealed(false, 1)") == 0;
        });
    }

    private void settle() throws InterruptedException {
        Patience.until(
                "all is settled",
                () -> sql.number("select (select count(*) from audit_unsealed(false, 100000))"
                                + " - (select count(*) from audit_unsealed(true, 100000))")
                        == 0);
    }

    private void mustBeChained() {
        assertThat(sql.number("""
                        select count(*) from (select s.*, lag(hash) over w as before_it, row_number() over w as place,
                                audit_hash(e, sequence, previous_hash) as expected
                            from audit_seal s join audit_entry e on id = entry
                            where s.chain in ('%s', '%s') window w as (partition by s.chain order by position)) chained
                        where sequence <> place or hash <> expected
                            or previous_hash <> coalesce(before_it, decode(repeat('00', 32), 'hex'))""".formatted(team, other))).isZero();
    }

    private List<AuditEvent> feed(AuditEvent after, int limit) {
        return search.oldestFirst(
                        AuditFilter.ALL.in(Set.of(team.toString(), other.toString())),
                        after == null ? null : AuditPosition.of(after),
                        limit)
                .items();
    }

    private List<AuditEvent> newest(AuditPosition before, int limit) {
        return search.newestFirst(AuditFilter.ALL.in(Set.of(team.toString())), before, limit)
                .items();
    }

    private void append(String act) {
        QuarkusTransaction.requiringNew().run(() -> trail.write(entry(team, act)));
    }

    private static AuditEntry entry(UUID team, String act) {
        return new AuditEntry("sub", "Name", "owner", team, act, "thing", "x", 1, null, null);
    }

    /** A transaction that has told something and still runs. */
    private Connection begin(UUID of, String act) throws SQLException {
        var connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        tell(connection, of, act);
        return connection;
    }

    private static void tell(Connection connection, UUID of, String act) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    insert into audit_entry (id, actor, actor_name, role, team_id, act, object, object_id, request_id)
                    values (gen_random_uuid(), 'a', 'A', 'none', '%s', '%s', 'thing', 'x', gen_random_uuid())""".formatted(of, act));
        }
    }
}
