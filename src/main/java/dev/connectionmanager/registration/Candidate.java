package dev.connectionmanager.registration;

import java.util.ArrayList;
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
    /** What a draft begins with: nothing given yet. */
    public static final Candidate EMPTY = new Candidate(null, null, null, null, null, null, null, null, null);

    public Candidate {
        redirectUris = redirectUris == null ? null : List.copyOf(redirectUris);
    }

    public Candidate withClientName(String name) {
        return new Candidate(
                name,
                applicationType,
                redirectUris,
                tokenEndpointAuthMethod,
                tokenEndpointAuthSigningAlg,
                jwksUri,
                userinfoSignedResponseAlg,
                backchannelLogoutUri,
                backchannelLogoutSessionRequired);
    }

    public Candidate withRedirectUris(List<String> uris) {
        return new Candidate(
                clientName,
                applicationType,
                uris,
                tokenEndpointAuthMethod,
                tokenEndpointAuthSigningAlg,
                jwksUri,
                userinfoSignedResponseAlg,
                backchannelLogoutUri,
                backchannelLogoutSessionRequired);
    }

    public Candidate withoutRedirectUri(String uri) {
        var rest = new ArrayList<>(redirectUris == null ? List.<String>of() : redirectUris);
        rest.remove(uri);
        return withRedirectUris(rest);
    }

    public Candidate withAuthentication(String method, String signingAlg, String keys) {
        return new Candidate(
                clientName,
                applicationType,
                redirectUris,
                method,
                signingAlg,
                keys,
                userinfoSignedResponseAlg,
                backchannelLogoutUri,
                backchannelLogoutSessionRequired);
    }

    public Candidate withUserinfoSignedResponseAlg(String alg) {
        return new Candidate(
                clientName,
                applicationType,
                redirectUris,
                tokenEndpointAuthMethod,
                tokenEndpointAuthSigningAlg,
                jwksUri,
                alg,
                backchannelLogoutUri,
                backchannelLogoutSessionRequired);
    }

    public Candidate withBackchannelLogout(String uri, Boolean sessionRequired) {
        return new Candidate(
                clientName,
                applicationType,
                redirectUris,
                tokenEndpointAuthMethod,
                tokenEndpointAuthSigningAlg,
                jwksUri,
                userinfoSignedResponseAlg,
                uri,
                sessionRequired);
    }

    /** This, with what the application says where nothing was given. */
    public Candidate withDefaults(Application.Details application) {
        return new Candidate(
                clientName == null ? application.name() : clientName,
                applicationType == null ? application.applicationType().code() : applicationType,
                redirectUris,
                tokenEndpointAuthMethod,
                tokenEndpointAuthSigningAlg,
                jwksUri,
                userinfoSignedResponseAlg,
                backchannelLogoutUri,
                backchannelLogoutSessionRequired);
    }
}
