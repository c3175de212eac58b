package dev.connectionmanager.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The portal on a database that one role owns and another uses, made as docs/audit-trail.md says, and with an SMTP port. */
public final class TwoRolePortal implements QuarkusTestResourceLifecycleManager {
    private final LocalPortal portal = new LocalPortal();

    @Override
    public void init(Map<String, String> arguments) {
        portal.init(arguments);
    }

    @Override
    public Map<String, String> start() {
        var settings = portal.start();
        settings.putAll(MailCertificates.make());
        settings.put("connection-manager.mail.port", Integer.toString(LocalPortal.freePort()));
        var server = settings.get("quarkus.datasource.jdbc.url").replaceFirst("\\?.*", "");
        var database = server.replaceFirst("/postgres$", "/connection_manager");
        run(
                server,
                "postgres",
                "create role connection_manager_owner login password 'owner'",
                "create role connection_manager login password 'user'",
                "create database connection_manager owner connection_manager_owner");
        run(
                database,
                "connection_manager_owner",
                "alter default privileges grant select, insert, update, delete on tables to connection_manager");
        settings.put("quarkus.datasource.jdbc.url", database);
        settings.put("quarkus.datasource.username", "connection_manager");
        settings.put("quarkus.datasource.password", "user");
        settings.put("quarkus.flyway.username", "connection_manager_owner");
        settings.put("quarkus.flyway.password", "owner");
        return settings;
    }

    private static void run(String url, String user, String... statements) {
        try (var connection = DriverManager.getConnection(url, user, user.equals("postgres") ? "postgres" : "owner");
                var sql = connection.createStatement()) {
            for (var statement : List.of(statements)) {
                sql.execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        portal.stop();
    }
}
