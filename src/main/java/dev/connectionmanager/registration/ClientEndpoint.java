package dev.connectionmanager.registration;

import java.util.Objects;
import java.util.stream.Stream;

/** An endpoint of a client that the live checks open, by the member of its metadata that names it. */
public enum ClientEndpoint {
    JWKS("jwks_uri"),
    BACKCHANNEL_LOGOUT("backchannel_logout_uri");

    private final String member;

    ClientEndpoint(String member) {
        this.member = member;
    }

    /** {@code jwks_uri} */
    public String member() {
        return member;
    }

    /** @throws IllegalArgumentException for a member that names no endpoint */
    public static ClientEndpoint of(String member) {
        return Stream.of(values())
                .filter(endpoint -> endpoint.member.equals(member))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(member + " names no endpoint"));
    }

    /** @return {@code null} where none is given */
    public String uri(Candidate candidate) {
        return switch (this) {
            case JWKS -> candidate.jwksUri();
            case BACKCHANNEL_LOGOUT -> candidate.backchannelLogoutUri();
        };
    }

    /** Whether the endpoint, or how its keys are used, differs from before. */
    public boolean changed(Candidate candidate, Candidate before) {
        return !Objects.equals(uri(candidate), uri(before))
                || this == JWKS
                        && (!Objects.equals(candidate.tokenEndpointAuthMethod(), before.tokenEndpointAuthMethod())
                                || !Objects.equals(
                                        candidate.tokenEndpointAuthSigningAlg(), before.tokenEndpointAuthSigningAlg()));
    }
}
