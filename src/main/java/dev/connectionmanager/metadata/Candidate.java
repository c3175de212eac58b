package dev.connectionmanager.metadata;

import dev.connectionmanager.application.Application;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * Client metadata exactly as somebody typed it, before any rule has judged it. {@code null} means that the member was
 * not given; an empty text was given and is empty.
 *
 * <p>The components are the members of {@link ClientMember}; entries of lists are never {@code null}.
 */
@RecordBuilder
public record Candidate(
        String clientName,
        String applicationType,
        List<String> redirectUris,
        String tokenEndpointAuthMethod,
        String tokenEndpointAuthSigningAlg,
        String jwksUri,
        String userinfoSignedResponseAlg,
        String backchannelLogoutUri,
        Boolean backchannelLogoutSessionRequired)
        implements CandidateBuilder.With {
    /** What a draft begins with: nothing given yet. */
    public static final Candidate EMPTY = CandidateBuilder.builder().build();

    public Candidate {
        redirectUris = redirectUris == null ? null : List.copyOf(redirectUris);
    }

    public Candidate withAuthentication(String method, String signingAlg, String keys) {
        return with(changed -> changed.tokenEndpointAuthMethod(method)
                .tokenEndpointAuthSigningAlg(signingAlg)
                .jwksUri(keys));
    }

    public Candidate withBackchannelLogout(String uri, Boolean sessionRequired) {
        return with(changed -> changed.backchannelLogoutUri(uri).backchannelLogoutSessionRequired(sessionRequired));
    }

    /** This, with what the application says where nothing was given, and what a member stands for that was left out. */
    public Candidate withDefaults(Application.Details application) {
        return with(changed -> changed.clientName(clientName == null ? application.name() : clientName)
                .applicationType(
                        applicationType == null ? application.applicationType().code() : applicationType)
                // OpenID Connect Back-Channel Logout 1.0 section 2.2: left out, it is false.
                .backchannelLogoutSessionRequired(
                        backchannelLogoutSessionRequired == null && backchannelLogoutUri != null
                                ? Boolean.FALSE
                                : backchannelLogoutSessionRequired));
    }
}
