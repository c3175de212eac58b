package dev.connectionmanager.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connectionmanager.testing.Patience;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in a database before anything is migrated. */
class SchemaHistoryTest {
    private static final String ALL = """
            select coalesce(string_agg(c.relname || ' ' || a.attname, ', ' order by c.relname, a.attnum), 'nothing')
            from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relnamespace = 'public'::regnamespace""";

    private static EmbeddedPostgres server;

    @TempDir
    private Path directory;

    private String url;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void makeDatabase() throws SQLException {
        var name = "d" + UUID.randomUUID().toString().replace("-", "");
        query(server.getJdbcUrl("postgres", "postgres"), "create database " + name, "select 1");
        url = server.getJdbcUrl("postgres", name);
    }

    @Test
    void takesAnEmptyDatabaseAndLeavesItEmpty() throws SQLException {
        assertThat(warningOf(url)).isEmpty();
        assertThat(query(url, ALL)).isEqualTo("nothing");
    }

    @Test
    void takesWhatThisVersionMadeAndWhatAnEarlierReleaseDid() throws SQLException {
        migrate(url, "classpath:db/migration");
        assertThat(warningOf(url)).isEmpty();
        // As if the last migration had come with this version.
        query(
                url,
                "delete from flyway_schema_history where installed_rank = (select max(installed_rank)"
                        + " from flyway_schema_history)",
                "select 1");
        assertThat(warningOf(url)).isEmpty();
    }

    /** A client with a certificate that ends in a week and one without any endpoint, as the version before kept them. */
    @Test
    void keepsWhichCertificatesEndSoonAndPlansOnlyWhatHasAnEndpoint() throws SQLException {
        Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations("classpath:db/migration")
                .target("012")
                .load()
                .migrate();
        query(url, """
                insert into team (id, name, categories, created_at, version) values (gen_random_uuid(), 'T', '{SUPPLIER}', now(), 0);
                insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                select gen_random_uuid(), id, n, '', 'SUPPLIER', 'WEB', '{}', now(), 0 from team, (values ('1'), ('2')) names(n);
                insert into issued_client_id select '12345678901' || name, name, now() from application;
                insert into registration (id, application_id, environment, client_id, state, revision, issued_at, version)
                select id, id, 'integration', name, 'ACTIVE', 1, now(), 0 from application;
                insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
                select id, id, 1, case name when '1' then '{"jwks_uri": "https://a.example/jwks"}' else '{"jwks_uri": null}' end::jsonb,
                    '{"all": []}', 'x', 'x', now() from application;
                insert into recheck (registration_id, due_at) select id, now() from registration;
                insert into endpoint_health (id, registration_id, field, uri, checked_at, broken, certificate_ends)
                select id, id, 'jwks_uri', 'https://a.example/jwks', now(), false, now() + interval '7 days'
                from application where name = '1'""", "select 1");
        migrate(url, "classpath:db/migration");
        assertThat(
                        query(
                                url,
                                "select string_agg(client_id, ', ') from recheck join registration r on r.id = registration_id"))
                .isEqualTo("1");
        assertThat(query(
                        url,
                        "select certificate_attention = certificate_ends - interval '30 days' from endpoint_health"))
                .isEqualTo("t");
        assertThat(query(url, "select count(*) from endpoint_health join attestation_due using (team_id)"))
                .isEqualTo("1");
    }

    /** Of one team and environment, the one that was issued first has the name alone; a deleted one keeps its own. */
    @Test
    void givesEveryRegistrationOfBeforeAName() throws SQLException {
        Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations("classpath:db/migration")
                .target("037?")
                .load()
                .migrate();
        query(url, """
                insert into team (id, name, categories, created_at, version) values (gen_random_uuid(), 'T', '{SUPPLIER}', now(), 0);
                insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                select gen_random_uuid(), id, n, '', 'SUPPLIER', 'WEB', '{}', now(), 0
                from team, (values ('1 Ward'), ('2 Ward 2'), ('3 ward'), ('4 Ward'), ('5 病院')) names(n);
                insert into issued_client_id select '12345678901' || left(name, 1), left(name, 1), now() from application;
                insert into registration
                    (id, application_id, environment, client_id, state, revision, issued_at, deleted_at, version)
                select id, id, case left(name, 1) when '4' then 'deployment' else 'integration' end, left(name, 1), 'ACTIVE', 1,
                    now() + left(name, 1)::integer * interval '1 s', case left(name, 1) when '1' then now() end, 0 from application;
                insert into revision (id, registration_id, number, metadata, warnings, actor, actor_name, at)
                select id, id, 1, jsonb_build_object('client_name', substr(name, 3)), '{"all": []}', 'x', 'x', now() from application""", "select 1");
        migrate(url, "classpath:db/migration");
        assertThat(query(
                        url,
                        "select string_agg(client_id || ' ' || c.name, ', ' order by client_id) from config_name c"
                                + " join registration r on r.id = registration_id"))
                .isEqualTo("1 ward, 2 ward-2, 3 ward-3, 4 ward, 5 client");
    }

