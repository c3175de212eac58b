package dev.connectionmanager.mock.logout;

/**
 * A logout token that is asked for, as it was sent; {@code null} = not said.
 *
 * @param user whom it is about: the log-in name or UUID of one of the mock's users
 * @param sid a session that is alive and was used at the client: it ends
 * @param reason why the session ends: a code of {@link LogoutReason}
 * @param fault what is wrong with it on purpose: the code of a fault
 */
public record LogoutTestCandidate(String user, String sid, String reason, String fault) {}
