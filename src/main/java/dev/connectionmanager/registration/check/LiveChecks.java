package dev.connectionmanager.registration.check;

import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.application.Applications;
import dev.connectionmanager.endpoint.CheckedEndpoint;
import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.EndpointChecks.Checked;
import dev.connectionmanager.endpoint.LiveCheckRateLimit;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.Draft;
import dev.connectionmanager.registration.EndpointReports;
import dev.connectionmanager.registration.RegistrationEvent;
import dev.connectionmanager.registration.RegistrationEvents;
import dev.connectionmanager.registration.RegistrationSnapshot;
import dev.connectionmanager.registration.RegistrationWriter;
import dev.connectionmanager.registration.Registrations;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.team.rules.Role;
import dev.connectionmanager.verification.probe.CheckReport;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Checks the endpoints of a registration: its public keys and where its logout tokens go. Each act blocks its thread
 * for some 20 seconds at most, and no transaction is open while it checks.
 */
@ApplicationScoped
public class LiveChecks {
    private final Registrations registrations;
    private final Applications applications;
    private final EndpointChecks endpoints;
    private final EndpointReports reports;
    private final RegistrationWriter writer;
    private final LiveCheckRateLimit allowance;
    private final RegistrationEvents events;

    LiveChecks(
            Registrations registrations,
            Applications applications,
            EndpointChecks endpoints,
            EndpointReports reports,
            RegistrationWriter writer,
            LiveCheckRateLimit allowance,
            RegistrationEvents events) {
        this.registrations = registrations;
        this.applications = applications;
        this.endpoints = endpoints;
        this.reports = reports;
        this.writer = writer;
        this.allowance = allowance;
        this.events = events;
    }

    /** The latest report of each endpoint; empty for what was never checked. */
    public List<CheckedEndpoint> latest(Actor actor, UUID applicationId, String environment) {
        return reports.latest(registrations.find(actor, applicationId, environment));
    }

    /** What was found without blocking: by the rules when the registration was accepted, and by the latest live checks. */
    public Violations warnings(Actor actor, UUID applicationId, String environment) {
        var registered = registrations.find(actor, applicationId, environment);
        return reports.latest(registered).stream()
                .map(checked -> checked.report().violations().warnings())
                .reduce(registered.warnings(), Violations::and);
    }

    /**
     * Checks now what is registered, and keeps the reports. The logout endpoint is sent a request without a logout
     * token, which it should refuse.
     *
     * @throws Refusal.TooMany when the portal is busy, or the actor, the team or the target has used up its share
     */
    public List<CheckedEndpoint> run(Actor actor, UUID applicationId, String environmentId) {
        var registered = registrations.find(actor, applicationId, environmentId);
        var team = registered.application().teamId();
        actor.mustBe(Role.ADMIN, team);
        allowance.take(actor);
        var environment = registrations.registrable(environmentId);
        var found = endpoints.checkAndPost(registered.metadata(), environment, team);
        return QuarkusTransaction.requiringNew().call(() -> {
            applications.lockAndRecheck(actor, registered.application());
            return keep(actor, registered, found);
        });
    }

    /**
     * Checks the endpoints of metadata that is not registered; keeps nothing.
     *
     * @param judged what the static rules say of it: an endpoint that breaks one is not opened
     * @throws Refusal.NotAllowed for whoever is in no team: checking costs a third party something
     */
    private Checked probe(Actor actor, Candidate candidate, Environment environment, Violations judged) {
        var team = actor.roles().keySet().stream()
                .findFirst()
                .orElseThrow(() -> new Refusal.NotAllowed(Reason.LIVE_CHECK_FOR_TEAMS));
        allowance.take(actor);
        return endpoints.check(candidate, Candidate.EMPTY, environment, writer.caller(team, false), judged);
    }

    /**
     * Judges what was sent by the rules of an environment, for no application; stores nothing.
     *
     * @param live whether the endpoints are opened too: see {@link #probe}
     * @return all that was found, and the reports of the endpoints that were opened
     */
    public Checked validate(Actor actor, Parsed<Candidate> sent, Environment environment, boolean live) {
        var candidate = sent.candidate();
        var type = ApplicationType.ofCode(candidate.applicationType()).orElse(ApplicationType.WEB);
        var found = sent.and(RegistrationRules.check(candidate, environment, type));
        if (!live) {
            return new Checked(List.of(), found);
        }
        var checked = probe(actor, candidate, environment, found);
        return new Checked(checked.reports(), found.and(checked.found()));
    }

    /**
     * Checks the endpoints of what a draft holds and keeps the reports with it; issues nothing.
     *
     * @throws Refusal.NotFound without a draft
     * @throws Refusal.TooMany when the portal is busy, or the actor, the team or the target has used up its share
     */
    public void run(Actor actor, Draft draft) {
        var application = applications.find(actor, draft.applicationId());
        actor.mustBe(Role.ADMIN, application.teamId());
        var environment = registrations.pathToLive(draft.environment());
        var candidate = draft.candidate().withDefaults(application.details());
        var judged = RegistrationRules.check(candidate, environment, application.details());
        allowance.take(actor);
        var checked = endpoints.check(
                candidate, Candidate.EMPTY, environment, writer.caller(application.teamId(), false), judged);
        QuarkusTransaction.requiringNew().run(() -> {
            applications.lockAndRecheck(actor, application);
            if (!writer.keepWithDraft(draft.id(), candidate, checked.reports())) {
                throw new Refusal.NotFound();
            }
        });
    }

    private List<CheckedEndpoint> keep(Actor actor, RegistrationSnapshot registered, List<CheckReport> found) {
        for (var report : found) {
            var event = report.blocks() ? RegistrationEvent.CHECK_FAILED : RegistrationEvent.CHECK_PASSED;
            events.record(actor, registered, event, null, report.field() + " " + report.uri());
        }
        return reports.keep(registered, found);
    }
}
