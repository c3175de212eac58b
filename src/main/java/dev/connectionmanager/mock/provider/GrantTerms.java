package dev.connectionmanager.mock.provider;

import java.time.Instant;
import java.util.List;

/**
 * What a client asked for and got with its code: the tokens are made of it.
 *
 * @param redirectUri exactly as it was sent
 * @param nonce {@code null} = none was sent
 * @param stateHash {@code s_hash}; {@code null} = no state was sent
 * @param acr which of the asked levels was reached
 * @param amr what the user logged in with
 * @param userId the user's UUID
 * @param authTime when the user logged in
 * @param roleId the role that was selected; {@code null} = none
 * @param challenge of PKCE; {@code null} = it is not used
 * @param challengeMethod {@code S256} or {@code plain}; {@code null} = none
 * @param fault what shall go wrong with this log-in; {@code null} = nothing
 */
public record GrantTerms(
        String redirectUri,
        List<String> scope,
        String nonce,
        String stateHash,
        String acr,
        String amr,
        String userId,
        Instant authTime,
        String roleId,
        String challenge,
        String challengeMethod,
        String fault) {
    public GrantTerms {
        scope = List.copyOf(scope);
    }
}
