package dev.connectionmanager.application;

import dev.connectionmanager.policy.Ids;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.Objects;

/** The policy on offers of applications and on what is said to them. */
public final class HandoverRules {
    private HandoverRules() {}

    /** Judges the form of the Team ID alone: whether it is a team's is not told. */
    public static Violations check(HandoverCandidate candidate) {
        var found = new Violations.Collector();
        try {
            Ids.uuid(Objects.requireNonNullElse(candidate.teamId(), ""));
        } catch (Refusal.NotFound noTeamId) {
            found.add("team_id", Rule.TEAM_ID_INVALID);
        }
        return found.violations();
    }

    public static Violations check(HandoverDecision decision) {
        var found = new Violations.Collector();
        if (!decision.accepts() && !"decline".equals(decision.outcome())) {
            found.add("outcome", Rule.HANDOVER_OUTCOME_INVALID);
        }
        ApplicationRules.checkContacts(decision.contacts(), found);
        return found.violations();
    }
}
