package dev.connectionmanager.team;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.JsonMembers;
import java.util.Objects;
import java.util.Set;

/**
 * Whom an operator names as an owner of a team whose owners are gone, exactly as typed.
 *
 * @param email {@code null} = not given
 * @param reason told to the team's members; empty where none was given
 */
public record OwnerNaming(String email, String reason) {
    public OwnerNaming {
        reason = Objects.requireNonNullElse(reason, "");
    }

    /** Reads a JSON body. */
    public static Reading<OwnerNaming> read(ObjectNode json) {
        var members = new JsonMembers(json);
        var candidate = new OwnerNaming(members.text("email"), members.text("reason"));
        members.refuseOthers(Set.of("email", "reason"));
        return new Reading<>(candidate, members.violations());
    }
}
