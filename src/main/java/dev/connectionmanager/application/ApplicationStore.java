package dev.connectionmanager.application;

import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Matches;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.team.rules.Category;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The applications in the database. Rooms above read and lock them here; {@link Applications} alone adds and changes them. */
@ApplicationScoped
public class ApplicationStore implements PanacheRepositoryBase<Application, UUID> {
    /** What {@link #read} reads of {@code application a}, for a statement that joins it. */
    public static final String COLUMNS = "a.id as application_id, a.team_id, a.name, a.description, a.category,"
            + " a.application_type, a.contacts, a.framework, a.created_at, a.version as application_version";

    /** One that is there, from a row with {@link #COLUMNS}; what is changed of it is not written. */
    public static Application read(ResultSet row) throws SQLException {
        return Application.of(row);
    }

    /** Those that a team has now. */
    public List<UUID> idsOf(UUID teamId) {
        return getEntityManager()
                .createQuery("select a.id from Application a where a.teamId = ?1 and a.deletedAt is null", UUID.class)
                .setParameter(1, teamId)
                .getResultList();
    }

    public Optional<Application> existing(UUID id) {
        return findByIdOptional(id).filter(application -> !application.deleted());
    }

    /** The words of the team's applications: the index on the words knows what one team has of a word. */
    private static final String OF_TEAM_WITH_WORDS = "words @@ (to_tsquery('simple', :words) && cast(:its as tsquery))";

    /**
     * At most so many that a team has now, by name. Asked for by the team's place in the index, not by equality: PostgreSQL,
     * which expects a team of the usual size, would else read all that a team has and sort it, instead of a page along the
     * index.
     *
     * @param words see {@link SearchWords#beginningWith}; empty = all
     * @param category {@code null} = all
     */
    List<Application> page(UUID team, String words, Category category, Cursor after, int most) {
        var place = "deleted_at is null and (team_id, sort_key, id) > (:team, natural_order(:afterName), :afterId)"
                + " and team_id <= :team" + (category == null ? "" : " and category = :category");
        var query = getEntityManager()
                .createNativeQuery(
                        words.isEmpty()
                                ? "select * from application where " + place + " order by team_id, sort_key, id limit "
                                        + most
                                : "select a.* from application a join ("
                                        + SearchWords.first(
                                                "select id, words, team_id, sort_key as sort from application where "
                                                        + place,
                                                OF_TEAM_WITH_WORDS,
                                                words,
                                                "team_id, sort, id",
                                                most)
                                        + ") found on found.id = a.id order by a.sort_key, a.id",
                        Application.class)
                .setParameter("afterName", after == null ? "" : after.name())
                .setParameter("afterId", after == null ? new UUID(0, 0) : after.id());
        set(query, team, words, category);
        @SuppressWarnings("unchecked")
        List<Application> found = query.getResultList();
        return found;
    }

    /**
     * Of any team.
     *
     * @param words see {@link SearchWords#beginningWith}
     * @param teams of these alone; {@code null} = all
     */
    Matches<Application> matches(String words, Set<UUID> teams, int most) {
        var fitting = "select id, sort_key as sort from application where deleted_at is null and " + SearchWords.BEGIN
                + (teams == null ? "" : " and words @@ cast(:mine as tsquery)");
        var query = getEntityManager()
                .createNativeQuery(Matches.first(fitting, "sort, id", most), Object[].class)
                .setParameter("words", words);
        if (teams != null) {
            query.setParameter("mine", SearchWords.ofAny(teams));
        }
        @SuppressWarnings("unchecked")
        List<Object[]> rows = query.getResultList();
        return Matches.of(rows, ids -> list("id in ?1", ids).stream()
                .collect(Collectors.toMap(Application::id, Function.identity())));
    }

    /** How many would be on all pages, counted up to so many. */
    long count(UUID team, String words, Category category, int most) {
        var query = getEntityManager()
                .createNativeQuery(
                        "select count(*) from (select 1 from application where deleted_at is null and team_id = :team"
                                + (words.isEmpty() ? "" : " and " + OF_TEAM_WITH_WORDS)
                                + (category == null ? "" : " and category = :category") + " limit " + most
                                + ") counted",
                        Long.class);
        set(query, team, words, category);
        return (Long) query.getSingleResult();
    }

    private static void set(Query query, UUID team, String words, Category category) {
        query.setParameter("team", team);
        if (!words.isEmpty()) {
            query.setParameter("words", words);
            query.setParameter("its", "'=" + team + "'");
        }
        if (category != null) {
            query.setParameter("category", category.name());
        }
    }

    /** Those among these that belong to this team, deleted ones too. */
    public List<Application> ofTeam(UUID team, Collection<UUID> ids) {
        return ids.isEmpty() ? List.of() : list("teamId = ?1 and id in ?2", team, ids);
    }

    /** Takes the row's lock: acts on one application and its registrations happen one after another. */
    public Optional<Application> lock(UUID id) {
        return lockEvenDeleted(id).filter(application -> !application.deleted());
    }

    public Optional<Application> lockEvenDeleted(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
    }
}
