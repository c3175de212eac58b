package dev.connectionmanager.review;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists of requests, read a page at a time along an index, however many there are. */
@ApplicationScoped
public class RequestList {
    private static final String FROM = " from production_request r where not r.gone";

    private final EntityManager entities;

    RequestList(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Of the teams that the actor may read.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     * @param limit at most so many
     * @throws Refusal.NotAllowed for what only operators may ask for
     */
    Page<Row> page(Actor actor, RequestFilter filter, RequestFilter.Order order, Cursor after, int limit) {
        var all = new StringBuilder("select r.id, r.words, r.created_at, r.submitted_at, r.risk_rank").append(FROM);
        var parameters = new HashMap<String, Object>();
        conditions(actor, filter, order, all, parameters);
        if (after != null) {
            all.append(" and ").append(order.beyond);
            parameters.put("at", order.at(after));
            parameters.put("id", after.id());
            if (order == RequestFilter.Order.RISK) {
                parameters.put("riskRank", order.riskRank(after));
            }
        }
        var ofTeams = teams(actor, filter, parameters);
        var first = first(all + (ofTeams ? " and r.team_id = t.team" : ""), filter, order, limit + 1, parameters);
        var sql = ofTeams
                ? "select found.id from unnest(cast(:teams as uuid[])) t (team) cross join lateral (" + first
                        + ") found order by " + order.by + " limit " + (limit + 1)
                : "select id from (" + first + ") found";
        var query = entities.createNativeQuery(sql, UUID.class);
        parameters.forEach(query::setParameter);
        @SuppressWarnings("unchecked")
        List<UUID> found = query.getResultList();
        return Page.of(rows(found), limit, row -> order.position(row.request()));
    }

    /** How many that are on all pages, counted up to {@link Total#COUNTED}. */
    long count(Actor actor, RequestFilter filter, RequestFilter.Order order) {
        var all = new StringBuilder("select 1").append(FROM);
        var parameters = new HashMap<String, Object>();
        conditions(actor, filter, order, all, parameters);
        if (teams(actor, filter, parameters)) {
            all.append(" and r.team_id = any(cast(:teams as uuid[]))");
        }
        var words = SearchWords.beginningWith(filter.search());
        if (!words.isEmpty()) {
            all.append(" and r.").append(SearchWords.BEGIN);
            parameters.put("words", words);
        }
        var query = entities.createNativeQuery(
                "select count(*) from (" + all + " limit " + Total.COUNTED + ") counted", Long.class);
        parameters.forEach(query::setParameter);
        return (Long) query.getSingleResult();
    }

    /** The first of them in their order, by what is searched for. */
    private static String first(
            String all, RequestFilter filter, RequestFilter.Order order, int most, Map<String, Object> parameters) {
        var words = SearchWords.beginningWith(filter.search());
        if (words.isEmpty()) {
            return all + " order by " + order.by + " limit " + most;
        }
        parameters.put("words", words);
        return SearchWords.first(all, SearchWords.BEGIN, filter.search(), order.by, most);
    }

    /** Whether only those of some teams are wanted; each is then read along its own part of the index. */
    private static boolean teams(Actor actor, RequestFilter filter, Map<String, Object> parameters) {
        if (filter.team() == null && actor.operator()) {
            return false;
        }
        var mine = actor.roles().keySet();
        var wanted = filter.team() == null
                ? mine
                : actor.operator() || mine.contains(filter.team()) ? Set.of(filter.team()) : Set.of();
        parameters.put("teams", wanted.toArray(UUID[]::new));
        return true;
    }

    /** In this order. */
    private List<Row> rows(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var rows = entities.createQuery(
                        "select new dev.connectionmanager.review.RequestList$Row(r, a, t) from ProductionRequest r"
                                + " join Application a on a.id = r.applicationId join Team t on t.id = a.teamId"
                                + " where r.id in :ids",
                        Row.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(row -> row.request().id(), Function.identity()));
        return ids.stream().map(rows::get).toList();
    }

    private static void conditions(
            Actor actor,
            RequestFilter filter,
            RequestFilter.Order order,
            StringBuilder sql,
            Map<String, Object> parameters) {
        if (filter.forOperators() || order == RequestFilter.Order.RISK) {
            actor.mustBeOperator();
        }
        if (filter.states().isEmpty()) {
            // Always so; it leads to the indexes over all states: see V010__review.sql.
            sql.append(" and r.edition > 0");
        } else {
            // In words, so that the database finds the indexes of one state.
            sql.append(filter.states().stream()
                    .map(state -> "'" + state + "'")
                    .sorted()
                    .collect(Collectors.joining(", ", " and r.state in (", ")")));
        }
        if (order != RequestFilter.Order.NEWEST) {
            sql.append(" and r.submitted_at is not null");
        }
        condition(sql, parameters, "r.environment = :environment", "environment", filter.environment());
        condition(
                sql,
                parameters,
                "exists (select 1 from application a where a.id = r.application_id and a.category = :category)",
                "category",
                filter.category() == null ? null : filter.category().name());
        condition(
                sql,
                parameters,
                "r.risk = :risk",
                "risk",
                filter.risk() == null ? null : filter.risk().name());
        // Says the same of what was submitted, and is what the indexes have.
        condition(sql, parameters, "r.risk_rank = :ofRisk", "ofRisk", ProductionRequest.riskRank(filter.risk()));
        condition(sql, parameters, "r.application_id = :application", "application", filter.application());
        if ("".equals(filter.assignee())) {
            sql.append(" and r.assignee is null");
        } else {
            condition(sql, parameters, "r.assignee = :assignee", "assignee", filter.assignee());
        }
        if (filter.except() != null) {
            sql.append(" and (r.assignee is null or r.assignee <> :except)");
            parameters.put("except", filter.except());
        }
    }

    private static void condition(
            StringBuilder sql, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            parameters.put(name, value);
        }
    }

    /** A request in a list, with whose it is. */
    public record Row(ProductionRequest request, Application application, Team team) {}
}
