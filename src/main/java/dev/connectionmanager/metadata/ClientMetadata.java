package dev.connectionmanager.metadata;

import dev.connectionmanager.application.ApplicationType;
import java.util.List;

/**
 * Client metadata that the rules accepted: what is registered, immutable, stored as one JSON value per revision.
 * Members as in RFC 7591 section 2 and OpenID Connect Dynamic Client Registration 1.0 section 2; {@code null} = absent.
 */
public record ClientMetadata(
        String clientName,
        ApplicationType applicationType,
        List<String> redirectUris,
        TokenEndpointAuthMethod tokenEndpointAuthMethod,
        String tokenEndpointAuthSigningAlg,
        String jwksUri,
        String userinfoSignedResponseAlg,
        String backchannelLogoutUri,
        boolean backchannelLogoutSessionRequired) {
    public ClientMetadata {
        redirectUris = List.copyOf(redirectUris);
    }

    /** The same values as plain strings, for pre-filling a form and for judging again. */
    public Candidate asCandidate() {
        return new Candidate(
                clientName,
                applicationType.code(),
                redirectUris,
                tokenEndpointAuthMethod.code(),
                tokenEndpointAuthSigningAlg,
                jwksUri,
                userinfoSignedResponseAlg,
                backchannelLogoutUri,
                backchannelLogoutUri == null ? null : backchannelLogoutSessionRequired);
    }
}
