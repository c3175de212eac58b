package dev.connectionmanager.registration.list;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.endpoint.Health;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.certificate.CertificateRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Registered endpoints that fail, or whose certificates end soon, see {@link Health#certificateNeedsAttention}. */
@ApplicationScoped
public class EndpointProblems {

    private static final String SELECT = "select h.id, a.teamId, t.name, a.id, a.name, r.environment, h.field, h.health"
            + " from EndpointHealth h join Registration r on r.id = h.registrationId"
            + " join Application a on a.id = r.applicationId join Team t on t.id = a.teamId"
            + " where r.deletedAt is null and (h.health.failingSince is not null or " + Kind.CERTIFICATE.condition
            + ")";
    /** Failing ones first, the longest failing before the others; then certificates, the most urgent before the others. */
    private static final String URGENCY = "case when h.health.failingSince is null then 1 else 0 end,"
            + " coalesce(h.health.failingSince, h.health.certificateEnds), h.id";

    private static final String FROM = " from endpoint_health h where not h.gone";
    /** Two lists, one after the other, each along an index of its own. */
    private static final String FAILING =
            "select h.id, h.words, h.failing_since as since" + FROM + " and h.failing_since is not null";

    private static final String ENDING = "select h.id, h.words, h.certificate_ends as since" + FROM
            + " and h.failing_since is null and h.certificate_attention is not null";
    /** What needs attention always ends by the latest; by that the index need not be read to its end. */
    private static final String ENDS_SOON =
            " and h.certificate_attention is not null and h.certificate_ends > :now and h.certificate_ends <= :latest"
                    // As a case: taken for independent of the end, it would make PostgreSQL expect few, and read and
                    // sort all.
                    + " and case when h.certificate_attention <= :now then true end";

    private final Session database;
    private final Applications applications;
    private final Clock clock;

    EndpointProblems(Session database, Applications applications, Clock clock) {
        this.database = database;
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * One endpoint in trouble.
     *
     * @param environment its id
     * @param field {@code jwks_uri} or {@code backchannel_logout_uri}
     * @param endsSoon whether its certificate ends soon
     */
    public record Trouble(
            UUID id,
            UUID teamId,
            String team,
            UUID applicationId,
            String application,
            String environment,
            String field,
            Health health,
            boolean endsSoon) {
        static Trouble of(Object[] row, Instant now) {
            var health = (Health) row[7];
            return new Trouble(
                    (UUID) row[0],
                    (UUID) row[1],
                    (String) row[2],
                    (UUID) row[3],
                    (String) row[4],
                    (String) row[5],
                    (String) row[6],
                    health,
                    health.certificateNeedsAttention(now));
        }

        private Cursor position() {
            return health.failing()
                    ? new Cursor("0" + health.failingSince(), id)
                    : new Cursor("1" + health.certificateEnds(), id);
        }
    }

    /** What kind of trouble. */
    public enum Kind {
        PROBLEM("h.health.failingSince is not null"),
        /** One that has ended makes the endpoint fail. */
        CERTIFICATE("h.health.certificateAttention <= :now and h.health.certificateEnds > :now");

        private final String condition;

        Kind(String condition) {
            this.condition = condition;
        }

        /** The word used in addresses: {@code problem}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Which are wanted.
     *
     * @param search words, each of which a client ID, or a word of the application's or the team's name, begins with; blank = all
     * @param environment id; empty = all
     * @param kind {@code null} = all
     */
    public record Filter(String search, String environment, Kind kind) {}

    /** Those of one application. */
    public List<Trouble> of(Actor actor, UUID applicationId) {
        var application = applications.find(actor, applicationId);
        var now = clock.instant();
        return database.createSelectionQuery(SELECT + " and a.id = :application order by " + URGENCY, Object[].class)
                .setParameter("now", now)
                .setParameter("application", application.id())
                .getResultStream()
                .map(row -> Trouble.of(row, now))
                .toList();
    }

    /** Those of a team's applications. */
    public List<Trouble> of(Actor actor, UUID teamId, Collection<UUID> applicationIds) {
        actor.mustRead(teamId);
        if (applicationIds.isEmpty()) {
            return List.of();
        }
        var now = clock.instant();
        return database.createSelectionQuery(
                        SELECT + " and a.teamId = :team and a.id in :applications order by " + URGENCY, Object[].class)
                .setParameter("now", now)
                .setParameter("team", teamId)
                .setParameter("applications", applicationIds)
                .getResultStream()
                .map(row -> Trouble.of(row, now))
                .toList();
    }

    /**
     * One page of those that the actor may read, the most urgent first: of their teams, for operators of all.
     *
     * @param after the last one of the page before; {@code null} = from the beginning
     * @param limit at most so many
     */
    public Page<Trouble> page(Actor actor, Filter filter, Cursor after, int limit) {
        var now = clock.instant();
        var found = troubles(ids(actor, filter, after, now, limit + 1), now);
        return Page.of(found, limit, Trouble::position);
    }

    /** How many those are on all pages together, counted up to {@link Total#COUNTED}. */
    public long count(Actor actor, Filter filter) {
        return ids(actor, filter, null, clock.instant(), Total.COUNTED).size();
    }

    private List<UUID> ids(Actor actor, Filter filter, Cursor after, Instant now, int most) {
        var nothing = SearchWords.beginningWith(filter.search()).isEmpty()
                && !filter.search().isBlank();
        if (nothing || !actor.operator() && actor.roles().isEmpty()) {
            return List.of();
        }
        var parameters = new HashMap<String, Object>(Map.of("now", now));
        var where = where(actor, filter, parameters);
        var either = new ArrayList<String>();
        if (after == null || isFailing(after)) {
            var failing = FAILING
                    + where
                    + beyond(after, "h.failing_since", parameters)
                    + (filter.kind() == Kind.CERTIFICATE ? ENDS_SOON : "");
            either.add("select id, 0 as rank, since from (" + first(failing, filter, most) + ") failing");
        }
        if (filter.kind() != Kind.PROBLEM) {
            var ending = ENDING
                    + where
                    + (after == null || isFailing(after) ? "" : beyond(after, "h.certificate_ends", parameters))
                    + ENDS_SOON;
            either.add("select id, 1 as rank, since from (" + first(ending, filter, most) + ") ending");
        }
        if (either.isEmpty()) {
            return List.of();
        }
        var sql = "select id from (" + String.join(" union all ", either) + ") found order by rank, since, id limit "
                + most;
        if (sql.contains(":latest")) {
            parameters.put("latest", now.plus(CertificateRules.ATTENTION));
        } else {
            parameters.remove("now");
        }
        var query = database.createNativeQuery(sql, UUID.class);
        parameters.forEach(query::setParameter);
        return query.getResultList();
    }

    private static String where(Actor actor, Filter filter, Map<String, Object> parameters) {
        var where = new StringBuilder();
        if (!actor.operator()) {
            where.append(" and h.team_id = any(:teams)");
            parameters.put("teams", actor.roles().keySet().toArray(UUID[]::new));
        }
        if (!filter.search().isBlank()) {
            parameters.put("words", SearchWords.beginningWith(filter.search()));
        }
        if (!filter.environment().isEmpty()) {
            where.append(" and h.environment = :environment");
            parameters.put("environment", filter.environment());
        }
        return where.toString();
    }

    /** The first of them in their order, by what is searched for. */
    private static String first(String all, Filter filter, int most) {
        return filter.search().isBlank()
                ? all + " order by since, id limit " + most
                : SearchWords.first(all, SearchWords.BEGIN, filter.search(), "since, id", most);
    }

    private static String beyond(Cursor after, String time, Map<String, Object> parameters) {
        if (after == null) {
            return "";
        }
        parameters.put("since", since(after));
        parameters.put("id", after.id());
        return " and (" + time + ", h.id) > (:since, :id)";
    }

    /** In this order. */
    private List<Trouble> troubles(List<UUID> ids, Instant now) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var troubles = database.createSelectionQuery(SELECT + " and h.id in :ids", Object[].class)
                .setParameter("now", now)
                .setParameter("ids", ids)
                .getResultStream()
                .map(row -> Trouble.of(row, now))
                .collect(Collectors.toMap(Trouble::id, Function.identity()));
        return ids.stream().map(troubles::get).filter(Objects::nonNull).toList();
    }

    private static boolean isFailing(Cursor position) {
        return position.name().startsWith("0");
    }

    /**
     * @param cursor {@code null} = from the beginning
     * @return {@code null} for the beginning
     * @throws IllegalArgumentException when this is no cursor of this list
     */
    public static Cursor position(String cursor) {
        var position = Cursor.parse(cursor);
        if (position != null) {
            since(position);
        }
        return position;
    }

    private static Instant since(Cursor after) {
        return new Cursor(after.name().substring(Math.min(1, after.name().length())), after.id()).time();
    }
}
