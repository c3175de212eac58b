package dev.connectionmanager.review;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.connectionmanager.policy.Total;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the operators' work stands. Each question is one query; changes nothing. */
@ApplicationScoped
public class ReviewOverview {
    public static final int WEEKS = 12;
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    /** No application is deleted while it has a request that waits; so each is counted along an index and nothing else is read. */
    private static final String COUNT = """
 (select count(*) from (select 1 from production_request r where r.state = 'SUBMITTED' %s
                limit :most) counted)""";

    private static final List<String> WAITING = List.of(
            "",
            "and r.due_at < :now",
            "and r.assignee is null and r.submitted_at is not null",
            "and r.assignee = :me and r.submitted_at is not null");
    private static final List<String> AGES = List.of(
            "and r.due_at >= :tomorrow",
            "and r.due_at >= :now and r.due_at < :tomorrow",
            "and r.due_at < :now and r.due_at >= :week",
            "and r.due_at < :week");

    /** What is approved by rule was not waited for. */
    private static final String MEDIAN = """
            cast(percentile_cont(0.5) within group (order by extract(epoch from r.decided_at - r.submitted_at))
                filter (where r.state in ('APPROVED', 'REJECTED') and r.decided_by <> 'portal') as bigint)""";

    private static final String WEEKLY = """
            select cast(date_trunc('week', r.decided_at at time zone 'Europe/London') as date) as week,
                count(*) filter (where r.state = 'APPROVED'), count(*) filter (where r.state = 'REJECTED'), %s
            from production_request r
            where r.decided_at >= :since and r.state in ('APPROVED', 'REJECTED')
            group by grouping sets ((1), ())""".formatted(MEDIAN);

    private static final String KINDS = """
            select a.category, r.environment, count(*) filter (where r.state = 'SUBMITTED'),
                count(*) filter (where r.state = 'CHANGES_REQUESTED'),
                count(*) filter (where r.state in ('APPROVED', 'REJECTED')), %s
            from production_request r join application a on a.id = r.application_id
            where a.deleted_at is null and (r.state in ('SUBMITTED', 'CHANGES_REQUESTED')
                or r.state in ('APPROVED', 'REJECTED') and r.decided_at >= :since)
            group by 1, 2 order by 1, 2""".formatted(MEDIAN);

    private final EntityManager entities;
    private final Clock clock;
    /** Of as many as {@link Total#COUNTED} one more does not show: they are counted once a minute. */
    private final Cache<String, List<?>> kept =
            CacheBuilder.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build();

