package dev.connectionmanager.metadata;

import java.util.Optional;
import java.util.stream.Stream;

/** An endpoint of a client that the live checks open, by the member of its metadata that names it. */
public enum ClientEndpoint {
    JWKS(ClientMember.JWKS_URI),
    BACKCHANNEL_LOGOUT(ClientMember.BACKCHANNEL_LOGOUT_URI);

    private final ClientMember member;

    ClientEndpoint(ClientMember member) {
        this.member = member;
    }

    /** {@code jwks_uri} */
    public String member() {
        return member.code();
    }

    /** Empty for a member that names no endpoint, or one that only another version of the portal checks. */
    public static Optional<ClientEndpoint> of(String member) {
        return Stream.of(values())
                .filter(endpoint -> endpoint.member().equals(member))
                .findFirst();
    }

    /**
     * The address that metadata name for an endpoint.
     *
     * @param member {@code jwks_uri}
     * @return {@code null} where none is given
     */
    public static String uri(String member, ClientMetadata metadata) {
        return of(member).map(endpoint -> endpoint.uri(metadata.asCandidate())).orElse(null);
    }

    /** Whether a candidate names any. */
    public static boolean any(Candidate candidate) {
        return Stream.of(values()).anyMatch(endpoint -> endpoint.uri(candidate) != null);
    }

    /** As {@link #changed(Candidate, Candidate)}; of an endpoint that is not known here, it is taken to have changed. */
    public static boolean changed(String member, Candidate candidate, Candidate before) {
        return of(member).map(endpoint -> endpoint.changed(candidate, before)).orElse(true);
    }

    /** @return {@code null} where none is given */
    public String uri(Candidate candidate) {
        return member.values(candidate).stream().findFirst().orElse(null);
    }

    public Candidate without(Candidate candidate) {
        return member.with(candidate, null);
    }

    /** Whether the endpoint, or how its keys are used, differs from before. */
    public boolean changed(Candidate candidate, Candidate before) {
        return !member.same(candidate, before)
                || this == JWKS
                        && !(ClientMember.TOKEN_ENDPOINT_AUTH_METHOD.same(candidate, before)
                                && ClientMember.TOKEN_ENDPOINT_AUTH_SIGNING_ALG.same(candidate, before));
    }
}
