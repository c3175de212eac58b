package dev.connectionmanager.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import dev.connectionmanager.team.Reading;
import java.util.Set;

/**
 * To whom an application is offered, exactly as typed.
 *
 * @param teamId the Team ID of the team that shall have it; {@code null} = not given
 */
public record HandoverCandidate(String teamId) {
    /** Reads a JSON body. */
    public static Reading<HandoverCandidate> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = new HandoverCandidate(members.text("team_id"));
        members.refuseOthers(Set.of("team_id"));
        return new Reading<>(candidate, members.violations());
    }
}