    /** Two requests as the version before kept them, the second one made first, and one as a node of it makes it meanwhile. */
    @Test
    void numbersRequestsInTheOrderInWhichTheyWereMade() throws SQLException {
        Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations("classpath:db/migration")
                .target("035")
                .load()
                .migrate();
        var add = """
                insert into production_request (id, application_id, environment, state, candidate, client_name, edition, editors,
                    editor_teams, fields_to_change, created_at, updated_at, updated_by, version)
                select gen_random_uuid(), id, said, 'DRAFT', '{}', said, 1, '{}', '{}', '{}', made::timestamptz, now(), 'x', 0
                from application, (values %s) asked(said, made)""";
        query(
                url,
                """
                insert into team (id, name, categories, created_at, version) values (gen_random_uuid(), 'T', '{SUPPLIER}', now(), 0);
                insert into application (id, team_id, name, description, category, application_type, contacts, created_at, version)
                select gen_random_uuid(), id, 'A', '', 'SUPPLIER', 'WEB', '{}', now(), 0 from team;
                """ + add.formatted("('second', '2026-12-31T23:59:59Z'), ('first', '2025-07-01T00:00:00+01:00')"),
                "select 1");
        migrate(url, "classpath:db/migration");
        query(url, add.formatted("('third', '2027-01-01T00:00:00Z')"), "select 1");
        assertThat(query(
                        url,
                        "select string_agg(client_name || ' ' || number, ', ' order by number) from production_request"
                                + " where words @@ to_tsquery('simple', 'cm')"))
                .isEqualTo("first CM-2025-00001, second CM-2026-00002, third CM-2027-00003");
    }

    @Test
    void warnsOfWhatANewerVersionAdded() throws SQLException {
        migrate(url, "classpath:db/migration");
        query(
                url,
                "insert into flyway_schema_history select 999, '999', 'next', type, 'V999__next.sql', 1, installed_by,"
                        + " now(), 1, true from flyway_schema_history where installed_rank = 1",
                "select 1");
        assertThat(warningOf(url))
                .startsWith(
                        "Warning: the database was upgraded by a newer version of Connection Manager (to V999__next.sql).")
                .hasLineCount(1);
    }

    @Test
    void refusesAMigrationThatIsNotAsItWas() throws SQLException {
        migrate(url, "classpath:db/migration");
        query(url, "update flyway_schema_history set checksum = checksum + 1 where installed_rank = 2", "select 1");
        assertThatThrownBy(() -> check(url))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("the database was made by an earlier pre-release");
    }

    @Test
    void refusesTablesThatAreNotThePortals() throws SQLException {
        query(url, "create table other (id integer)", "select 1");
        assertThatThrownBy(() -> check(url))
                .isInstanceOf(StartRefused.class)
                .hasMessage(
                        "Connection Manager did not start: the database holds tables that are not Connection Manager's."
                                + " Nothing in it was changed. Help.");
    }

    @Test
    void leavesADatabaseThatCannotBeReadToTheMigration() {
        assertThat(warningOf(url.replaceFirst("/d[0-9a-f]+", "/absent"))).isEmpty();
    }

    @Test
    void stopsTheStartOnWhatAnEarlierPreReleaseMadeAndChangesNothing() throws Exception {
        makePreRelease(url, directory);
        var before = query(url, ALL);
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Map.of(
                        "quarkus.datasource.jdbc.url", url + "&password=hidden",
                        "quarkus.datasource.username", "postgres",
                        "quarkus.datasource.password", "postgres",
                        "quarkus.oidc.auth-server-url", "http://localhost:1",
                        "quarkus.oidc.client-id", "portal",
                        "quarkus.oidc.credentials.secret", "secret",
                        "connection-manager.encryption-keyset", "{\"key\":[{\"keyData\":{\"value\":\"\"}}]}")
                .forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.connectionmanager.Main"));
        var main = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(main.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(main.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(main.exitValue()).isEqualTo(1);
        assertThat(said)
                .isEqualToIgnoringNewLines(
                        "Connection Manager did not start: the database at " + url.replaceFirst("\\?.*", "")
                                + " was made by an earlier pre-release, which this version cannot use. Nothing in it was changed."
                                + " Make a new, empty database and name it in QUARKUS_DATASOURCE_JDBC_URL.");
        assertThat(query(url, ALL)).isEqualTo(before);
    }

    /** A database as pre-releases began it. */
    static void makePreRelease(String url, Path migrations) throws IOException {
        Files.createDirectories(migrations);
        Files.writeString(migrations.resolve("V001__teams.sql"), "create table team (id uuid primary key);");
        Files.writeString(migrations.resolve("V062__offers.sql"), "create table handover (id uuid primary key);");
        migrate(url, "filesystem:" + migrations);
    }

    private static void migrate(String url, String migrations) {
        Flyway.configure()
                .dataSource(url, "postgres", "postgres")
                .locations(migrations)
                .load()
                .migrate();
    }

    private static void check(String url) {
        SchemaHistory.requireOfThisVersion(url, "postgres", "postgres", "the database", "Help.");
    }

    private static String warningOf(String url) {
        var usual = System.err;
        var said = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            check(url);
        } finally {
            System.setErr(usual);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** What the last statement, a query, answers. */
    private static String query(String url, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var sql = connection.createStatement()) {
            for (var statement : statements) {
                sql.execute(statement);
            }
            var result = sql.getResultSet();
            result.next();
            return result.getString(1);
        }
    }
}
