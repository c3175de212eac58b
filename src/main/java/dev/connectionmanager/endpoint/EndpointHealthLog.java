package dev.connectionmanager.endpoint;

import dev.connectionmanager.metadata.ClientMetadata;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The reports of live checks of registered endpoints, and what follows from them: the endpoints' health, and a second
 * check soon where the first failed. Who checked and why makes no difference. What writes joins the caller's transaction.
 */
@ApplicationScoped
public class EndpointHealthLog {
    /** Reports that a newer one has replaced: of checks that passed, and of failures. */
    private static final Duration PASSED_KEPT = Duration.ofDays(7);

    private static final Duration FAILED_KEPT = Duration.ofDays(90);

    private final Stores.CheckStore checks;
    private final Stores.HealthStore healths;
    private final RecheckQueue queue;
    private final OwnNetwork network;

    EndpointHealthLog(Stores.CheckStore checks, Stores.HealthStore healths, RecheckQueue queue, OwnNetwork network) {
        this.checks = checks;
        this.healths = healths;
        this.queue = queue;
        this.network = network;
    }

    /** The newest report of each endpoint: of the latest revision, and of that the latest. */
    public List<CheckedEndpoint> latest(UUID registrationId) {
        return checks.latest(registrationId);
    }

    /** The newest report of a check of the same address in which something was sent to it. */
    public Optional<CheckReport> lastSent(UUID registrationId, CheckReport latest) {
        return checks.lastSent(registrationId, latest);
    }

    /** Keeps reports with the revision that was checked, and drops old ones that newer ones have replaced. */
    public List<CheckedEndpoint> keep(UUID registrationId, int revision, List<CheckReport> reports) {
        var checked = reports.stream()
                .map(report -> new CheckedEndpoint(registrationId, revision, report))
                .toList();
        checks.persist(checked);
        checks.flush();
        reports.stream()
                .map(CheckReport::at)
                .max(Instant::compareTo)
                .ifPresent(now -> checks.thin(registrationId, now.minus(PASSED_KEPT), now.minus(FAILED_KEPT)));
        return checked;
    }

    /**
     * Brings the health of a registration's endpoints up to date with reports of what is registered now. A failure says
     * nothing of an endpoint while it may be the portal's own network that fails; the endpoint is then checked again soon.
     *
     * @param metadata what is registered: health of other endpoints is forgotten
     * @return what the team is to be told of it, for the first time
     */
    public List<EndpointNotice> update(UUID registrationId, ClientMetadata metadata, List<CheckReport> reports) {
        healths.retain(registrationId, metadata);
        return reports.stream()
                .flatMap(report -> update(registrationId, report))
                .toList();
    }

    private Stream<EndpointNotice> update(UUID registrationId, CheckReport report) {
        if (report.blocks() && network.inDoubt()) {
            queue.hasten(registrationId, report.at().plus(HealthRules.SECOND_LOOK));
            return Stream.empty();
        }
        var kept = healths.of(registrationId, report.field())
                .orElseGet(() -> new EndpointHealth(registrationId, report.field()));
        var development = HealthRules.after(kept.health(), report);
        kept.update(development.health());
        healths.persist(kept);
        if (development.health().unsure()) {
            queue.hasten(registrationId, report.at().plus(HealthRules.SECOND_LOOK));
        }
        return development.notices().stream()
                .map(kind ->
                        new EndpointNotice(kind, report, development.health().certificateEnds()));
    }
}
