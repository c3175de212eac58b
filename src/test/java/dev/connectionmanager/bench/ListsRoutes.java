package dev.connectionmanager.bench;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.connectionmanager.policy.Cursor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What is asked for: every GET of the API and of the pages, as the code has them, and the lists in all their ways. */
final class ListsRoutes {
    /** What answers with something else than the portal's own data, or ends a log-in. */
    private static final List<String> NOT_ASKED = List.of(
            "/login",
            "/login/callback",
            "/logout",
            // Of local mode alone.
            "/local/mail",
            "/local/mail/{mail_id}",
            "/local/mail/{mail_id}/html",
            "/review/audit/export.csv",
            "/review/audit/export.jsonl",
            "/api/v1/audit-events/export.csv",
            "/api/v1/audit-events/export.jsonl");

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)(:[^}]*)?}");

    /** By what follows a route's question mark; a name in braces is a sample of the portal's. */
    private static final Map<String, List<String>> WAYS = ways();

    private ListsRoutes() {}

    private static Map<String, List<String>> ways() {
        var ways = new HashMap<String, List<String>>();
        ways.put(
                "/api/v1/teams",
                List.of(
                        "cursor={deep_team}",
                        "search=Trust+11",
                        "search=trust",
                        "search=ward",
                        "search=nowhere",
                        "search={team_id}"));
        ways.put(
                "/teams",
                List.of("cursor={deep_team}", "search=Trust+11", "search=trust", "search=ward", "search=nowhere"));
        ways.put(
                "/api/v1/teams/{team_id}/applications",
                List.of(
                        "cursor={deep_application}",
                        "name={rare_of_team}",
                        "name=app",
                        "name=ward",
                        "name=nowhere",
                        "category=local",
                        "category=local&name=ward",
                        "limit=100"));
        ways.put(
                "/teams/{team_id}",
                List.of(
                        "cursor={deep_application}",
                        "name={rare_of_team}",
                        "name=app",
                        "name=ward",
                        "name=nowhere",
                        "category=local"));
        ways.put("/api/v1/teams/{team_id}/members", List.of("cursor={deep_member}"));
        ways.put(
                "/api/v1/clients",
                List.of(
                        "cursor={deep_client}",
                        "state=active",
                        "state=suspended",
                        "state=deleted",
                        "state=deleted&cursor={deep_deleted}",
                        "environment=production",
                        "environment=deployment&state=suspended",
                        "search={client_id}",
                        "search={rare}",
                        "search=app",
                        "search=ward",
                        "search=trust+{rare}",
                        "search=nowhere",
                        "search={team_id}",
                        "search={application_id}"));
        ways.put(
                "/review/clients",
                List.of(
                        "cursor={deep_client}",
                        "state=suspended",
                        "state=deleted",
                        "environment=production",
                        "search={client_id}",
                        "search={rare}",
                        "search=app",
                        "search=ward",
                        "search=nowhere"));
        ways.put(
                "/api/v1/endpoint-troubles",
                List.of(
                        "kind=problem",
                        "kind=certificate",
                        "environment=production",
                        "name={rare_troubled}",
                        "name=app",
                        "name=ward",
                        "name=nowhere",
                        "cursor={deep_trouble}"));
        ways.put(
                "/review/endpoints",
                List.of(
                        "kind=problem",
                        "kind=certificate",
                        "environment=production",
                        "name={rare_troubled}",
                        "name=ward",
                        "name=nowhere",
                        "cursor={deep_trouble}"));
        ways.put(
                "/api/v1/requests",
                List.of(
                        "cursor={deep_request}",
                        "state=submitted",
                        "state=approved",
                        "state=draft",
                        "team={team_id}",
                        "team={team_id}&state=approved",
                        "environment=production",
                        "category=local",
                        "risk=high",
                        "assignee=me",
                        "assignee=nobody",
                        "sort=waiting",
                        "sort=latest",
                        "sort=risk",
                        "state=submitted&sort=risk",
                        "search={rare}",
                        "search=app",
                        "search=ward",
                        "search=nowhere"));
        ways.put(
                "/review/requests",
                List.of(
                        "cursor={deep_waiting}",
                        "sort=latest",
                        "sort=risk",
                        "state=any",
                        "state=any&sort=risk",
                        "state=approved&sort=latest",
                        "risk=high",
                        "category=local",
                        "environment=production",
                        "assignee=me",
                        "assignee=nobody",
                        "team={team_id}&state=any",
                        "search=app",
                        "search=ward",
                        "search={rare}",
                        "search=nowhere"));
        ways.put(
                "/api/v1/teams/{team_id}/registrations",
                List.of(
                        "cursor={deep_of_team}",
                        "environment=production",
                        "state=active",
                        "state=suspended",
                        "client_id={client_id}",
                        "total=true"));
        ways.put("/teams/{team_id}/requests", List.of("cursor={deep_team_request}"));
        ways.put("/api/v1/team-requests", List.of("state=pending", "state=accepted", "cursor={deep_access_request}"));
        ways.put("/review/team-requests", List.of("state=accepted", "state=declined"));
        ways.put("/api/v1/overdue-attestations", List.of("cursor={deep_overdue}"));
        ways.put("/review/attestations", List.of("cursor={deep_overdue}"));
        ways.put(
                "/api/v1/audit-events",
                List.of(
                        "team={team_id}",
                        "object={registration_id}",
                        "after={event_id}",
                        "team={team_id}&after={event_id}"));
        ways.put(
                "/review/audit",
                List.of(
                        "team={team_id}",
                        "object={registration_id}",
                        "person=person-7",
                        "person=Person+7",
                        "person=nobody",
                        "act=secret-issued",
                        "act=team-changed",
                        "from=2026-11-01&until=2026-11-20"));
        ways.put(
                "/teams/{team_id}/activity",
                List.of("act=secret-issued", "act=team-changed", "object={registration_id}"));
        return ways;
    }

    /** Other samples than the usual, for what asks for something special: by what the route contains. */
    private static final Map<String, Map<String, String>> SPECIAL = Map.of(
            "/key-proofs", Map.of("application_id", "{application_of_keys}"),
            "/draft/", Map.of("application_id", "{application_of_draft}"),
            "/questions/", Map.of("request_id", "{request_in_draft}"),
            "/requests/{request_id}/withdrawal", Map.of("request_id", "{request_in_draft}"),
            "/secrets/collection", Map.of("environment", "production"),
            "/resumption", Map.of("application_id", "{application_suspended}"),
            "/restoration", Map.of("application_id", "{application_restorable}", "environment", "production"));

    /**
     * @param route as the code has it, with what follows the question mark
     * @param path with names in braces for what each portal has its own of
     */
    record Row(String route, String path) {
        /** With a brace in it where there is no sample. */
        String of(Map<String, String> samples) {
            return filled(filled(path, samples), samples);
        }
    }

    static List<Row> all() {
        var rows = new ArrayList<Row>();
        for (var type :
                new ClassFileImporter().importPackages("dev.connectionmanager.api", "dev.connectionmanager.web")) {
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(GET.class)) {
                    var route = route(type, method);
                    if (!NOT_ASKED.contains(route)) {
                        rows.add(new Row(route, special(route)));
                        WAYS.getOrDefault(route, List.of())
                                .forEach(way -> rows.add(new Row(route + "?" + way, route + "?" + way)));
                    }
                }
            }
        }
        WAYS.keySet().forEach(route -> {
            if (rows.stream().noneMatch(row -> row.route().equals(route))) {
                throw new IllegalStateException("no route " + route);
            }
        });
        rows.sort(java.util.Comparator.comparing(Row::route));
        return rows;
    }

    private static String route(JavaClass type, JavaMethod method) {
        var whole = new StringBuilder();
        type.tryGetAnnotationOfType(Path.class).ifPresent(path -> whole.append(path.value()));
        method.tryGetAnnotationOfType(Path.class)
                .ifPresent(path -> whole.append('/').append(path.value()));
        var plain = PARAMETER.matcher(whole).replaceAll("{$1}").replaceAll("/+", "/");
        return plain.length() > 1 && plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    private static String special(String route) {
        var path = route;
        for (var special : SPECIAL.entrySet()) {
            if (route.contains(special.getKey())) {
                for (var sample : special.getValue().entrySet()) {
                    path = path.replace("{" + sample.getKey() + "}", sample.getValue());
                }
            }
        }
        return path;
    }

    private static String filled(String path, Map<String, String> samples) {
        return PARAMETER.matcher(path).replaceAll(found -> {
            var sample = samples.get(found.group(1));
            return sample == null ? found.group().replace("{", "{missing ") : sample;
        });
    }

    /** What this portal has of each kind; of places deep inside of a list, the middle. */
    static Map<String, String> samples(Connection database, String team) throws SQLException {
        var samples = new HashMap<>(Map.of(
                "team_id", team,
                "environment", "integration",
                "production", "production",
                "page", "privacy",
                "step", "redirect-uris",
                "group", "registrations"));
        var sql = new Sql(database, team);
        var application = "select id from application where team_id = :team and name like '% App%d'";
        samples.put("application_id", sql.text(application.replace("%d", "51")));
        samples.put("application_of_keys", sql.text(application.replace("%d", "60")));
        samples.put("application_of_draft", sql.text(application.replace("%d", "50")));
        samples.put("application_suspended", sql.text(application.replace("%d", "3")));
        samples.put("application_restorable", sql.text(application.replace("%d", "7")));
        var its = "where application_id = '" + samples.get("application_id") + "' and environment = 'integration'";
        samples.put("registration_id", sql.text("select id from registration " + its));
        samples.put("client_id", sql.text("select client_id from registration " + its));
        samples.put(
                "secret_id",
                sql.text("select id from client_secret where registration_id = '" + samples.get("registration_id")
                        + "'"));
        var of =
                "select q.id from production_request q join application a on a.id = q.application_id where a.team_id = :team"
                        + " and a.name like '% App%d' order by q.created_at desc limit 1";
        samples.put("request_id", sql.text(of.replace("%d", "50")));
        samples.put("request_in_draft", sql.text(of.replace("%d", "100")));
        var entry = "select id from request_entry where request_id = '" + samples.get("request_id") + "' and kind = ";
        samples.put("entry_id", sql.text(entry + "'COMMENT'"));
        samples.put("note_id", sql.text(entry + "'NOTE'"));
        samples.put(
                "challenge_id",
                sql.text(
                        "select c.id from key_challenge c join registration r on r.id = c.registration_id where r.application_id = '"
                                + samples.get("application_of_keys") + "'"));
        samples.put("credential_id", sql.text("select id from api_credential where team_id = :team limit 1"));
        samples.put(
                "member_id",
                sql.text(
                        "select id from member where team_id = :team and subject like 'colleague%' order by id limit 1"));
        samples.put(
                "handover_id",
                sql.text("select id from handover where to_team = :team and state = 'OPEN' order by id limit 1"));
        samples.put(
                "team_request_id",
                sql.text("select id from team_request where state = 'PENDING' order by created_at limit 1"));
        samples.put(
                "event_id",
                sql.text("select id from audit_entry where team_id = :team order by at offset 100 limit 1"));
        // A word that one application's name has and no other begins with: of what many more have, a page is longer.
        var rare = "select substring(a.name from 'App[0-9]+$') from application a where a.deleted_at is null and %s"
                + " order by length(substring(a.name from 'App[0-9]+$')) desc nulls last, a.id limit 1";
        samples.put(
                "rare",
                sql.text(rare.formatted("exists (select 1 from production_request q where q.application_id = a.id)")));
        samples.put("rare_of_team", sql.text(rare.formatted("a.team_id = :team")));
        samples.put(
                "rare_troubled",
                sql.text(
                        rare.formatted(
                                "exists (select 1 from endpoint_health h join registration r"
                                        + " on r.id = h.registration_id where r.application_id = a.id and h.failing_since is not null)")));
        samples.put("token", "none");
        deep(samples, sql);
        return samples;
    }

    private static void deep(Map<String, String> samples, Sql sql) throws SQLException {
        samples.put("deep_team", sql.named("name", "team where true", "sort_key, id"));
        samples.put(
                "deep_application",
                sql.named("name", "application where team_id = :team and deleted_at is null", "sort_key, id"));
        samples.put("deep_member", sql.named("address", "member where team_id = :team", "address, id"));
        samples.put("deep_client", sql.timed("issued_at", "registration where true", "issued_at desc, id desc"));
        samples.put(
                "deep_deleted",
                sql.timed("deleted_at", "registration where deleted_at is not null", "deleted_at desc, id desc"));
        samples.put(
                "deep_request", sql.timed("created_at", "production_request where true", "created_at desc, id desc"));
        samples.put(
                "deep_team_request",
                sql.timed(
                        "q.created_at",
                        "production_request q join application a on a.id = q.application_id where a.team_id = :team",
                        "q.created_at desc, q.id desc"));
        samples.put(
                "deep_waiting",
                sql.timed("submitted_at", "production_request where state = 'SUBMITTED'", "submitted_at, id"));
        samples.put(
                "deep_access_request",
                sql.timed("created_at", "team_request where state <> 'PENDING'", "created_at, id"));
        samples.put(
                "deep_overdue",
                sql.timed(
                        "due_at",
                        "(select team_id as id, due_at from attestation_status) o where due_at < now()",
                        "due_at, id"));
        samples.put("deep_trouble", sql.troubled());
        // Those of the API are sealed: they are asked for.
        samples.put("deep_of_team", "");
    }

    private record Sql(Connection database, String team) {
        private interface Reading {
            String of(ResultSet row) throws SQLException;
        }

        String text(String query) throws SQLException {
            return one(query, row -> row.getString(1));
        }

        String named(String column, String from, String order) throws SQLException {
            return middle(
                    column, from, order, row -> new Cursor(row.getString(1), row.getObject(2, UUID.class)).encoded());
        }

        String timed(String column, String from, String order) throws SQLException {
            return middle(column, from, order, row -> Cursor.at(
                            row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class))
                    .encoded());
        }

        String troubled() throws SQLException {
            return middle(
                    "failing_since",
                    "endpoint_health where failing_since is not null",
                    "failing_since, id",
                    row -> new Cursor(
                                    "0" + row.getObject(1, OffsetDateTime.class).toInstant(),
                                    row.getObject(2, UUID.class))
                            .encoded());
        }

        private String middle(String column, String from, String order, Reading reading) throws SQLException {
            var id = column.startsWith("q.") ? "q.id" : "id";
            var some = Long.parseLong(text("select count(*) / 2 from " + from));
            return one(
                    "select " + column + ", " + id + " from " + from + " order by " + order + " offset " + some
                            + " limit 1",
                    reading);
        }

        private String one(String query, Reading reading) throws SQLException {
            try (var statement = database.createStatement();
                    var rows = statement.executeQuery(query.replace(":team", "'" + team + "'"))) {
                if (!rows.next()) {
                    throw new IllegalStateException("nothing there: " + query);
                }
                return reading.of(rows);
            }
        }
    }
}
