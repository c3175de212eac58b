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
    void entriesAreChainedInTheOrderInWhichTheyCameWhateverTimeTheyGive() throws SQLException {
        migrate(null);
        for (var row : List.of(
                "'2026-03-01T00:00:00Z', '" + TEAM + "', 'first'",
                "'2026-01-01T00:00:00Z', '" + TEAM + "', 'second'",
                "'2026-02-01T00:00:00.5Z', null, 'of no team'",
                "'2026-02-01T00:00:00.123456Z', '" + TEAM + "', 'third'")) {
            run(url(), user, """
                    insert into audit_entry (at, team_id, act, id, actor, actor_name, role, object, object_id, version, before,
                        after, request_id)
                    values (%s, gen_random_uuid(), 'sub', 'Zoë', 'owner', 'thing', 'x', 3, null, '{"a": 1}',
                        gen_random_uuid())""".formatted(row));
        }
        assertThat(rows("select audit_seal_next(100)")).containsExactly("4");
        assertThat(
                        rows(
                                "select sequence || act from audit_seal join audit_entry on id = entry where audit_seal.chain = 'portal'"))
                .containsExactly("1of no team");
        assertThat(chain("order by at")).containsExactly("first", "second", "third");
    }

    /** What many teams told before, on a database of the version before; the tail of one chain was cut off by a superuser. */
    @Test
    void everyChainGoesOnFromWhereItWas() throws SQLException {
        migrate("17");
        run(url(), user, event("zero"));
        run(url(), user, """
                insert into audit_event (id, at, actor, actor_name, role, team_id, act, object, object_id, request_id)
                select gen_random_uuid(), now(), 'sub', 'Name', 'owner',
                    case when i % 9 = 0 then null else cast(md5('team ' || i % 40) as uuid) end,
                    'act ' || i, 'thing', 'x', gen_random_uuid() from generate_series(1, 1000) i""");
        run(url(), "postgres", """
                alter table audit_event disable trigger audit_event_append_only;
                delete from audit_event e where team_id = cast(md5('team 7') as uuid)
                    and sequence = (select max(sequence) from audit_event where chain = e.chain);
                alter table audit_event enable always trigger audit_event_append_only""");
        var heads =
                rows("select chain || ' ' || sequence || ' ' || encode(hash, 'hex') from audit_chain order by chain");
        var places = "select id || chain || sequence || encode(previous_hash, 'hex') || encode(hash, 'hex') || at"
                + " from audit_event order by id";
        var before = rows(places);
        migrate(null);
        assertThat(rows(places)).hasSize(1_000).isEqualTo(before);
        assertThat(
                        rows(
                                "select chain || ' ' || sequence || ' ' || encode(hash, 'hex') from audit_chain order by chain"))
                .hasSize(42)
                .isEqualTo(heads);
        assertThat(rows("select count(*) from audit_unsealed(false, 10)")).containsExactly("0");
        run(url(), user, event("first"));
        run(url(), user, entry("second"));
        run(url(), user, event("third"));
        assertThat(rows("select act from audit_event where sequence > 1 and chain = '" + TEAM + "'"))
                .as("not sealed yet, and nodes of the version before know none such")
                .isEmpty();
        assertThat(rows("select audit_seal_next(100)")).containsExactly("3");
        assertThat(chain("order by sequence")).containsExactly("zero", "first", "second", "third");
        assertThat(rows("select count(distinct position) || ' ' || max(position) from audit_seal"))
                .as("one order over all chains, without a gap")
                .containsExactly("1004 1004");
        run(url(), user, event("fourth").replace(TEAM, hyphenated("team 7")));
        run(url(), user, "select audit_seal_next(100)");
        assertThat(rows("select act from audit_event e where chain = '" + hyphenated("team 7") + "' and sequence ="
                        + " (select max(sequence) - 1 from audit_chain where chain = e.chain)"))
                .as("the gap stays")
                .isEmpty();
    }

    /** A dump, loaded into another server, brings transactions that this one has not come to yet. */
    @Test
    void goesOnWhereTransactionsAreCountedAnew() throws SQLException {
        migrate(null);
        run(url(), user, entry("sealed there"));
        run(url(), user, "select audit_seal_next(100)");
        run(url(), user, entry("told there"));
        run(url(), "postgres", """
                alter table audit_entry disable trigger audit_entry_append_only;
                update audit_entry set transaction = cast(cast(cast(cast(transaction as text) as bigint) + 1000000000 as text)
                    as xid8)""");
        assertThat(rows("select audit_seal_next(1)")).containsExactly("1");
        run(url(), user, entry("first here"));
        run(url(), user, entry("second here"));
        assertThat(rows("select audit_seal_next(1)")).containsExactly("1");
        run(url(), user, entry("third here"));
        assertThat(rows("select audit_seal_next(100)")).containsExactly("2");
        assertThat(chain("order by sequence"))
                .containsExactly("sealed there", "told there", "first here", "second here", "third here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit_entry set actor = 'nobody'",
                "delete from audit_entry",
                "truncate audit_entry",
                "alter table audit_entry disable trigger all",
                "drop trigger audit_entry_append_only on audit_entry",
                "set session_replication_role = replica",
                "insert into audit_seal values (1, gen_random_uuid(), 'x', 1, '', '')",
                "update audit_seal set sequence = sequence + 1",
                "delete from audit_seal",
                "truncate audit_seal",
                "select nextval('audit_entry_number')",
                "create or replace function audit_entry_stamp() returns trigger language plpgsql as 'begin return new; end'"
            })
    void theApplicationsRoleMayOnlyReadAndAdd(String statement) throws SQLException {
        migrate(null);
        run(url(), user, entry("added"));
        run(url(), user, "select audit_seal_next(100)");
        assertThat(rows("select act from audit_event")).containsExactly("added");
        assertThatThrownBy(() -> run(url(), user, statement))
                .isInstanceOf(SQLException.class)
                .message()
                .matches(message -> message.contains("permission denied") || message.contains("must be owner"));
    }

    @Test
    void aTemporaryTableDoesNotPassForTheTrail() throws SQLException {
        migrate(null);
        run(url(), user, entry("first"));
        run(url(), user, "select audit_seal_next(100)");
        try (var connection = connection(url(), user);
                var sql = connection.createStatement()) {
            sql.execute("create temporary table audit_seal as select position, entry, chain, 100 as sequence,"
                    + " previous_hash, hash from audit_seal");
            sql.execute("create temporary table audit_entry as select * from audit_entry");
            sql.execute(event("second").replace("audit_event", "public.audit_entry"));
            sql.execute("select audit_seal_next(100)");
        }
        assertThat(rows("select sequence || act from audit_event order by sequence"))
                .containsExactly("1first", "2second");
    }

    /** @return the acts of a team's events whose place, hash, and hash of the one before are right */
    private List<String> chain(String order) throws SQLException {
        return rows("""
                select act from (select act, at, s.*, lag(s.hash) over w as before_it, row_number() over w as place,
                        audit_hash(e, sequence, previous_hash) as expected
                    from audit_seal s join audit_entry e on id = entry where s.chain = '%s'
                    window w as (order by sequence)) chained
                where sequence = place and hash = expected
                    and previous_hash = coalesce(before_it, decode(repeat('00', 32), 'hex'))
                """.formatted(TEAM) + order);
    }

    private String hyphenated(String team) throws SQLException {
        return rows("select cast(md5('" + team + "') as uuid)").get(0);
    }

    private static String entry(String act) {
        return event(act).replace("audit_event", "audit_entry");
    }

    /** As nodes of the version before tell it. */
    private static String event(String act) {
        return """
                insert into audit_event (id, at, actor, actor_name, role, team_id, act, object, object_id, request_id)
                values (gen_random_uuid(), now(), 'sub', 'Name', 'owner', '%s', '%s', 'thing', 'x', gen_random_uuid())""".formatted(TEAM, act);
    }

    /** @param version up to this one; {@code null} = the latest */
    private void migrate(String version) {
        Flyway.configure()
                .target(version == null ? "latest" : version)
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
