package dev.connectionmanager.registration.list;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.registration.Registration;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.Revision;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a team has registered, under all of its applications: read a page at a time along an index, however much it is. */
@ApplicationScoped
public class TeamRegistrations {
    /** Later than any. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private static final UUID LAST = new UUID(-1, -1);

    private final EntityManager entities;

    TeamRegistrations(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * One page of a team's registrations, those that were issued last first.
     *
     * @param after the last one of the page before, by time; {@code null} = from the beginning
     * @param limit at most so many
     * @throws Refusal.NotFound for a team that the actor may not read
     */
    public Page<RegistrationSnapshot> page(Actor actor, UUID team, Filter filter, Cursor after, int limit) {
        actor.mustRead(team);
        var parameters = new HashMap<String, Object>(Map.of("team", team));
        var sql = new StringBuilder("select r.id from registration r");
        where(filter, sql, parameters);
        along(filter, sql);
        parameters.put("at", after == null ? END : after.time());
        parameters.put("id", after == null ? LAST : after.id());
        sql.append(" limit :most");
        parameters.put("most", limit + 1);
        var query = entities.createNativeQuery(sql.toString(), UUID.class);
        parameters.forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<UUID> found = query.getResultList();
        return Page.of(
                snapshots(found),
                limit,
                one -> Cursor.at(
                        one.registration().issuedAt(), one.registration().id()));
    }

    /**
     * How many that are on all pages, counted up to {@link Total#COUNTED}.
     *
     * @throws Refusal.NotFound for a team that the actor may not read
     */
    public long count(Actor actor, UUID team, Filter filter) {
        actor.mustRead(team);
        var parameters = new HashMap<String, Object>(Map.of("team", team));
        var sql = new StringBuilder("select count(*) from (select 1 from registration r");
        where(filter, sql, parameters);
        sql.append(" and r.team_id = :team limit :most) counted");
        parameters.put("most", Total.COUNTED);
        var query = entities.createNativeQuery(sql.toString(), Long.class);
        parameters.forEach(query::setParameter);
        return (Long) query.getSingleResult();
    }

    private static void where(Filter filter, StringBuilder sql, Map<String, Object> parameters) {
        if (filter.uri() != null || filter.warning() != null) {
            sql.append(" join revision v on v.registration_id = r.id and v.number = r.revision");
        }
        sql.append(" where r.deleted_at is null");
        if (filter.state() != null) {
            // Said in the statement, for the index of those that are suspended.
            sql.append(" and r.state = '").append(filter.state().name()).append('\'');
        }
        if (filter.environment() != null) {
            sql.append(" and r.environment = :environment");
            parameters.put("environment", filter.environment());
        }
        if (filter.clientId() != null) {
            sql.append(" and r.client_id = :clientId");
            parameters.put("clientId", filter.clientId());
        }
        if (filter.uri() != null) {
            sql.append(" and (v.metadata @> cast(:redirect as jsonb) or v.metadata @> cast(:keys as jsonb)"
                    + " or v.metadata @> cast(:logout as jsonb))");
            parameters.put("redirect", StoredJson.write(Map.of("redirect_uris", List.of(filter.uri()))));
            parameters.put("keys", StoredJson.write(Map.of("jwks_uri", filter.uri())));
            parameters.put("logout", StoredJson.write(Map.of("backchannel_logout_uri", filter.uri())));
        }
        if (filter.warning() != null) {
            sql.append(" and v.warnings <> cast('{\"all\": []}' as jsonb) and v.warnings @> cast(:warning as jsonb)");
            parameters.put(
                    "warning",
                    StoredJson.write(Map.of(
                            "all", List.of(Map.of("rule", filter.warning().code())))));
        }
    }

    /**
     * By the team's place in the index, not by equality: PostgreSQL, which expects a team of the usual size, would else read all
     * that a team has and sort it. What is found by another index is as few as it is.
     */
    private static void along(Filter filter, StringBuilder sql) {
        if (filter.rare()) {
            sql.append(
                    " and r.team_id = :team and (r.issued_at, r.id) < (:at, :id) order by r.issued_at desc, r.id desc");
            return;
        }
        var place = filter.environment() == null ? List.of("team_id") : List.of("team_id", "environment");
        var columns =
                Stream.concat(place.stream(), Stream.of("issued_at", "id")).toList();
        sql.append(place.stream().map(column -> "r." + column).collect(Collectors.joining(", ", " and (", ") >= (")))
                .append(place.stream().map(TeamRegistrations::value).collect(Collectors.joining(", ", "", ")")))
                .append(columns.stream()
                        .map(column -> "r." + column)
                        .collect(Collectors.joining(", ", " and (", ") < (")))
                .append(place.stream()
                        .map(TeamRegistrations::value)
                        .collect(Collectors.joining(", ", "", ", :at, :id)")))
                .append(columns.stream()
                        .map(column -> "r." + column + " desc")
                        .collect(Collectors.joining(", ", " order by ", "")));
    }

    private static String value(String column) {
        return column.equals("team_id") ? ":team" : ":" + column;
    }

    private List<RegistrationSnapshot> snapshots(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var found = entities.createQuery(
                        "select r, v, a from Registration r join Revision v on v.registrationId = r.id"
                                + " and v.number = r.revision join Application a on a.id = r.applicationId where r.id in :ids",
                        Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> snapshot((Registration) row[0], (Revision) row[1], (Application) row[2]))
                .collect(Collectors.toMap(one -> one.registration().id(), Function.identity()));
        return ids.stream().map(found::get).toList();
    }

    private static RegistrationSnapshot snapshot(
            Registration registration, Revision revision, Application application) {
        return new RegistrationSnapshot(application, registration, revision.metadata(), revision.warnings());
    }

    /**
     * Which are wanted.
     *
     * @param environment id; {@code null} = any
     * @param state {@code null} = any
     * @param clientId the whole of it; {@code null} = any
     * @param uri an address that is registered, whatever for, character by character; {@code null} = any
     * @param warning of what the rules warned when it was accepted; {@code null} = whatever
     */
    public record Filter(String environment, Registration.State state, String clientId, String uri, Rule warning) {

        /** Whether there is a better way to those that are wanted than along all that the team has. */
        private boolean rare() {
            return clientId != null || uri != null || warning != null;
        }
    }
}
