package dev.connectionmanager.bench;

import dev.connectionmanager.review.RequestFilter;
import dev.connectionmanager.review.RequestFilter.Order;
import dev.connectionmanager.review.Requests;
import dev.connectionmanager.review.ReviewOverview;
import dev.connectionmanager.review.rules.RequestState;
import dev.connectionmanager.review.rules.Risk;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Category;
import dev.connectionmanager.testing.Persons;
import dev.connectionmanager.testing.PortalTest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * How long the operators' pages take with 100,000 requests, and as many clients, of 1,000 teams in the portal's
 * PostgreSQL: each page is asked for 20 times over HTTP, log-in and rendering included. Then PostgreSQL tells in its log,
 * {@code database.log} in the portal's directory, how it ran each query ({@code auto_explain}).
 *
 * <pre>mvn -B test -Dtest.jvm= -Dtest=QueueBenchmark</pre>
 *
 * No part of the build: its name is not one of a test.
 */
@PortalTest
class QueueBenchmark {
    private static final int TIMES = 20;
    private static final String ME = "local-operator";
    private static final Actor OPERATOR = Actor.person(ME, "", "Opal Operator", true, Map.of());

    /**
     * The youngest 40,000 wait for a decision, half of them taken by 40 operators; of the others most are decided. That is
     * how it would be in earnest, and the worst for whoever walks along all of them in the order of time.
     */
    private static final String FILL = """
            insert into team (id, name, categories, created_at, version)
                select gen_random_uuid(), 'Trust ' || md5(i::text), '{SUPPLIER,LOCAL,NATIONAL}', now(), 0
                from generate_series(1, 1000) i;
            insert into application (id, team_id, name, description, category, application_type, contacts, created_at,
                    version)
                select gen_random_uuid(), t.id, 'App ' || md5('a' || i || t.name), '',
                    (array['SUPPLIER', 'LOCAL', 'NATIONAL'])[1 + i % 3], 'WEB', '{}', now(), 0
                from team t, generate_series(1, 100) i where t.name like 'Trust %';
            insert into production_request (id, application_id, environment, state, candidate, client_name, hosts, note,
                    edition, editors, editor_teams, fields_to_change, risk, assignee, assignee_name, created_at, updated_at, updated_by,
                    first_submitted_at, submitted_at, due_at, decided_at, decided_by, decided_by_name, version)
                select gen_random_uuid(), a.id, 'production', a.state, format('{"client_name":"Client %s","redirect_uris":'
                    '["https://app%s.example.org/callback","https://www.supplier.co.uk/callback"],'
                    '"token_endpoint_auth_method":"client_secret_basic"}', left(a.key, 8), a.n),
                    'Client ' || left(a.key, 8), array['app' || a.n || '.example.org', 'www.supplier.co.uk'],
                    repeat('Please. ', 60), 1,
                    '{local-owner}', array[a.team_id], '{}', a.risk,
                    case when a.n % 2 = 0 then 'local-operator' || coalesce(nullif(a.n % 80, 0)::text, '') end,
                    case when a.n % 2 = 0 then 'Operator' end,
                    a.at - interval '1 day', a.at, 'Olivia Owner', a.at, a.at, a.at + interval '5 days',
                    case when a.state <> 'SUBMITTED' then a.at + (a.n % 200) * interval '1 hour' end,
                    case when a.state <> 'SUBMITTED' then 'local-operator2' end,
                    case when a.state <> 'SUBMITTED' then 'Oscar Operator' end, 1
                from (select id, team_id, n, md5(n::text) as key, now() - n * interval '3 minutes' as at,
                    case when n <= 40000 then 'SUBMITTED' else (array['APPROVED', 'APPROVED', 'APPROVED', 'APPROVED',
                        'APPROVED', 'REJECTED', 'REJECTED', 'REJECTED', 'WITHDRAWN', 'CHANGES_REQUESTED'])[1 + n % 10]
                        end as state,
                    (array['NONE', 'NONE', 'NONE', 'LOW', 'LOW', 'MEDIUM', 'HIGH'])[1 + n % 7] as risk
                    from (select id, team_id, row_number() over (order by id) as n from application
                        where name like 'App %') numbered) a;
            insert into request_entry (id, request_id, kind, author, author_name, role, text, fields, at)
                select gen_random_uuid(), r.id, k, 'local-owner', 'Olivia Owner', 'owner', repeat('Words. ', 20), '{}',
                    r.created_at
                from production_request r, unnest(array['OPENED', 'SUBMITTED', 'COMMENT']) k;
            analyze""";

    /** They have no settings, which only their list can do without: so they come when all else is measured. */
    private static final String ISSUE_CLIENTS = """
            create temporary table client as select id, row_number() over (order by id) as n,
                (200000000000 + row_number() over (order by id))::text as number from application where name like 'App %';
            insert into issued_client_id select number, number || '.apps.supplier', now() from client;
            insert into registration (id, application_id, environment, client_id, state, revision, issued_at, deleted_at,
                    version)
                select gen_random_uuid(), id, 'deployment', number || '.apps.supplier', 'ACTIVE', 1,
                    now() - n * interval '3 minutes', now() - n * interval '1 minute', 1 from client;
            analyze""";

    @Inject
    DataSource database;

    @Inject
    EntityManager entities;

    @Inject
    Requests requests;

    @Inject
    ReviewOverview overview;

    @Test
    void measures() throws Exception {
        long started = System.nanoTime();
        say("%,d requests in %.0f s", fill(FILL, "production_request"), (System.nanoTime() - started) / 1e9);
        var operator = Persons.browser("operator");
        pages().forEach((name, path) -> measure(operator, name, path));
        queries().forEach(this::explain);
        say("%,d clients", fill(ISSUE_CLIENTS, "registration"));
        for (var part :
                List.of("", "state=deleted", "search=200000004711", "search=app4711", "search=app", "search=nowhere")) {
            measure(operator, "clients, " + part, "/review/clients?" + part);
        }
    }

