package dev.connectionmanager.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.PortalTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migrations on a database of their own, owned by one role and used by another. */
@PortalTest
class AuditMigrationTest {
    private static final String TEAM = "5f2c7f3e-6a51-4c64-9b8e-0d6a1f0c1a11";

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String portal;

    private final String name = "migration_" + UUID.randomUUID().toString().replace("-", "");
    private final String owner = name + "_owner";
    private final String user = name + "_user";

    @BeforeEach
    void makeADatabaseWithTwoRoles() throws SQLException {
        run(server(), "postgres", "create role " + owner + " login password 'secret'");
        run(server(), "postgres", "create role " + user + " login password 'secret'");
        run(server(), "postgres", "create database " + name + " owner " + owner);
        run(url(), "postgres", "grant all on schema public to " + owner);
        run(
                url(),
                owner,
                "alter default privileges grant select, insert, update, delete, truncate on tables to " + user);
    }

    @Test
    void eventsAreChainedInTheOrderInWhichTheyCameWhateverTimeTheyGive() throws SQLException {
        migrate();
        for (var row : List.of(
                "'2026-03-01T00:00:00Z', '" + TEAM + "', 'first'",
                "'2026-01-01T00:00:00Z', '" + TEAM + "', 'second'",
                "'2026-02-01T00:00:00.5Z', null, 'of no team'",
                "'2026-02-01T00:00:00.123456Z', '" + TEAM + "', 'third'")) {
            run(url(), user, """
                    insert into audit_event (at, team_id, act, id, actor, actor_name, role, object, object_id, version, before,
                        after, request_id)
                    values (%s, gen_random_uuid(), 'sub', 'Zoë', 'owner', 'thing', 'x', 3, null, '{"a": 1}',
                        gen_random_uuid())""".formatted(row));
        }
        assertThat(rows("select sequence || act from audit_event where chain = 'portal'"))
                .containsExactly("1of no team");
        assertThat(rows("""
                        select act from (select *, lag(hash) over w as before_it, row_number() over w as place,
                                audit_event_hash(e) as expected
                            from audit_event e where chain = '%s' window w as (order by sequence)) chained
                        where sequence = place and hash = expected
                            and previous_hash = coalesce(before_it, decode(repeat('00', 32), 'hex'))
                        order by at""".formatted(TEAM))).containsExactly("first", "second", "third");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_event set actor = 'nobody'",
                "delete from audit_event",
                "truncate audit_event",
                "alter table audit_event disable trigger all",
                "drop trigger audit_event_append_only on audit_event",
                "set session_replication_role = replica",
                "insert into audit_chain values ('x', 1, '', now())",
                "update audit_chain set sequence = sequence + 1",
                "delete from audit_chain",
                "create or replace function audit_event_append() returns trigger language plpgsql as 'begin return new; end'"
            })
    void theApplicationsRoleMayOnlyReadAndAdd(String statement) throws SQLException {
        migrate();
        run(url(), user, event("added"));
        assertThat(rows("select act from audit_event")).containsExactly("added");
        assertThatThrownBy(() -> run(url(), user, statement))
                .isInstanceOf(SQLException.class)
                .message()
                .matches(message -> message.contains("permission denied") || message.contains("must be owner"));
    }

    @Test
    void aTemporaryTableDoesNotPassForTheHeadOfAChain() throws SQLException {
        migrate();
        run(url(), user, event("first"));
        try (var connection = connection(url(), user);
                var sql = connection.createStatement()) {
            sql.execute(
                    "create temporary table audit_chain as select chain, 100 as sequence, hash, at from audit_chain");
            sql.execute(event("second"));
        }
        assertThat(rows("select sequence || act from audit_event order by sequence"))
                .containsExactly("1first", "2second");
    }

    private static String event(String act) {
        return """
                insert into audit_event (id, at, actor, actor_name, role, team_id, act, object, object_id, request_id)
                values (gen_random_uuid(), now(), 'sub', 'Name', 'owner', '%s', '%s', 'thing', 'x', gen_random_uuid())""".formatted(TEAM, act);
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(url(), owner, "secret")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    /** Without the user that the portal's own address names. */
    private String server() {
        return portal.replaceFirst("\\?.*", "");
    }

    private String url() {
        return portal.replaceFirst("/postgres\\b.*", "/" + name);
    }

    private List<String> rows(String query) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = connection(url(), user);
                var sql = connection.createStatement();
                var result = sql.executeQuery(query)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private static void run(String url, String user, String statement) throws SQLException {
        try (var connection = connection(url, user);
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static Connection connection(String url, String user) throws SQLException {
        return DriverManager.getConnection(url, user, user.equals("postgres") ? "postgres" : "secret");
    }
}
