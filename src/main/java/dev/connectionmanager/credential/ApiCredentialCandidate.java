package dev.connectionmanager.credential;

/**
 * What somebody asks of an API credential, exactly as typed. {@code null} means that it was not given.
 *
 * @param name what has it, for the team to know it by
 * @param scope {@code read} or {@code write}; of an operator's {@code audit-read}
 * @param expiresAt when it shall stop working, RFC 3339; 90 days from now when not given
 */
public record ApiCredentialCandidate(String name, String scope, String expiresAt) {}
