package dev.connectionmanager.application;

import java.util.List;

/**
 * What a team says to an offer, exactly as typed.
 *
 * @param outcome {@code accept} or {@code decline}; {@code null} = not given
 * @param contacts email addresses that take the place of the giving team's; none when not given
 */
public record HandoverDecision(String outcome, List<String> contacts) {
    public HandoverDecision {
        contacts = contacts == null ? List.of() : List.copyOf(contacts);
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
