package dev.connectionmanager.registration;

import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.registration.HealthRules.Notice;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was seen of registered endpoints, and what follows from it: their health, a second look where the first failed,
 * and letters to the team. Whoever looked and why makes no difference.
 */
@ApplicationScoped
class EndpointHealthLog {
    /** A look that failed for the first time is repeated so much later. */
    private static final Duration SECOND_LOOK = HealthRules.APART.multipliedBy(2);
    /** Reports that a newer one has replaced: of looks that passed, and of failures. */
    private static final Duration PASSED_KEPT = Duration.ofDays(7);

    private static final Duration FAILED_KEPT = Duration.ofDays(90);

    private final Stores.ApplicationStore applications;
    private final Stores.RegistrationStore registrations;
    private final Stores.CheckStore checks;
    private final Stores.HealthStore healths;
    private final RecheckQueue plan;
    private final Environments environments;
    private final Teams teams;
    private final Outbox outbox;
    private final RegistrationTrail trail;

    EndpointHealthLog(
            Stores.ApplicationStore applications,
            Stores.RegistrationStore registrations,
            Stores.CheckStore checks,
            Stores.HealthStore healths,
            RecheckQueue plan,
            Environments environments,
            Teams teams,
            Outbox outbox,
            RegistrationTrail trail) {
        this.applications = applications;
        this.registrations = registrations;
        this.checks = checks;
        this.healths = healths;
        this.plan = plan;
        this.environments = environments;
        this.teams = teams;
        this.outbox = outbox;
        this.trail = trail;
    }

    /**
     * Keeps reports with the revision that was looked at, in the caller's transaction. They say nothing of the health of
     * a registration that has moved on since.
     */
    List<CheckedEndpoint> keep(RegistrationSnapshot lookedAt, List<CheckReport> reports) {
        var registration = lookedAt.registration();
        lock(lookedAt);
        var checked = reports.stream()
                .map(report -> new CheckedEndpoint(registration, report))
                .toList();
        checks.persist(checked);
        checks.flush();
        reports.stream()
                .map(CheckReport::at)
                .max(Instant::compareTo)
                .ifPresent(now -> checks.thin(registration.id(), now.minus(PASSED_KEPT), now.minus(FAILED_KEPT)));
        if (registrations.inForce(registration)) {
            healths.retain(lookedAt);
            reports.forEach(report -> develop(lookedAt, report));
        }
        return checked;
    }

    /** Whoever writes more than reports takes this lock first, so that no two wait for each other. */
    void lock(RegistrationSnapshot registered) {
        applications.findById(registered.application().id(), LockModeType.PESSIMISTIC_WRITE);
    }

    private void develop(RegistrationSnapshot registered, CheckReport report) {
        var id = registered.registration().id();
        var kept = healths.of(id, report.field()).orElseGet(() -> new EndpointHealth(id, report.field()));
        var development = HealthRules.after(kept.health(), report);
        kept.update(development.health());
        healths.persist(kept);
        if (development.health().unsure()) {
            plan.hasten(id, report.at().plus(SECOND_LOOK));
        }
        development.notices().forEach(notice -> tell(notice, registered, report, development.health()));
    }

    private void tell(Notice notice, RegistrationSnapshot registered, CheckReport report, Health health) {
        var application = registered.application();
        var registration = registered.registration();
        var environment = registration.environment();
        var told = new TreeMap<>(Map.of(
                "application",
                application.details().name(),
                "environment",
                environments.find(environment).map(Environment::name).orElse(environment),
                "uri",
                report.uri(),
                "host",
                URI.create(report.uri()).getHost()));
        if (notice == Notice.CERTIFICATE_EXPIRES_SOON) {
            var left = Duration.between(report.at(), health.certificateEnds());
            told.put("expires", health.certificateEnds().toString());
            // Whole days, the one that has begun too.
            told.put("days", Long.toString(left.minusNanos(1).toDays() + 1));
        }
        var arguments = new TreeMap<>(told);
        arguments.put("application_id", application.id().toString());
        arguments.put("environment_id", environment);
        if (notice == Notice.ENDPOINT_BROKEN) {
            arguments.put("findings", findings(report));
            told.put("findings", codes(report));
        }
        var contacts = application.details().contacts();
        outbox.post(
                new Letter(notice.code(), application.teamId(), arguments, "endpoint-checks"),
                contacts.isEmpty() ? teams.addresses(application.teamId(), Role.OWNER) : contacts);
        trail.write(Actor.portal(), registered, notice.code(), null, told);
    }

    /** For the letter, which says them in words. */
    private static String findings(CheckReport report) {
        return StoredJson.write(blocking(report).toList());
    }

    private static Stream<Violation> blocking(CheckReport report) {
        return report.violations().all().stream().filter(Violation::blocks);
    }

    private static String codes(CheckReport report) {
        return blocking(report).map(found -> found.rule().code()).distinct().collect(Collectors.joining(", "));
    }
}