    private long fill(String statements, String table) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(statements);
            var count = statement.executeQuery("select count(*) from " + table);
            count.next();
            return count.getLong(1);
        }
    }

    private Map<String, String> pages() {
        var one = one();
        var queue = "/review/requests";
        var pages = new LinkedHashMap<String, String>();
        pages.put("queue, own work first", queue);
        pages.put("second page", next(queue));
        for (var part : List.of(
                "sort=latest",
                "sort=risk",
                "state=any&sort=risk",
                "state=any",
                "state=approved&sort=latest",
                "risk=high",
                "category=local",
                "environment=production",
                "assignee=me",
                "assignee=nobody",
                "team=" + one.team() + "&state=any",
                "search=app",
                "search=app4711",
                "search=client&sort=latest",
                "search=nowhere")) {
            pages.put("queue, " + part.replaceAll("team=[^&]*", "one team"), queue + "?" + part);
        }
        pages.put("second page by risk", next(queue + "?sort=risk"));
        pages.put("one request", queue + "/" + one.id());
        pages.put("overview", "/review/overview");
        pages.put("review", "/review");
        return pages;
    }

    private record One(UUID id, UUID team) {}

    private One one() {
        var row = (Object[]) entities.createNativeQuery(
                        "select r.id, a.team_id from production_request r join application a"
                                + " on a.id = r.application_id where r.state = 'SUBMITTED' order by r.submitted_at limit 1")
                .getSingleResult();
        return new One((UUID) row[0], (UUID) row[1]);
    }

    private static String next(String path) {
        var page = Persons.get(Persons.browser("operator"), path).body();
        var matcher = java.util.regex.Pattern.compile("href=\"([^\"]+)\" rel=\"next\"")
                .matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException("no next page of " + path);
        }
        return matcher.group(1).replace("&amp;", "&");
    }

    private static void measure(HttpClient operator, String name, String path) {
        var taken = new long[TIMES];
        for (int i = -3; i < TIMES; i++) {
            long started = System.nanoTime();
            var answer = Persons.get(operator, path);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode());
            }
            if (i >= 0) {
                taken[i] = System.nanoTime() - started;
            }
        }
        Arrays.sort(taken);
        say("%s: median %.0f ms, longest %.0f ms", name, taken[TIMES / 2] / 1e6, taken[TIMES - 1] / 1e6);
    }

    private Map<String, Runnable> queries() {
        var one = one();
        var submitted = Set.of(RequestState.SUBMITTED);
        var queries = new LinkedHashMap<String, Runnable>();
        for (var order : List.of(Order.WAITING, Order.LATEST, Order.RISK)) {
            queries.put("queue, " + order.code(), () -> page(filter(submitted, null, null, null, ""), order));
            queries.put("any state, " + order.code(), () -> page(filter(Set.of(), null, null, null, ""), order));
        }
        queries.put("newest", () -> page(RequestFilter.ALL, Order.NEWEST));
        queries.put("high risk", () -> page(filter(submitted, null, null, Risk.Level.HIGH, ""), Order.WAITING));
        queries.put("category", () -> page(filter(submitted, Category.LOCAL, null, null, ""), Order.WAITING));
        queries.put("mine", () -> page(filter(submitted, null, ME, null, ""), Order.WAITING));
        queries.put("nobody's", () -> page(filter(submitted, null, "", null, ""), Order.WAITING));
        queries.put("one team", () -> page(RequestFilter.of(one.team()), Order.NEWEST));
        queries.put("common word", () -> page(filter(submitted, null, null, null, "app"), Order.WAITING));
        queries.put("rare word", () -> page(filter(submitted, null, null, null, "app4711"), Order.WAITING));
        queries.put("risk and word", () -> page(filter(submitted, null, null, Risk.Level.HIGH, "trust"), Order.LATEST));
        queries.put("no such word", () -> page(filter(submitted, null, null, null, "nowhere"), Order.WAITING));
        queries.put("one request", () -> requests.find(OPERATOR, one.id()));
        queries.put("its history", () -> requests.history(OPERATOR, one.id(), null, 100));
        queries.put("what waits", () -> overview.waiting(OPERATOR));
        queries.put("overview, ages", () -> overview.ages(OPERATOR));
        queries.put("overview, weeks", () -> overview.decided(OPERATOR));
        queries.put("overview, kinds", () -> overview.kinds(OPERATOR));
        return queries;
    }

    private static RequestFilter filter(
            Set<RequestState> states, Category category, String assignee, Risk.Level risk, String search) {
        return new RequestFilter(states, null, null, category, assignee, null, risk, search, null);
    }

    private void page(RequestFilter filter, Order order) {
        requests.page(OPERATOR, filter, order, null, 25);
    }

    private void explain(String name, Runnable query) {
        QuarkusTransaction.requiringNew().run(() -> {
            run("load 'auto_explain'");
            run("set local auto_explain.log_analyze = on");
            run("set local auto_explain.log_timing = off");
            run("set local log_min_messages = log");
            run("do $$ begin raise log 'plans of: " + name.replace("'", "’") + "'; end $$");
            run("set local auto_explain.log_min_duration = 0");
            query.run();
            run("set local auto_explain.log_min_duration = -1");
        });
    }

    private void run(String sql) {
        entities.createNativeQuery(sql).executeUpdate();
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, "bench: " + format + "%n", arguments);
    }
}
