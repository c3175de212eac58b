package dev.connectionmanager.team.rules;

import java.util.Objects;

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
}