    ReviewOverview(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * What waits for a decision, each counted up to {@link Total#COUNTED}.
     *
     * @param late the service level is missed
     * @param unassigned nobody has taken it
     * @param mine the actor has taken it
     */
    public record Waiting(int all, int late, int unassigned, int mine) {}

    public Waiting waiting(Actor actor) {
        actor.mustBeOperator();
        var row = counts(WAITING, Map.of("now", clock.instant(), "me", actor.subject()));
        return new Waiting(row[0], row[1], row[2], row[3]);
    }

    /**
     * What waits for a decision, by how it stands against the service level; each counted up to {@link Total#COUNTED}.
     *
     * @param dueSoon within a day
     * @param late by a week at most
     */
    public record Ages(int within, int dueSoon, int late, int veryLate) {}

    public Ages ages(Actor actor) {
        actor.mustBeOperator();
        var now = clock.instant();
        var row = counts(
                AGES,
                Map.of(
                        "now", now,
                        "tomorrow", now.plus(Duration.ofDays(1)),
                        "week", now.minus(Duration.ofDays(7))));
        return new Ages(row[0], row[1], row[2], row[3]);
    }

    /**
     * What was decided in one week, or in all of them.
     *
     * @param from its Monday; {@code null} = all {@link #WEEKS}
     * @param median from the submission to the decision, of what people decided; {@code null} = nothing was
     */
    public record Decided(LocalDate from, int approved, int rejected, Duration median) {
        private static Decided of(Object[] row) {
            var week = row[0] == null ? null : LocalDate.parse(row[0].toString());
            return new Decided(week, number(row[1]), number(row[2]), duration(row[3]));
        }
    }

    /**
     * The last {@link #WEEKS}, this one included, the oldest first, weeks of nothing too; then all of them together. Where there
     * is much to count, as it was up to a minute ago.
     */
    public List<Decided> decided(Actor actor) {
        actor.mustBeOperator();
        return counted("decided", this::decided, week -> week.approved() + week.rejected());
    }

    private List<Decided> decided() {
        var first = firstWeek();
        var found = rows(entities.createNativeQuery(WEEKLY).setParameter("since", start(first)))
                .map(Decided::of)
                .toList();
        var weeks = Stream.iterate(first, week -> week.plusWeeks(1))
                .limit(WEEKS)
                .map(week -> found.stream()
                        .filter(decided -> week.equals(decided.from()))
                        .findFirst()
                        .orElse(new Decided(week, 0, 0, null)));
        var all = found.stream().filter(decided -> decided.from() == null);
        return Stream.concat(weeks, all).toList();
    }

    /**
     * Requests of one category in one environment.
     *
     * @param category its code
     * @param waiting for a decision
     * @param sentBack the operators want something changed
     * @param decided in the last {@link #WEEKS}
     * @param median as in {@link Decided}
     */
    public record Kind(String category, String environment, int waiting, int sentBack, int decided, Duration median) {}

    /** Each kind that there is. Where there is much to count, as it was up to a minute ago. */
    public List<Kind> kinds(Actor actor) {
        actor.mustBeOperator();
        return counted("kinds", this::kinds, kind -> kind.waiting() + kind.sentBack() + kind.decided());
    }

    private List<Kind> kinds() {
        return rows(entities.createNativeQuery(KINDS).setParameter("since", start(firstWeek())))
                .map(row -> new Kind(
                        row[0].toString().toLowerCase(java.util.Locale.ROOT),
                        row[1].toString(),
                        number(row[2]),
                        number(row[3]),
                        number(row[4]),
                        duration(row[5])))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private <T> List<T> counted(String what, Supplier<List<T>> count, ToIntFunction<T> requests) {
        var before = (List<T>) kept.getIfPresent(what);
        if (before != null) {
            return before;
        }
        var counted = count.get();
        if (counted.stream().mapToInt(requests).sum() > Total.COUNTED) {
            kept.put(what, counted);
        }
        return counted;
    }

    /** How many fit each of these. What was more than is counted is so for a minute. */
    private int[] counts(List<String> conditions, Map<String, Object> parameters) {
        var many = conditions.stream()
                .filter(condition -> !condition.contains(":me") && kept.getIfPresent(condition) != null)
                .toList();
        var asked = conditions.stream()
                .map(condition -> many.contains(condition) ? "" + Total.COUNTED : COUNT.formatted(condition))
                .collect(Collectors.joining(", ", "select ", ""));
        var query = entities.createNativeQuery(asked);
        if (asked.contains(":most")) {
            query.setParameter("most", Total.COUNTED);
        }
        parameters.forEach((name, value) -> {
            if (asked.contains(":" + name)) {
                query.setParameter(name, value);
            }
        });
        var row = (Object[]) query.getSingleResult();
        for (int i = 0; i < row.length; i++) {
            if (number(row[i]) == Total.COUNTED) {
                kept.put(conditions.get(i), List.of());
            }
        }
        return Stream.of(row).mapToInt(ReviewOverview::number).toArray();
    }

    private LocalDate firstWeek() {
        var today = LocalDate.ofInstant(clock.instant(), ZONE);
        return today.with(java.time.DayOfWeek.MONDAY).minus(WEEKS - 1, ChronoUnit.WEEKS);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Object[]> rows(Query query) {
        return ((List<Object[]>) query.getResultList()).stream();
    }

    private static int number(Object count) {
        return ((Number) count).intValue();
    }

    private static Duration duration(Object seconds) {
        return seconds == null ? null : Duration.ofSeconds(((Number) seconds).longValue());
    }
}
