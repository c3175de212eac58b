package dev.connectionmanager.application;

/**
 * To whom an application is offered, exactly as typed.
 *
 * @param teamId the Team ID of the team that shall have it; {@code null} = not given
 */
public record HandoverCandidate(String teamId) {}
