package dev.connectionmanager.team.rules;

/**
 * Who is to be in a team, exactly as typed. {@code null} means that it was not given.
 *
 * @param role {@code owner}, {@code admin} or {@code viewer}
 */
public record MemberCandidate(String email, String role) {}
