package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationStore;
import dev.connectionmanager.endpoint.CheckedEndpoint;
import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.EndpointHealthLog;
import dev.connectionmanager.endpoint.LiveCheckRateLimit;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.environment.Environments;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Precondition;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationStatements.Read;
import dev.connectionmanager.registration.RegistrationStatements.Rights;
import dev.connectionmanager.registration.RegistrationWriter.Accepted;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the review of requests needs of registrations in production: the same rules and live checks as everywhere, and the
 * one way to issue there. Rights are asked for above; whatever writes does so in the caller's transaction.
 */
@ApplicationScoped
public class ProductionRegistrations {
    private final Environments environments;
    private final ApplicationStore applications;
    private final RegistrationWriter writer;
    private final EndpointHealthLog log;
    private final EndpointChecks endpoints;
    private final LiveCheckRateLimit allowance;
    private final EndpointReports reports;
    private final SuspendedClients suspended;
    private final Standings standings;

    ProductionRegistrations(
            Environments environments,
            ApplicationStore applications,
            RegistrationWriter writer,
            EndpointHealthLog log,
            EndpointChecks endpoints,
            LiveCheckRateLimit allowance,
            EndpointReports reports,
            SuspendedClients suspended,
            Standings standings) {
        this.environments = environments;
        this.applications = applications;
        this.writer = writer;
        this.log = log;
        this.endpoints = endpoints;
        this.allowance = allowance;
        this.reports = reports;
        this.suspended = suspended;
        this.standings = standings;
    }

    /** @throws Refusal.NotFound unless operators decide about registrations in this environment */
    public Environment environment(String id) {
        return environments
                .find(id)
                .filter(environment -> environment.kind() == EnvironmentKind.PRODUCTION)
                .orElseThrow(Refusal.NotFound::new);
    }

    /** Takes the application's lock: what is read under it stays as it is until the transaction ends. */
    public Application lock(UUID applicationId) {
        return applications.lock(applicationId).orElseThrow(Refusal.NotFound::new);
    }

    /** @throws Refusal.NotFound for an unknown or a deleted one */
    public Application application(UUID applicationId) {
        return applications.existing(applicationId).orElseThrow(Refusal.NotFound::new);
    }

    /**
     * What an application has registered, read by one statement.
     *
     * @param environment that operators decide about
     */
    public Standing standing(Actor actor, Application application, String environment) {
        return standings.withDeleted(actor, application, environment);
    }

    /** What is registered now, in any environment. */
    public Optional<RegistrationSnapshot> live(Application application, String environment) {
        return writer.current(application, environment);
    }

    /** The Path-to-Live registration that a request for production can be built from, the nearest environment first. */
    public Optional<RegistrationSnapshot> rehearsed(Application application) {
        return environments.all().stream()
                .filter(environment -> environment.kind() == EnvironmentKind.PATH_TO_LIVE)
                .flatMap(environment -> writer.current(application, environment.id()).stream())
                .findFirst();
    }

    /**
     * The latest check of each endpoint of what is registered. By the clock nothing is sent to it: what came of it the
     * last time that a person asked for it still holds.
     */
    public List<CheckReport> latestChecks(RegistrationSnapshot registered) {
        var id = registered.registration().id();
        return reports.latest(registered).stream()
                .map(CheckedEndpoint::report)
                .map(report -> report.blocks() || report.content().isPresent()
                        ? report
                        : log.lastSent(id, report).map(report::withContentOf).orElse(report))
                .toList();
    }

    /** What the rules say of it in this environment. */
    public Violations judge(Application application, Environment environment, Candidate candidate) {
        return RegistrationRules.check(candidate, environment, application.details());
    }

    /**
     * Judges the addresses of a candidate before its endpoints are opened; {@link #issue} judges them again.
     *
     * @throws Refusal.Conflict for an address of a client of the same team that operators have suspended
     */
    public void requireFree(
            Actor actor,
            Application application,
            String environment,
            Candidate candidate,
            Optional<RegistrationSnapshot> live) {
        suspended.requireFree(actor, application, environment, live, candidate);
    }

    /**
     * Opens the endpoints; the one for logout is sent a request without a logout token. Blocks its thread for some 20 seconds at most; never inside a transaction.
     *
     * @param judged what the rules say of the candidate: an endpoint that breaks one is not opened
     * @throws Refusal.TooMany when the portal is busy, or the actor, the team or the target has used up its share
     */
    public List<CheckReport> check(
            Actor actor,
            Application application,
            Environment environment,
            Candidate candidate,
            Candidate live,
            Violations judged) {
        if (ClientEndpoint.any(candidate)) {
            allowance.take(actor);
        }
        return endpoints
                .checkAndPost(
                        candidate.withDefaults(application.details()),
                        live,
                        environment,
                        writer.caller(application.teamId(), true),
                        judged)
                .reports();
    }

    /**
     * Issues or replaces what a request asked for, under the lock of {@link #lock}. A secret that becomes due waits to be
     * collected: it is not made here.
     *
     * @param candidate one that nothing blocks
     * @param warnings of the rules, kept with the revision
     * @param reports of the live checks of this candidate, kept beside it
     * @param standing what is registered, read under that lock
     */
    public RegistrationSnapshot issue(
            Actor actor,
            Application application,
            String environment,
            Candidate candidate,
            Violations warnings,
            List<CheckReport> reports,
            Standing standing) {
        var accepted = new Accepted(
                RegistrationRules.accept(candidate.withDefaults(application.details())), warnings, reports, null, true);
        var read = new Read(application, standing.live(), standing.suspendedInTeam());
        return writer.writeAsRead(actor, Rights.DECISION, read, environment, accepted)
                .orElseGet(() -> writer.write(
                        actor,
                        application.id(),
                        environment,
                        accepted,
                        standing.live()
                                .map(registered -> Precondition.matching(registered.tag()))
                                .orElseGet(Precondition::absent)))
                .registered();
    }
}
