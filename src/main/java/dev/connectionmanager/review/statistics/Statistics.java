package dev.connectionmanager.review.statistics;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.connectionmanager.audit.AuditCounts;
import dev.connectionmanager.endpoint.EndpointCounts;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.list.ClientCounts;
import dev.connectionmanager.registration.list.ClientCounts.Kind;
import dev.connectionmanager.registration.list.ClientCounts.Share;
import dev.connectionmanager.team.Actor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators want to know of the service as a whole. */
@ApplicationScoped
public class Statistics {
    public static final int WEEKS = 12;
    public static final int MONTHS = 12;
    private static final ZoneId ZONE = ZoneId.of("Europe/London");
    /** All clients are read for it: once in so long is enough. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private static final Set<String> REGISTRATIONS = Set.of("registration-issued");
    private static final Set<String> ROTATIONS = Set.of("client-secret-rotated");
    private static final Set<String> DECISIONS =
            Set.of("request-approved", "request-rejected", "request-changes-requested");
    private static final Set<String> ACTS =
            Stream.of(REGISTRATIONS, ROTATIONS, DECISIONS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private final ClientCounts clients;
    private final EndpointCounts endpoints;
    private final AuditCounts trail;
    private final Clock clock;
    private final Cache<String, Figures> kept =
            CacheBuilder.newBuilder().expireAfterWrite(KEPT).build();

    Statistics(ClientCounts clients, EndpointCounts endpoints, AuditCounts trail, Clock clock) {
        this.clients = clients;
        this.endpoints = endpoints;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * All figures of one moment.
     *
     * @param at when they were read
     * @param clients that are not deleted
     * @param shares at the end of each of the last {@link #MONTHS} months and now, the oldest first
     * @param weeks the last {@link #WEEKS}, this one included, the oldest first
     * @param certificates by the first day of the month: this month and the {@link #MONTHS} after it
     * @param failing endpoints, by environment
     */
    public record Figures(
            Instant at,
            List<Kind> clients,
            List<Share> shares,
            List<Week> weeks,
            Map<LocalDate, Long> certificates,
            Map<String, Long> failing) {}

    /** @param from its Monday */
    public record Week(LocalDate from, long registrations, long rotations, long decisions) {}

    /**
     * As they were up to ten minutes ago.
     *
     * @throws Refusal.NotAllowed for anybody but an operator
     */
    public Figures figures(Actor actor) {
        actor.mustBeOperator();
        var figures = kept.getIfPresent("all");
        if (figures == null) {
            figures = read();
            kept.put("all", figures);
        }
        return figures;
    }

    private Figures read() {
        var now = clock.instant();
        var today = now.atZone(ZONE).toLocalDate();
        var month = today.withDayOfMonth(1);
        return new Figures(
                now,
                clients.now(),
                shares(month, now),
                weeks(today),
                endpoints.certificatesByMonth(start(month), start(month.plusMonths(MONTHS + 1))),
                endpoints.failing());
    }

    private List<Share> shares(LocalDate month, Instant now) {
        var moments = Stream.concat(
                        Stream.iterate(month.minusMonths(MONTHS - 1), next -> next.plusMonths(1))
                                .limit(MONTHS)
                                .map(Statistics::start),
                        Stream.of(now))
                .toList();
        return clients.at(moments);
    }

    private List<Week> weeks(LocalDate today) {
        var first =
                today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(WEEKS - 1);
        var counts = trail.weekly(ACTS, start(first));
        return Stream.iterate(first, week -> week.plusWeeks(1))
                .limit(WEEKS)
                .map(week -> {
                    var acts = counts.getOrDefault(week, Map.of());
                    return new Week(week, sum(acts, REGISTRATIONS), sum(acts, ROTATIONS), sum(acts, DECISIONS));
                })
                .toList();
    }

    private static long sum(Map<String, Long> counts, Set<String> acts) {
        return acts.stream().mapToLong(act -> counts.getOrDefault(act, 0L)).sum();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }
}
