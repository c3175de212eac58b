package dev.connectionmanager.registration;

import java.util.List;

/**
 * Client metadata exactly as somebody typed it, before any rule has judged it. {@code null} means that the member was
 * not given; an empty text was given and is empty.
 *
 * @param clientName {@code client_name}
 * @param applicationType {@code application_type}
 * @param redirectUris {@code redirect_uris}, in the order given; entries are never {@code null}
 * @param tokenEndpointAuthMethod {@code token_endpoint_auth_method}
 * @param tokenEndpointAuthSigningAlg {@code token_endpoint_auth_signing_alg}
 * @param jwksUri {@code jwks_uri}
 * @param userinfoSignedResponseAlg {@code userinfo_signed_response_alg}
 * @param backchannelLogoutUri {@code backchannel_logout_uri}
 * @param backchannelLogoutSessionRequired {@code backchannel_logout_session_required}
 */
public record Candidate(
        String clientName,
        String applicationType,
        List<String> redirectUris,
        String tokenEndpointAuthMethod,
        String tokenEndpointAuthSigningAlg,
        String jwksUri,
        String userinfoSignedResponseAlg,
        String backchannelLogoutUri,
        Boolean backchannelLogoutSessionRequired) {
    public Candidate {
        redirectUris = redirectUris == null ? null : List.copyOf(redirectUris);
    }
}
