package dev.connectionmanager.testing;

import dev.connectionmanager.start.LocalMode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The portal in local mode, as the README starts it, on a free port and an empty directory of its own. Arguments of the
 * annotation are settings that differ from it.
 */
public final class LocalPortal implements QuarkusTestResourceLifecycleManager {
    private LocalMode local;
    private Map<String, String> different = Map.of();

    @Override
    public void init(Map<String, String> arguments) {
        different = arguments;
    }

    @Override
    public Map<String, String> start() {
        forgetThePortalBefore();
        try {
            Files.createDirectories(Path.of("target"));
            local = LocalMode.start(
                    Files.createTempDirectory(Path.of("target").toAbsolutePath(), "local-"), freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(local::close));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var settings = new HashMap<>(local.settings());
        waitForNoDisk(settings.get("quarkus.datasource.jdbc.url"));
        settings.put("quarkus.http.test-port", settings.get("quarkus.http.port"));
        settings.put("quarkus.http.test-host", "localhost");
        settings.put("quarkus.log.file.enabled", "true");
        settings.put(
                "quarkus.log.file.path",
                Path.of(settings.get("connection-manager.local.directory"))
                        .resolve("portal.log")
                        .toString());
        // What the portal does by the clock stands still: see Timers. Tests have nodes of their own.
        settings.put("quarkus.scheduler.start-mode", "halted");
        settings.put("connection-manager.checks.nightly", "false");
        // On a busy machine quick checks take longer.
        settings.put("connection-manager.checks.wait", "6s");
        settings.putAll(different);
        return settings;
    }

    /** Of several portals in one JVM, Quarkus keeps the first one's transactions, and tells its beans when one begins. */
    private static void forgetThePortalBefore() {
        try {
            var kept = Class.forName("io.quarkus.narayana.jta.QuarkusTransactionImpl");
            for (var name : List.of("cachedUserTransaction", "cachedTransactionManager")) {
                var field = kept.getDeclaredField(name);
                field.setAccessible(true);
                field.set(null, null);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No test pulls the plug on this database: a commit need not wait until the disk has it. */
    private static void waitForNoDisk(String database) {
        try (var connection = DriverManager.getConnection(database, "postgres", "postgres");
                var sql = connection.createStatement()) {
            sql.execute("alter role all set synchronous_commit = off");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (local != null) {
            local.close();
        }
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
