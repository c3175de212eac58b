package dev.connectionmanager.registration;

import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.endpoint.CheckedEndpoint;
import dev.connectionmanager.endpoint.EndpointHealthLog;
import dev.connectionmanager.endpoint.EndpointNotice;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.json.StoredJson;
import dev.connectionmanager.mail.Letter;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.mail.Recipients;
import dev.connectionmanager.policy.Violation;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.Teams;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports of live checks, kept with the registration that was checked; its team is told what they mean. */
@ApplicationScoped
public class EndpointReports {
    private final ApplicationStore applications;
    private final Stores.RegistrationStore registrations;
    private final EndpointHealthLog log;
    private final Environments environments;
    private final Teams teams;
    private final Outbox outbox;
    private final RegistrationEvents events;

    EndpointReports(
            ApplicationStore applications,
            Stores.RegistrationStore registrations,
            EndpointHealthLog log,
            Environments environments,
            Teams teams,
            Outbox outbox,
            RegistrationEvents events) {
        this.applications = applications;
        this.registrations = registrations;
        this.log = log;
        this.environments = environments;
        this.teams = teams;
        this.outbox = outbox;
        this.events = events;
    }

    /** The newest report of each endpoint that is registered; none of what was never checked. */
    public List<CheckedEndpoint> latest(RegistrationSnapshot registered) {
        return log.latest(registered.registration().id()).stream()
                .filter(checked -> checked.report()
                        .uri()
                        .equals(registered.endpoint(checked.report().field())))
                .toList();
    }

    /**
     * Keeps reports with the revision that was checked, in the caller's transaction. They say nothing of the health of a
     * registration that has moved on since.
     */
    public List<CheckedEndpoint> keep(RegistrationSnapshot checked, List<CheckReport> reports) {
        lock(checked);
        var registration = checked.registration();
        var kept = log.keep(registration.id(), registration.revision(), reports);
        if (registrations.inForce(registration)) {
            log.update(registration.id(), checked.metadata(), reports).forEach(notice -> tell(notice, checked));
        }
        return kept;
    }

    /** Whoever writes more than reports takes this lock first, so that no two wait for each other. */
    public void lock(RegistrationSnapshot registered) {
        applications.findById(registered.application().id(), LockModeType.PESSIMISTIC_WRITE);
    }

    private void tell(EndpointNotice notice, RegistrationSnapshot registered) {
        var application = registered.application();
        var environment = registered.registration().environment();
        var report = notice.report();
        var audited = new TreeMap<>(Map.of(
                "application",
                application.details().name(),
                "environment",
                environments.find(environment).map(Environment::name).orElse(environment),
                "uri",
                report.uri(),
                "host",
                URI.create(report.uri()).getHost()));
        if (notice.kind() == EndpointNotice.Kind.CERTIFICATE_EXPIRES_SOON) {
            var left = Duration.between(report.at(), notice.certificateEnds());
            audited.put("expires", notice.certificateEnds().toString());
            // Whole days, the one that has begun too.
            audited.put("days", Long.toString(left.minusNanos(1).toDays() + 1));
        }
        var arguments = new TreeMap<>(audited);
        arguments.put("application_id", application.id().toString());
        arguments.put("environment_id", environment);
        if (notice.kind() == EndpointNotice.Kind.ENDPOINT_BROKEN) {
            arguments.put("findings", findings(report));
            audited.put("findings", codes(report));
        }
        var contacts = application.details().contacts();
        outbox.post(
                new Letter(notice.kind().code(), application.teamId(), arguments, "endpoint-checks"),
                contacts.isEmpty()
                        ? new Recipients(teams.addresses(application.teamId(), Role.OWNER), List.of())
                        : Recipients.strangers(contacts));
        events.record(Actor.portal(), registered, RegistrationEvent.of(notice.kind()), null, audited);
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
