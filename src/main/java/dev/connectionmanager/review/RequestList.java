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
import java.util.Map;

/** Lists of requests, read a page at a time along an index, however many there are. */
@ApplicationScoped
public class RequestList {
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
        var query = new StringBuilder(
                "select new dev.connectionmanager.review.RequestList$Row(r, a, t) from ProductionRequest r"
                        + " join Application a on a.id = r.applicationId join Team t on t.id = a.teamId"
                        + " where a.deletedAt is null");
        var parameters = new HashMap<String, Object>();
        conditions(actor, filter, order, query, parameters);
        if (after != null) {
            query.append(" and ").append(order.beyond);
            parameters.put("at", order.at(after));
            parameters.put("id", after.id());
            if (order == RequestFilter.Order.RISK) {
                parameters.put("riskRank", order.riskRank(after));
            }
        }
        query.append(" order by ").append(order.by);
        var typed = entities.createQuery(query.toString(), Row.class).setMaxResults(limit + 1);
        parameters.forEach(typed::setParameter);
        return Page.of(typed.getResultList(), limit, row -> order.position(row.request()));
    }

    /** How many that are on all pages, counted up to {@link Total#COUNTED}. */
    long count(Actor actor, RequestFilter filter, RequestFilter.Order order) {
        var query = new StringBuilder("select count(*) from (select r.id as id from ProductionRequest r"
                + " join Application a on a.id = r.applicationId where a.deletedAt is null");
        var parameters = new HashMap<String, Object>();
        conditions(actor, filter, order, query, parameters);
        query.append(" order by ").append(order.by).append(" limit " + Total.COUNTED + ") counted");
        var typed = entities.createQuery(query.toString(), Long.class);
        parameters.forEach(typed::setParameter);
        return typed.getSingleResult();
    }

    private static void conditions(
            Actor actor,
            RequestFilter filter,
            RequestFilter.Order order,
            StringBuilder query,
            Map<String, Object> parameters) {
        if (filter.forOperators() || order == RequestFilter.Order.RISK) {
            actor.mustBeOperator();
        }
        if (!actor.operator()) {
            query.append(" and a.teamId in :mine");
            parameters.put("mine", actor.roles().keySet());
        }
        conditions(filter, query, parameters);
        if (order != RequestFilter.Order.NEWEST) {
            query.append(" and r.submittedAt is not null");
        }
    }

    private static void conditions(RequestFilter filter, StringBuilder query, Map<String, Object> parameters) {
        if (filter.states().isEmpty()) {
            // Always so; it leads to the indexes over all states: see V010__review.sql.
            query.append(" and r.edition > 0");
        } else {
            condition(query, parameters, "r.state in :states", "states", filter.states());
        }
        condition(query, parameters, "a.teamId = :team", "team", filter.team());
        condition(query, parameters, "r.environment = :environment", "environment", filter.environment());
        condition(query, parameters, "a.category = :category", "category", filter.category());
        condition(query, parameters, "r.risk = :risk", "risk", filter.risk());
        // Says the same of what was submitted, and is what the indexes have.
        condition(query, parameters, "r.riskRank = :ofRisk", "ofRisk", ProductionRequest.riskRank(filter.risk()));
        condition(query, parameters, "a.id = :application", "application", filter.application());
        if ("".equals(filter.assignee())) {
            query.append(" and r.assignee is null");
        } else {
            condition(query, parameters, "r.assignee = :assignee", "assignee", filter.assignee());
        }
        if (filter.except() != null) {
            query.append(" and (r.assignee is null or r.assignee <> :except)");
            parameters.put("except", filter.except());
        }
        var words = SearchWords.beginningWith(filter.search());
        if (!words.isEmpty()) {
            query.append(
                    " and cast(sql('(? @@ to_tsquery(''simple'', ?))', column(r.words as string), :words) as boolean)");
            parameters.put("words", words);
        }
    }

    private static void condition(
            StringBuilder query, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            query.append(" and ").append(condition);
            parameters.put(name, value);
        }
    }

    /** A request in a list, with whose it is. */
    public record Row(ProductionRequest request, Application application, Team team) {}
}
