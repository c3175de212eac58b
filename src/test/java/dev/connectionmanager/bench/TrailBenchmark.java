package dev.connectionmanager.bench;

import dev.connectionmanager.start.LocalMode;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.flywaydb.core.Flyway;

/**
 * What the trail costs, on PostgreSQL with fsync on: how many transactions a second of two rows end in two events, once
 * in a plain table of the same columns and indexes, once in the trail while it is sealed every second; for one team and
 * for one at each connection. Then how fast a backlog is sealed.
 *
 * <pre>mvn -B verify -Pbench -Dbench=Trail</pre>
 *
 * Arguments: seconds measured, connections, rounds, events of the backlog.
 */
public final class TrailBenchmark {
    private static final int AT_ONCE = 2_000;

    private final String url;
    private final Duration measured;
    private final int connections;

    private TrailBenchmark(String url, Duration measured, int connections) {
        this.url = url;
        this.measured = measured;
        this.connections = connections;
    }

    public static void main(String... args) throws Exception {
        var seconds = number(args, 0, 10);
        var connections = number(args, 1, 8);
        var rounds = number(args, 2, 3);
        var backlog = number(args, 3, 100_000);
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var local = LocalMode.start(Files.createTempDirectory("trail"), port)) {
            var url = local.settings().get("quarkus.datasource.jdbc.url");
            Flyway.configure()
                    .dataSource(url, "postgres", "postgres")
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            var benchmark = new TrailBenchmark(url, Duration.ofSeconds(seconds), connections);
            benchmark.prepare();
            for (int round = 1; round <= rounds; round++) {
                benchmark.compare(round);
            }
            benchmark.sealBacklog(backlog);
        }
    }

    private static int number(String[] args, int place, int otherwise) {
        return args.length > place ? Integer.parseInt(args[place]) : otherwise;
    }

    private void prepare() throws SQLException {
        try (var connection = connect();
                var sql = connection.createStatement()) {
            sql.execute("create table act (id uuid primary key, what text not null)");
            sql.execute("create table plain_entry (like audit_entry including indexes)");
            sql.execute("alter table plain_entry alter at set default clock_timestamp(), alter chain set default 'x'");
        }
    }

    private void compare(int round) throws Exception {
        var one = UUID.randomUUID();
        var without = rate("plain_entry", connection -> one);
        var oneTeam = rate("audit_entry", connection -> one);
        var many = rate("audit_entry", connection -> new UUID(7, connection));
        System.out.printf(
                "round %d, %d connections: without the trail %,d transactions/s; with it, one team %,d/s (%.2f), %d teams"
                        + " %,d/s (%.2f)%n",
                round,
                connections,
                without,
                oneTeam,
                (double) oneTeam / without,
                connections,
                many,
                (double) many / without);
    }

    private void sealBacklog(int events) throws SQLException {
        try (var connection = connect();
                var sql = connection.createStatement()) {
            seal();
            sql.execute("""
                    insert into audit_entry (id, actor, actor_name, role, team_id, act, object, object_id, before, after,
                        request_id)
                    select gen_random_uuid(), 'sub', 'Olivia Owner', 'owner', cast(md5(cast(i %% 100 as text)) as uuid),
                        'registration-changed', 'registration', cast(i as text), repeat('x', 480), repeat('y', 480),
                        gen_random_uuid()
                    from generate_series(1, %d) i""".formatted(events));
        }
        var start = System.nanoTime();
        var sealed = seal();
        System.out.printf(
                "a backlog of %,d events was sealed at %,d/s%n",
                sealed, sealed * 1_000_000_000L / (System.nanoTime() - start));
    }

    private long rate(String table, IntFunction<UUID> team) throws Exception {
        work(table, team, measured.dividedBy(3));
        return work(table, team, measured) * 1_000 / measured.toMillis();
    }

    private long work(String table, IntFunction<UUID> team, Duration time) throws Exception {
        var pool = Executors.newFixedThreadPool(connections);
        var sealer = table.equals("audit_entry") ? sealer() : null;
        var end = System.nanoTime() + time.toNanos();
        try {
            List<Callable<Long>> workers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                var own = team.apply(i);
                workers.add(() -> transactions(table, own, end));
            }
            var all = 0L;
            for (var worker : pool.invokeAll(workers)) {
                all += worker.get();
            }
            return all;
        } finally {
            pool.shutdownNow();
            if (sealer != null) {
                sealer.shutdown();
                sealer.awaitTermination(1, TimeUnit.MINUTES);
                reportUnsealed();
            }
        }
    }

    private ScheduledExecutorService sealer() {
        var sealer = Executors.newSingleThreadScheduledExecutor();
        sealer.scheduleWithFixedDelay(
                () -> {
                    try {
                        seal();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
        return sealer;
    }

    private long seal() throws SQLException {
        var all = 0L;
        try (var connection = connect();
                var sql = connection.createStatement()) {
            int sealed;
            do {
                try (var row = sql.executeQuery("select audit_seal_next(" + AT_ONCE + ")")) {
                    row.next();
                    sealed = row.getInt(1);
                }
                all += sealed;
            } while (sealed == AT_ONCE);
        }
        return all;
    }

    /** What the sealer has not come to would be a cost that was not measured. */
    private void reportUnsealed() throws SQLException {
        try (var connection = connect();
                var sql = connection.createStatement();
                var row = sql.executeQuery("""
                        select count(*), coalesce(extract(epoch from clock_timestamp() - min(at)), 0)
                        from audit_unsealed(false, 2147483647)""")) {
            row.next();
            System.out.printf(
                    "  at the end %,d events are not sealed, the oldest for %.1f s%n",
                    row.getLong(1), row.getDouble(2));
        }
    }

    private long transactions(String table, UUID team, long end) throws SQLException {
        var done = 0L;
        try (var connection = connect();
                var act = connection.prepareStatement("insert into act values (?, 'something')");
                var event = connection.prepareStatement("insert into " + table
                        + " (id, actor, actor_name, role, team_id, act, object, object_id, version, before, after,"
                        + " request_id) values (?, 'sub', 'Olivia Owner', 'owner', ?, 'registration-changed',"
                        + " 'registration', ?, 1, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            var state = "{\"redirect_uris\":[\"https://app.supplier.co.uk/callback\"]}".repeat(8);
            while (System.nanoTime() < end) {
                var id = UUID.randomUUID();
                for (int row = 0; row < 2; row++) {
                    act.setObject(1, UUID.randomUUID());
                    act.addBatch();
                    event.setObject(1, UUID.randomUUID());
                    event.setObject(2, team);
                    event.setString(3, id.toString());
                    event.setString(4, state);
                    event.setString(5, state);
                    event.setObject(6, id);
                    event.addBatch();
                }
                act.executeBatch();
                event.executeBatch();
                connection.commit();
                done++;
            }
        }
        return done;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }
}
