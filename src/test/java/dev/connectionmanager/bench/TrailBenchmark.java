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
import java.util.function.IntFunction;
import org.flywaydb.core.Flyway;

/**
 * How many transactions a second end in an event of the trail, on PostgreSQL with fsync on: without a chain (a table of
 * the same columns and indexes), with one chain for all connections, and with a chain for each. Run by hand:
 *
 * <pre>mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp target/test-classes:target/classes:$(cat target/classpath) dev.connectionmanager.bench.TrailBenchmark</pre>
 */
public final class TrailBenchmark {
    private static final int CONNECTIONS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    private TrailBenchmark() {}

    public static void main(String... args) throws Exception {
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
            prepare(url);
            var one = UUID.randomUUID();
            for (int round = 1; round <= 3; round++) {
                System.out.printf(
                        "round %d: no chain %,d/s, one chain %,d/s, %d chains %,d/s%n",
                        round,
                        rate(url, "unchained_event", connection -> one),
                        rate(url, "audit_event", connection -> one),
                        CONNECTIONS,
                        rate(url, "audit_event", connection -> new UUID(7, connection)));
            }
        }
    }

    private static void prepare(String url) throws SQLException {
        try (var connection = connect(url);
                var sql = connection.createStatement()) {
            sql.execute("create table act (id uuid primary key, what text not null)");
            sql.execute("create table unchained_event (like audit_event including indexes)");
            sql.execute("alter table unchained_event alter chain drop not null, alter sequence drop not null,"
                    + " alter previous_hash drop not null, alter hash drop not null");
        }
    }

    private static long rate(String url, String table, IntFunction<UUID> team) throws Exception {
        work(url, table, team, WARM_UP);
        return work(url, table, team, MEASURED) / MEASURED.toSeconds();
    }

    private static long work(String url, String table, IntFunction<UUID> team, Duration time) throws Exception {
        var pool = Executors.newFixedThreadPool(CONNECTIONS);
        var end = System.nanoTime() + time.toNanos();
        try {
            List<Callable<Long>> workers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var own = team.apply(i);
                workers.add(() -> transactions(url, table, own, end));
            }
            var all = 0L;
            for (var worker : pool.invokeAll(workers)) {
                all += worker.get();
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private static long transactions(String url, String table, UUID team, long end) throws SQLException {
        var done = 0L;
        try (var connection = connect(url);
                var act = connection.prepareStatement("insert into act values (?, 'something')");
                var event = connection.prepareStatement("insert into " + table
                        + " (id, at, actor, actor_name, role, team_id, act, object, object_id, version, before, after,"
                        + " request_id) values (?, now(), 'sub', 'Olivia Owner', 'owner', ?, 'registration-changed',"
                        + " 'registration', ?, 1, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            var state = "{\"redirect_uris\":[\"https://app.supplier.co.uk/callback\"]}".repeat(8);
            while (System.nanoTime() < end) {
                var id = UUID.randomUUID();
                act.setObject(1, id);
                act.executeUpdate();
                event.setObject(1, UUID.randomUUID());
                event.setObject(2, team);
                event.setString(3, id.toString());
                event.setString(4, state);
                event.setString(5, state);
                event.setObject(6, id);
                event.executeUpdate();
                connection.commit();
                done++;
            }
        }
        return done;
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "postgres", "postgres");
    }
}
