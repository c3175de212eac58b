package dev.connectionmanager.review;

import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.Position;
import dev.connectionmanager.registration.Application;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
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
     */
    Page<Row> page(Actor actor, RequestFilter filter, RequestFilter.Order order, Position after, int limit) {
        var query = new StringBuilder("select new dev.connectionmanager.review.RequestList$Row(r, a, t) from Request r"
                + " join Application a on a.id = r.applicationId join Team t on t.id = a.teamId"
                + " where a.deletedAt is null");
        var parameters = new HashMap<String, Object>();
        if (!actor.operator()) {
            query.append(" and a.teamId in :mine");
            parameters.put("mine", actor.roles().keySet());
        }
        conditions(filter, query, parameters);
        var waiting = order == RequestFilter.Order.WAITING;
        if (after != null) {
            query.append(waiting ? " and (r.submittedAt, r.id) > (:at, :id)" : " and (r.createdAt, r.id) < (:at, :id)");
            parameters.put("at", Instant.parse(after.name()));
            parameters.put("id", after.id());
        }
        query.append(
                waiting
                        ? " and r.submittedAt is not null order by r.submittedAt, r.id"
                        : " order by r.createdAt desc, r.id desc");
        var typed = entities.createQuery(query.toString(), Row.class).setMaxResults(limit + 1);
        parameters.forEach(typed::setParameter);
        var rows = typed.getResultList();
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        return new Page<>(
                shown,
                rows.size() > limit
                        ? position(shown.get(limit - 1).request(), waiting).cursor()
                        : null);
    }

    private static void conditions(RequestFilter filter, StringBuilder query, Map<String, Object> parameters) {
        if (!filter.states().isEmpty()) {
            condition(query, parameters, "r.state in :states", "states", filter.states());
        }
        condition(query, parameters, "a.teamId = :team", "team", filter.team());
        condition(query, parameters, "r.environment = :environment", "environment", filter.environment());
        condition(query, parameters, "a.category = :category", "category", filter.category());
        condition(query, parameters, "r.risk = :risk", "risk", filter.risk());
        condition(query, parameters, "a.id = :application", "application", filter.application());
        if ("".equals(filter.assignee())) {
            query.append(" and r.assignee is null");
        } else {
            condition(query, parameters, "r.assignee = :assignee", "assignee", filter.assignee());
        }
        if (!filter.name().isEmpty()) {
            var part = filter.name()
                    .toLowerCase(Locale.ROOT)
                    .replace("!", "!!")
                    .replace("%", "!%")
                    .replace("_", "!_");
            condition(query, parameters, "lower(a.name) like :name escape '!'", "name", "%" + part + "%");
        }
    }

    private static void condition(
            StringBuilder query, Map<String, Object> parameters, String condition, String name, Object value) {
        if (value != null) {
            query.append(" and ").append(condition);
            parameters.put(name, value);
        }
    }

    private static Position position(Request request, boolean waiting) {
        var at = waiting ? request.submittedAt().orElseThrow() : request.createdAt();
        return new Position(at.toString(), request.id());
    }

    /** A request in a list, with whose it is. */
    public record Row(Request request, Application application, Team team) {}
}
