package dev.connectionmanager.registration;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.endpoint.EndpointChecks;
import dev.connectionmanager.endpoint.LiveCheckRateLimit;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.metadata.Candidate;
import dev.connectionmanager.metadata.ClientEndpoint;
import dev.connectionmanager.metadata.RegistrationRules;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.registration.RegistrationWriter.Accepted;
import dev.connectionmanager.team.Actor;
import dev.connectionmanager.verification.probe.CheckReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Judges what is to be registered in Path-to-Live, before any transaction: by the rules, by what is suspended, by live checks. */
@ApplicationScoped
class RegistrationJudgement {
    private final RegistrationWriter writer;
    private final SuspendedClients suspended;
    private final EndpointChecks endpoints;
    private final LiveCheckRateLimit allowance;

    RegistrationJudgement(
            RegistrationWriter writer,
            SuspendedClients suspended,
            EndpointChecks endpoints,
            LiveCheckRateLimit allowance) {
        this.writer = writer;
        this.suspended = suspended;
        this.endpoints = endpoints;
        this.allowance = allowance;
    }

    /**
     * Blocks its thread for some 20 seconds at most.
     *
     * @param current what it is to replace
     * @param suspendedInTeam whether a client of the team may be suspended there
     * @throws Refusal.TooMany when the portal is busy, or the team or an endpoint's host has used up its share of checks
     * @throws Refusal.Conflict for an address of a client of the same team that operators have suspended
     */
    Verdict of(
            Actor actor,
            Application application,
            Environment environment,
            Optional<RegistrationSnapshot> current,
            Parsed<Candidate> reading,
            boolean suspendedInTeam) {
        var candidate = reading.candidate().withDefaults(application.details());
        var judged = reading.and(RegistrationRules.check(candidate, environment, application.details()));
        if (suspendedInTeam && !judged.block()) {
            suspended.requireFree(actor, application, environment.id(), current, candidate);
        }
        var before =
                current.map(registered -> registered.metadata().asCandidate()).orElse(Candidate.EMPTY);
        var checked = check(actor, application, candidate, before, environment, judged);
        return new Verdict(candidate, judged, checked.found(), checked.reports());
    }

    private EndpointChecks.Checked check(
            Actor actor,
            Application application,
            Candidate candidate,
            Candidate before,
            Environment environment,
            Violations judged) {
        if (!ClientEndpoint.any(candidate)) {
            return new EndpointChecks.Checked(List.of(), Violations.NONE);
        }
        allowance.take(actor);
        return endpoints.check(candidate, before, environment, writer.caller(application.teamId(), true), judged);
    }

    /**
     * What came of it.
     *
     * @param candidate with what the application says
     * @param judged by the rules
     * @param live by the live checks
     */
    record Verdict(Candidate candidate, Violations judged, Violations live, List<CheckReport> reports) {
        Violations found() {
            return judged.and(live);
        }

        /**
         * @param draft that it was typed into; {@code null} for none
         * @throws Refusal.Rejected with every finding, where one blocks
         */
        Accepted accepted(Draft draft) {
            Refusal.Rejected.ifBlocking(found());
            return new Accepted(RegistrationRules.accept(candidate), judged.warnings(), reports, draft, false);
        }
    }
}
