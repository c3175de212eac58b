package dev.connectionmanager.team;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.policy.Total;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds teams and people by how the words of their names begin, among what the actor may read. */
@ApplicationScoped
public class TeamSearch {
    private final EntityManager entities;

    TeamSearch(EntityManager entities) {
        this.entities = entities;
    }

    /** @param search words, each of which a word of the name begins with; empty = none are found */
    public Matches<Team> teams(Actor actor, String search, int most) {
        var fitting = "select id, sort_key as sort from team where " + SearchWords.BEGIN
                + (actor.operator() ? "" : " and id = any(cast(:mine as uuid[]))");
        return matches(
                actor, search, fitting, most, actor.roles().keySet().toArray(UUID[]::new), ids -> entities.createQuery(
                                "from Team where id in :ids", Team.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(Team::id, Function.identity())));
    }

    /** How many teams {@link Teams#page} shows on all pages, counted up to {@link Total#COUNTED}. */
    public long count(Actor actor, String search) {
        if (Ids.isUuid(search.strip())) {
            return entities.createQuery(
                            "select count(*) from Team where id = :id and (:all = true or id in :mine)", Long.class)
                    .setParameter("id", Ids.uuid(search.strip()))
                    .setParameter("all", actor.operator())
                    .setParameter("mine", actor.roles().keySet())
                    .getSingleResult();
        }
        if (!search.isBlank()) {
            return teams(actor, search, 1).total();
        }
        return !actor.operator()
                ? actor.roles().size()
                : (Long) entities.createNativeQuery(
                                "select count(*) from (select 1 from team limit " + Total.COUNTED + ") counted",
                                Long.class)
                        .getSingleResult();
    }

    /**
     * Members, joined or invited; somebody in several teams is found in each.
     *
     * @param search words, each of which a word of the name or a part of the email address begins with
     */
    public Matches<Person> people(Actor actor, String search, int most) {
        var fitting = "select id, natural_order(coalesce(name, email)) as sort from member where " + SearchWords.BEGIN
                + (actor.operator() ? "" : " and words @@ cast(:mine as tsquery)");
        return matches(
                actor, search, fitting, most, SearchWords.ofAny(actor.roles().keySet()), ids -> entities.createQuery(
                                "select new dev.connectionmanager.team.TeamSearch$Person(m, t) from Member m"
                                        + " join Team t on t.id = m.teamId where m.id in :ids",
                                Person.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(person -> person.member().id(), Function.identity())));
    }

    private <T> Matches<T> matches(
            Actor actor,
            String search,
            String fitting,
            int most,
            Object mine,
            Function<List<UUID>, Map<UUID, T>> read) {
        var words = SearchWords.beginningWith(search);
        if (words.isEmpty() || !actor.operator() && actor.roles().isEmpty()) {
            return Matches.none();
        }
        var query = entities.createNativeQuery(Matches.first(fitting, "sort, id", most), Object[].class)
                .setParameter("words", words);
        if (!actor.operator()) {
            query.setParameter("mine", mine);
        }
        @SuppressWarnings("unchecked")
        List<Object[]> rows = query.getResultList();
        return Matches.of(rows, read);
    }

    /** A place in a team, with the team. */
    public record Person(Member member, Team team) {}
}
