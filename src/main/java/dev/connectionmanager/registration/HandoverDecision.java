package dev.connectionmanager.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import dev.connectionmanager.team.Reading;
import java.util.List;
import java.util.Set;

/**
 * What a team says to an offer, exactly as typed.
 *
 * @param outcome {@code accept} or {@code decline}; {@code null} = not given
 * @param contacts e-mail addresses that take the place of the giving team's; none when not given
 */
public record HandoverDecision(String outcome, List<String> contacts) {
    public HandoverDecision {
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
    }

    /** Reads a JSON body. */
    public static Reading<HandoverDecision> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var decision = new HandoverDecision(members.text("outcome"), members.texts("contacts"));
        members.refuseOthers(Set.of("outcome", "contacts"));
        return new Reading<>(decision, members.violations());
    }

    public static HandoverDecision accept(List<String> contacts) {
        return new HandoverDecision("accept", contacts);
    }

    public static HandoverDecision decline() {
        return new HandoverDecision("decline", null);
    }

    boolean accepts() {
        return "accept".equals(outcome);
    }
}
