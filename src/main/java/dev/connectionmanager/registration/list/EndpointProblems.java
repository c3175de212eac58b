package dev.connectionmanager.registration.list;

import dev.connectionmanager.application.Applications;
import dev.connectionmanager.endpoint.Health;
import dev.connectionmanager.policy.Cursor;
import dev.connectionmanager.policy.Page;
import dev.connectionmanager.policy.SearchWords;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
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
     * @param name part of the name of the team or the application, in any case; empty = all
     * @param environment id; empty = all
     * @param kind {@code null} = all
     */
    public record Filter(String name, String environment, Kind kind) {}

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
        var teams = actor.roles().keySet();
        if (!actor.operator() && teams.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        var now = clock.instant();
        var sql = SELECT
                + " and (lower(a.name) like :name escape '!' or lower(t.name) like :name escape '!')"
                + (actor.operator() ? "" : " and a.teamId in :teams")
                + " and (:environment = '' or r.environment = :environment)"
                + (filter.kind() == null ? "" : " and " + filter.kind().condition)
                + (after == null ? "" : " and (" + URGENCY + ") > (:rank, :since, :id)")
                + " order by " + URGENCY;
        var query = database.createSelectionQuery(sql, Object[].class)
                .setParameter("now", now)
                .setParameter("name", SearchWords.containing(filter.name()))
                .setParameter("environment", filter.environment())
                .setMaxResults(limit + 1);
        if (!actor.operator()) {
            query.setParameter("teams", teams);
        }
        if (after != null) {
            query.setParameter("rank", after.name().startsWith("0") ? 0 : 1);
            query.setParameter("since", since(after));
            query.setParameter("id", after.id());
        }
        var found = query.getResultStream().map(row -> Trouble.of(row, now)).toList();
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(
                shown, found.size() > limit ? shown.get(limit - 1).position().encoded() : null);
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
