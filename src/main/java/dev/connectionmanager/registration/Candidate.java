package dev.connectionmanager.registration;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
    public static final Candidate EMPTY = new Candidate(null, null, null, null, null, null, null, null, null);

    private static final Pattern HOST = Pattern.compile("://([^/?#\\\\]+)");

    public Candidate {
        redirectUris = redirectUris == null ? null : List.copyOf(redirectUris);
    }

    /** The hosts that its URIs name, with their ports, as typed; in the order of the members, each once. */
    public List<String> hosts() {
        var uris = Stream.concat(
                Stream.ofNullable(redirectUris).flatMap(List::stream),
                Stream.of(jwksUri, backchannelLogoutUri).filter(Objects::nonNull));
        return uris.map(HOST::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    public Candidate withoutRedirectUri(String uri) {
        var rest = new ArrayList<>(redirectUris == null ? List.<String>of() : redirectUris);
        rest.remove(uri);
        return withRedirectUris(rest);
    }

    public Candidate withAuthentication(String method, String signingAlg, String keys) {
        return with(changed -> changed.tokenEndpointAuthMethod(method)
                .tokenEndpointAuthSigningAlg(signingAlg)
                .jwksUri(keys));
    }

    public Candidate withBackchannelLogout(String uri, Boolean sessionRequired) {
        return with(changed -> changed.backchannelLogoutUri(uri).backchannelLogoutSessionRequired(sessionRequired));
    }

    /** This, with what the application says where nothing was given. */
    public Candidate withDefaults(Application.Details application) {
        return with(changed -> changed.clientName(clientName == null ? application.name() : clientName)
                .applicationType(applicationType == null ? application.applicationType().code() : applicationType));
    }
}
