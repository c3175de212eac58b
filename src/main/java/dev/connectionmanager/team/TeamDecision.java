package dev.connectionmanager.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import java.util.Objects;
import java.util.Set;

/**
 * What an operator decides on a request for access, exactly as typed.
 *
 * @param outcome {@code accept} or {@code decline}; {@code null} = not given
 * @param reason told to whoever asked; empty where none was given
 */
public record TeamDecision(String outcome, String reason) {
    public TeamDecision {
        reason = Objects.requireNonNullElse(reason, "");
    }

    /** Reads a JSON body. */
    public static Reading<TeamDecision> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = new TeamDecision(members.text("outcome"), members.text("reason"));
        members.refuseOthers(Set.of("outcome", "reason"));
        return new Reading<>(candidate, members.violations());
    }

    boolean accepts() {
        return "accept".equals(outcome);
    }
}
