package dev.connectionmanager.registration.token;

/**
 * What somebody asks of an initial access token, exactly as typed. {@code null} means that it was not given.
 *
 * @param environment the one that it registers in
 * @param expiresAt when it shall stop working, RFC 3339; 7 days from now when not given
 * @param uses how many clients it registers; 1 when not given
 */
public record InitialAccessTokenCandidate(String environment, String expiresAt, Long uses) {}
