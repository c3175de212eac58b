package dev.connectionmanager.team.rules;

import java.util.Objects;

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

    public boolean accepts() {
        return "accept".equals(outcome);
    }
}
