package dev.connectionmanager.mock.logout;

/**
 * A log-out of somebody without an account, as it was sent.
 *
 * @param idToken of a log-in of the session that ends
 * @param fault what is wrong with the logout tokens on purpose; {@code null} = nothing
 */
public record OpenLogout(String idToken, String fault) {}
